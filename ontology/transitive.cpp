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

// The condensed graph: components, the edges between them, and the nodes of each.
class TransitiveClosure::Parts {
 public:
  explicit Parts(const std::vector<TransitiveEdge>& edges) {
    for (const TransitiveEdge& each : edges) {
      nodes_.push_back(each.from);
      nodes_.push_back(each.to);
    }
    std::ranges::sort(nodes_);
    const auto repeats = std::ranges::unique(nodes_);
    nodes_.erase(repeats.begin(), repeats.end());
    std::vector<Adjacency::Edge> numbered;
    numbered.reserve(edges.size());
    for (const TransitiveEdge& each : edges) {
      numbered.push_back({number_of(each.from), number_of(each.to)});
    }
    const Adjacency graph(nodes_.size(), numbered);
    const Components components(graph);
    // An edge within a component becomes a loop: its members reach each other.
    for (Adjacency::Edge& each : numbered) {
      each = {components.of(each.from), components.of(each.to)};
    }
    condensed_ = Adjacency(components.count(), std::move(numbered));
    std::vector<Adjacency::Edge> membership;
    for (std::uint32_t node = 0; node < nodes_.size(); ++node) {
      membership.push_back({components.of(node), node});
      component_of_.push_back(components.of(node));
    }
    members_ = Adjacency(components.count(), std::move(membership));
  }

  std::size_t components() const { return condensed_.size(); }
  std::span<const std::uint32_t> members(std::uint32_t component) const {
    return members_.from(component);
  }
  TermId node(std::uint32_t number) const { return nodes_[number]; }
  // kNone for things that no edge touches.
  std::uint32_t component_of(TermId term) const {
    const std::uint32_t number = number_of(term);
    return number < nodes_.size() && nodes_[number] == term ? component_of_[number] : kNone;
  }

  // Calls `at` with each component that is reached from `from`, until it says false.
  class Walk {
   public:
    explicit Walk(const Parts& parts) : parts_(parts), seen_(parts.components(), kNone) {}

    template <class At>
    bool from(std::uint32_t start, At&& at) {
      reached_.clear();
      if (!expand(start, start, at)) return false;
      for (std::size_t i = 0; i < reached_.size(); ++i) {
        if (!expand(reached_[i], start, at)) return false;
      }
      return true;
    }

   private:
    template <class At>
    bool expand(std::uint32_t component, std::uint32_t start, At& at) {
      for (const std::uint32_t target : parts_.condensed_.from(component)) {
        if (seen_[target] == start) continue;
        seen_[target] = start;
        reached_.push_back(target);
        if (!at(target)) return false;
      }
      return true;
    }

    const Parts& parts_;
    std::vector<std::uint32_t> seen_;  // by component: the start that reached it last
    std::vector<std::uint32_t> reached_;
  };

  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

 private:
  std::uint32_t number_of(TermId term) const {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(nodes_, term) - nodes_.begin());
  }

  std::vector<TermId> nodes_;  // sorted
  std::vector<std::uint32_t> component_of_;
  Adjacency condensed_{0, {}};
  Adjacency members_{0, {}};
};

TransitiveClosure::TransitiveClosure(const std::vector<TransitiveEdge>& edges)
    : parts_(std::make_unique<Parts>(edges)) {}
TransitiveClosure::TransitiveClosure(TransitiveClosure&&) noexcept = default;
TransitiveClosure& TransitiveClosure::operator=(TransitiveClosure&&) noexcept = default;
TransitiveClosure::~TransitiveClosure() = default;

bool TransitiveClosure::reaches(TermId from, TermId to) const {
  const std::uint32_t start = parts_->component_of(from);
  const std::uint32_t wanted = parts_->component_of(to);
  if (start == Parts::kNone || wanted == Parts::kNone) return false;
  return !Parts::Walk(*parts_).from(start, [&](std::uint32_t each) { return each != wanted; });
}

std::uint64_t TransitiveClosure::count(std::uint64_t most) const {
  std::uint64_t pairs = 0;
  Parts::Walk walk(*parts_);
  for (std::uint32_t from = 0; from < parts_->components() && pairs <= most; ++from) {
    const std::uint64_t sources = parts_->members(from).size();
    walk.from(from, [&](std::uint32_t target) {
      pairs += sources * parts_->members(target).size();
      return pairs <= most;
    });
  }
  return pairs;
}

void TransitiveClosure::each(const std::function<bool(TermId from, TermId to)>& found) const {
  Parts::Walk walk(*parts_);
  std::vector<std::uint32_t> reached;
  for (std::uint32_t from = 0; from < parts_->components(); ++from) {
    reached.clear();
    walk.from(from, [&](std::uint32_t target) {
      reached.push_back(target);
      return true;
    });
    for (const std::uint32_t source : parts_->members(from)) {
      for (const std::uint32_t target : reached) {
        for (const std::uint32_t node : parts_->members(target)) {
          if (!found(parts_->node(source), parts_->node(node))) return;
        }
      }
    }
  }
}

}  // namespace dossier
