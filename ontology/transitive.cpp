#include "ontology/transitive.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

namespace dossier {
namespace {

// Adjacency of numbered nodes in one array.
class Adjacency {
 public:
  struct Edge {
    std::uint32_t from;
    std::uint32_t to;
    friend auto operator<=>(const Edge&, const Edge&) = default;
  };

  Adjacency(std::size_t nodes, std::vector<Edge> edges) : starts_(nodes + 1, 0) {
    std::ranges::sort(edges);
    const auto repeats = std::ranges::unique(edges);
    edges.erase(repeats.begin(), repeats.end());
    for (const Edge& each : edges) ++starts_[each.from + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    for (const Edge& each : edges) targets_.push_back(each.to);
  }

  std::size_t size() const { return starts_.size() - 1; }
  std::span<const std::uint32_t> from(std::uint32_t node) const {
    return std::span(targets_).subspan(starts_[node], starts_[node + 1] - starts_[node]);
  }

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> targets_;
};

// Tarjan's components; numbers count up from the sinks.
class Components {
 public:
  explicit Components(const Adjacency& graph)
      : graph_(graph),
        component_(graph.size(), kNone),
        order_(graph.size(), kNone),
        low_(graph.size(), 0) {
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
      if (order_[node] == kNone) walk(node);
    }
  }

  std::size_t count() const { return count_; }
  std::uint32_t of(std::uint32_t node) const { return component_[node]; }

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  struct Frame {
    std::uint32_t node;
    std::uint32_t next;
  };

  void enter(std::uint32_t node) {
    order_[node] = low_[node] = visited_++;
    open_.push_back(node);
    stack_.push_back({node, 0});
  }

  void walk(std::uint32_t root) {
    enter(root);
    while (!stack_.empty()) {
      Frame& top = stack_.back();
      const std::span<const std::uint32_t> targets = graph_.from(top.node);
      if (top.next < targets.size()) {
        const std::uint32_t target = targets[top.next++];
        if (order_[target] == kNone) {
          enter(target);
        } else if (component_[target] == kNone) {
          low_[top.node] = std::min(low_[top.node], order_[target]);
        }
        continue;
      }
      const std::uint32_t node = top.node;
      stack_.pop_back();
      if (!stack_.empty())
        low_[stack_.back().node] = std::min(low_[stack_.back().node], low_[node]);
      if (low_[node] == order_[node]) close(node);
    }
  }

  void close(std::uint32_t node) {
    std::uint32_t member = kNone;
    do {
      member = open_.back();
      open_.pop_back();
      component_[member] = static_cast<std::uint32_t>(count_);
    } while (member != node);
    ++count_;
  }

  const Adjacency& graph_;
  std::vector<std::uint32_t> component_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> low_;
  std::vector<std::uint32_t> open_;
  std::vector<Frame> stack_;
  std::uint32_t visited_ = 0;
  std::size_t count_ = 0;
};

}  // namespace

void transitive_closure(const std::vector<TransitiveEdge>& edges,
                        const std::function<bool(TermId from, TermId to)>& found) {
  std::vector<TermId> nodes;
  for (const TransitiveEdge& each : edges) {
    nodes.push_back(each.from);
    nodes.push_back(each.to);
  }
  std::ranges::sort(nodes);
  const auto repeats = std::ranges::unique(nodes);
  nodes.erase(repeats.begin(), repeats.end());
  const auto number_of = [&](TermId term) {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(nodes, term) - nodes.begin());
  };
  std::vector<Adjacency::Edge> numbered;
  numbered.reserve(edges.size());
  for (const TransitiveEdge& each : edges) {
    numbered.push_back({number_of(each.from), number_of(each.to)});
  }
  const Adjacency graph(nodes.size(), numbered);
  const Components components(graph);

  // An edge within a component becomes a loop: its members reach each other.
  std::vector<Adjacency::Edge> between;
  for (const Adjacency::Edge& each : numbered) {
    between.push_back({components.of(each.from), components.of(each.to)});
  }
  const Adjacency condensed(components.count(), std::move(between));
  std::vector<Adjacency::Edge> membership;
  for (std::uint32_t node = 0; node < nodes.size(); ++node) {
    membership.push_back({components.of(node), node});
  }
  const Adjacency members(components.count(), std::move(membership));

  std::vector<std::uint32_t> seen(components.count(), 0xFFFF'FFFF);
  std::vector<std::uint32_t> reached;
  for (std::uint32_t from = 0; from < components.count(); ++from) {
    reached.clear();
    const auto expand = [&](std::uint32_t component) {
      for (const std::uint32_t target : condensed.from(component)) {
        if (seen[target] == from) continue;
        seen[target] = from;
        reached.push_back(target);
      }
    };
    expand(from);
    for (std::size_t i = 0; i < reached.size(); ++i) expand(reached[i]);
    for (const std::uint32_t source : members.from(from)) {
      for (const std::uint32_t target : reached) {
        for (const std::uint32_t node : members.from(target)) {
          if (!found(nodes[source], nodes[node])) return;
        }
      }
    }
  }
}

}  // namespace dossier
