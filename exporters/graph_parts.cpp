#include "exporters/graph_parts.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace dossier {

GraphParts::GraphParts(const Graph& graph, const WriteOrder& order) {
  const std::span<const Statement> all = graph.statements();
  // The place of a name in names_; few names, and statements of a graph mostly stand together.
  std::unordered_map<TermId, std::uint32_t> places;
  for (const Statement& s : all) {
    if (names_.empty() || names_.back() != s.graph) {
      if (places.try_emplace(s.graph, 0u).second) names_.push_back(s.graph);
    }
  }
  if (names_.empty() || (names_.size() == 1 && !names_[0])) {
    names_.clear();
    return;
  }
  std::ranges::sort(names_, [&](TermId a, TermId b) {
    if (!a || !b) return !a && b;
    return order.compare(a, b) < 0;
  });
  for (std::uint32_t i = 0; i < names_.size(); ++i) places[names_[i]] = i;

  std::vector<std::uint32_t> place_of(all.size());
  starts_.assign(names_.size() + 1, 0);
  TermId last = all[0].graph;
  std::uint32_t place = places[last];
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].graph != last) {
      last = all[i].graph;
      place = places[last];
    }
    place_of[i] = place;
    ++starts_[place + 1];
  }
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  positions_.resize(all.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) positions_[next[place_of[i]]++] = i;
  if (!order.by_content()) return;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const auto part = std::span(positions_).subspan(starts_[i], starts_[i + 1] - starts_[i]);
    std::ranges::sort(part,
                      [&](std::uint32_t a, std::uint32_t b) { return order.less(all[a], all[b]); });
  }
}

}  // namespace dossier
