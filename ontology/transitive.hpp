// Transitive closure of a relation between things: strongly connected components (Tarjan, with an
// explicit stack), then a walk over the condensed graph from each component, so that a circle is
// walked once for all its members. Memory is linear in the edges, beside the pairs handed out; a
// closure that is too large to be written can still be asked.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "graph/term.hpp"

namespace dossier {

struct TransitiveEdge {
  TermId from;
  TermId to;
};

class TransitiveClosure {
 public:
  explicit TransitiveClosure(const std::vector<TransitiveEdge>& edges);
  TransitiveClosure(TransitiveClosure&&) noexcept;
  TransitiveClosure& operator=(TransitiveClosure&&) noexcept;
  ~TransitiveClosure();

  // Whether one step or more lead from one to the other. Linear in what is reached.
  bool reaches(TermId from, TermId to) const;
  // How many pairs are connected; stops at the first count above `most`, which it costs at most.
  std::uint64_t count(std::uint64_t most) const;
  // Calls `found` for each connected pair, edges included, each once, in an order that depends on
  // the edges only. Returns early when it says false.
  void each(const std::function<bool(TermId from, TermId to)>& found) const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace dossier
