// Cuts the subjects of a graph, in the order of output, into jobs of about kChunkStatements
// statements. One thread at a time.
#pragma once

#include <cstddef>
#include <optional>

#include "exporters/chunks.hpp"
#include "exporters/write_order.hpp"
#include "graph/graph.hpp"

namespace dossier {

// Places in WriteOrder: [first, last).
struct SubjectRange {
  std::size_t first = 0;
  std::size_t last = 0;
};

class SubjectChunks {
 public:
  SubjectChunks(const Graph& graph, const WriteOrder& order) : graph_(graph), order_(order) {}

  std::optional<SubjectRange> operator()() {
    const std::size_t first = at_;
    const std::size_t end = order_.resource_count();
    for (std::size_t statements = 0; at_ < end && statements < kChunkStatements; ++at_)
      statements += graph_.about(order_.resource(at_)).size();
    if (first == at_) return std::nullopt;
    return SubjectRange{first, at_};
  }

 private:
  const Graph& graph_;
  const WriteOrder& order_;
  std::size_t at_ = 0;
};

}  // namespace dossier
