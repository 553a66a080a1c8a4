#include "cli/term_text.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {

std::string term_text(const Graph& graph, TermId term, const Prefixes& prefixes,
                      std::size_t max_bytes) {
  const TermView view = graph.term(term);
  switch (view.kind) {
    case TermKind::iri:
      return printable(prefixes.shorten(view.text), max_bytes);
    case TermKind::blank:
      return "_:" + printable(view.text, max_bytes);
    case TermKind::triple:
      return printable(to_string(view), max_bytes);
    case TermKind::literal:
      break;
  }
  std::string out = fmt::format("\"{}\"", printable(view.text, max_bytes));
  if (!view.language.empty()) return out + "@" + std::string(view.language);
  if (view.datatype != xsd::kString) out += "^^" + prefixes.shorten(view.datatype);
  return out;
}

}  // namespace dossier
