// A statement by its terms as a line of N-Triples or N-Quads, into a TextBuffer or a ByteSink.
#pragma once

#include <optional>

#include "base/codes/exports.hpp"
#include "base/diagnostic.hpp"
#include "exporters/line_terms.hpp"
#include "exporters/refusal.hpp"
#include "graph/statement.hpp"

namespace dossier {

// After an error the line is unfinished.
template <class Target>
std::optional<Error> write_line(Target& out, const StatementView& statement, bool quads,
                                bool canonical) {
  if (statement.graph != nullptr && !quads) {
    return refusal(statement, code::export_named_graph, "the statement stands in a named graph");
  }
  bool good = write_plain_term(out, *statement.subject);
  out.append(" ");
  good = good && write_plain_term(out, *statement.predicate);
  out.append(" ");
  good = good && write_term(out, *statement.object, canonical);
  if (good && statement.graph != nullptr) {
    out.append(" ");
    good = write_plain_term(out, *statement.graph);
  }
  if (!good) return term_refusal(statement);
  out.append(" .\n");
  return std::nullopt;
}

}  // namespace dossier
