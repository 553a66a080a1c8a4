// Seeded random graphs with all that makes writing hard: blank nodes alone, shared, in chains and
// on cycles, well-formed and broken lists, hostile strings, names at the edges of the grammar.
#pragma once

#include <cstdint>

#include "graph/graph.hpp"

namespace dossier::test {

struct RandomGraphOptions {
  std::uint64_t seed = 1;
  std::size_t statements = 60;
  bool named_graphs = false;
  bool blank_graph_names = true;
  bool triple_terms = false;  // and base directions
  bool noncharacters = true;  // U+0000, U+FFFE and U+FFFF in strings
  bool odd_iris = true;       // that IRIREF allows and RFC 3987 does not
  bool controls = true;       // other controls that XML does not have
};

Graph random_graph(const RandomGraphOptions& options);

}  // namespace dossier::test
