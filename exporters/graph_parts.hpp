// The graphs of a dataset, the default graph first, each with its statements in the order of
// output. Cost: 4 bytes a statement, and nothing when there are no named graphs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "exporters/write_order.hpp"
#include "graph/graph.hpp"

namespace dossier {

class GraphParts {
 public:
  struct Part {
    TermId name;                                // kDefaultGraph
    std::span<const std::uint32_t> statements;  // positions in Graph::statements()
  };

  GraphParts(const Graph& graph, const WriteOrder& order);

  bool only_default() const { return names_.empty(); }
  std::size_t size() const { return names_.size(); }  // 0 when there is only the default graph
  // The place of the graph of that name, or size().
  std::size_t find(TermId name) const {
    const auto found = std::ranges::find(names_, name);
    return static_cast<std::size_t>(found - names_.begin());
  }
  Part part(std::size_t i) const {
    return {names_[i], std::span(positions_).subspan(starts_[i], starts_[i + 1] - starts_[i])};
  }

 private:
  std::vector<TermId> names_;
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> positions_;
};

}  // namespace dossier
