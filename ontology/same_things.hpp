// Which things are one thing by owl:sameAs: groups over the statements of a graph, whatever their
// direction. Linear in the number of those statements; immutable once made.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "graph/graph.hpp"

namespace dossier {

class SameThings {
 public:
  SameThings() = default;
  // `predicate` is none when the graph does not hold the term. Groups with more than `most` pairs
  // are left out.
  SameThings(const Graph& graph, TermId predicate, std::uint64_t most);

  // All of the group of `thing`, itself as well, in the order of ids; empty when it has none.
  std::span<const TermId> group(TermId thing) const;

 private:
  struct Range {
    std::uint32_t first;
    std::uint32_t last;
  };
  std::vector<TermId> members_;  // group after group
  boost::unordered_flat_map<TermId, Range, std::hash<TermId>> ranges_;
};

}  // namespace dossier
