// Cuts the subjects of a graph, in the order of output, into jobs of about kChunkStatements
// statements. One thread at a time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>

#include "exporters/chunks.hpp"
#include "exporters/write_order.hpp"
#include "graph/graph.hpp"

namespace dossier {

// Places in WriteOrder: [first, last).
struct SubjectRange {
  std::size_t first = 0;
  std::size_t last = 0;
  bool begins = true;  // no subject before it is written
};

// Subjects that are written where they are object do not count as written.
class SubjectChunks {
 public:
  using IsNested = std::function<bool(TermId)>;
  SubjectChunks(const Graph& graph, const WriteOrder& order, IsNested is_nested = {})
      : graph_(graph), order_(order), is_nested_(std::move(is_nested)) {}

  std::optional<SubjectRange> operator()() {
    SubjectRange range{at_, at_, begins_};
    const std::size_t end = order_.resource_count();
    for (std::size_t statements = 0; at_ < end && statements < kChunkStatements; ++at_) {
      const TermId subject = order_.resource(at_);
      const std::size_t about = graph_.about(subject).size();
      statements += about;
      if (begins_ && about > 0) begins_ = is_nested_ && is_nested_(subject);
    }
    range.last = at_;
    if (range.first == at_) return std::nullopt;
    return range;
  }

  double share() const {
    return static_cast<double>(at_) /
           static_cast<double>(std::max<std::size_t>(order_.resource_count(), 1));
  }

 private:
  const Graph& graph_;
  const WriteOrder& order_;
  IsNested is_nested_;
  std::size_t at_ = 0;
  bool begins_ = true;
};

}  // namespace dossier
