#include "ontology/own_terms.hpp"

#include <algorithm>

#include "ontology/names.hpp"

namespace dossier {

std::vector<std::uint8_t> own_terms(const Graph& graph, std::span<const std::string> namespaces) {
  std::vector<std::uint8_t> own(graph.term_count(TermKind::iri), 0);
  if (!namespaces.empty()) {
    for (const std::string& each : namespaces) {
      const auto [first, last] = graph.iri_range(each);
      std::fill(own.begin() + first, own.begin() + last, std::uint8_t{1});
    }
    return own;
  }
  // IRIs stand in order, and so do nearly all of a namespace; one that is interrupted by a longer
  // one is judged in pieces.
  std::size_t first = 0;
  std::size_t described = 0;
  std::string_view space;
  const auto close = [&](std::size_t last) {
    if (described > 0 && described * 3 >= (last - first) * 2) {
      std::fill(own.begin() + static_cast<std::ptrdiff_t>(first),
                own.begin() + static_cast<std::ptrdiff_t>(last), std::uint8_t{1});
    }
    first = last;
    described = 0;
  };
  for (std::size_t i = 0; i < own.size(); ++i) {
    const TermId id(TermKind::iri, static_cast<std::uint32_t>(i));
    const std::string_view text = graph.text(id);
    const bool same = !space.empty() && text.size() > space.size() && text.starts_with(space) &&
                      text.find_first_of("#/:", space.size()) == std::string_view::npos;
    if (!same) {
      close(i);
      space = namespace_of(text);
    }
    if (graph.is_subject(id)) ++described;
  }
  close(own.size());
  return own;
}

}  // namespace dossier
