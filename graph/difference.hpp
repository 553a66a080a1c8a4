// What two graphs say differently, and whether they say the same at all but for the names of blank
// nodes (RDF 1.1 Concepts 3.6, graph isomorphism; 4.1 for datasets). Graphs are only read: any
// number of threads. Cost: a search in one graph for each term and each statement of the other,
// about 1 us each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/diagnostic.hpp"
#include "graph/canon.hpp"
#include "graph/graph.hpp"

namespace dossier {

struct GraphDifference {
  std::vector<std::size_t> only_a;      // positions in statements(), ascending
  std::vector<std::size_t> only_b;      //
  std::vector<std::uint32_t> partners;  // as blank_pairs gives them

  bool empty() const { return only_a.empty() && only_b.empty(); }
};

// Under a guess which blank nodes are the same (graph/blank_pairs.hpp): empty means that the graphs
// are isomorphic; else `are_isomorphic` tells.
GraphDifference difference(const Graph& a, const Graph& b);

// Decided by the difference where that is certain, else by RDFC-1.0; limit_exceeded when that takes
// more steps than the options allow.
Expected<bool> are_isomorphic(const Graph& a, const Graph& b, const GraphDifference& difference,
                              const CanonOptions& options = {});

}  // namespace dossier
