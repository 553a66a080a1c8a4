// Transitive closure of a relation between things: strongly connected components (Tarjan, with an
// explicit stack), then a walk over the condensed graph from each component, so that a circle is
// walked once for all its members. Memory is linear in the edges, beside the pairs handed out.
#pragma once

#include <functional>
#include <vector>

#include "graph/term.hpp"

namespace dossier {

struct TransitiveEdge {
  TermId from;
  TermId to;
};

// Calls `found` for each pair that is connected by one step or more, edges included, each once, in
// an order that depends on the edges only. Returns early when it says false.
void transitive_closure(const std::vector<TransitiveEdge>& edges,
                        const std::function<bool(TermId from, TermId to)>& found);

}  // namespace dossier
