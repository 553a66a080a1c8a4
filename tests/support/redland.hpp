// Redland as an oracle: what librdf reads in a text. Only RDF 1.1, and only small, well-formed
// terms may reach it: it cuts strings at U+0000, refuses U+FFFE and U+FFFF, and breaks on language
// tags of 256 bytes and more.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/small_graph.hpp"

namespace dossier::test {

// `syntax` is a raptor parser's name: ntriples, nquads, turtle, trig, rdfxml. Nothing when raptor
// reports an error; `message` then tells.
struct RedlandResult {
  std::optional<std::vector<TextStatement>> statements;
  std::string message;
};
RedlandResult read_with_redland(std::string_view text, const char* syntax);

// Whether all terms of the graph may reach librdf.
bool is_fit_for_redland(const Graph& graph);

}  // namespace dossier::test
