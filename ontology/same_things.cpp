#include "ontology/same_things.hpp"

#include <algorithm>

namespace dossier {
namespace {

// Union-find by the least member.
class Groups {
 public:
  void join(TermId a, TermId b) {
    a = root(a);
    b = root(b);
    if (a == b) return;
    parents_[std::max(a, b)] = std::min(a, b);
  }

  // Each thing with the least of its group, in that order.
  std::vector<std::pair<TermId, TermId>> sorted() {
    std::vector<std::pair<TermId, TermId>> out;
    for (const auto& [thing, parent] : parents_) out.emplace_back(TermId(), thing);
    for (auto& [least, thing] : out) least = root(thing);
    std::ranges::sort(out);
    return out;
  }

 private:
  TermId root(TermId thing) {
    for (;;) {
      const TermId parent = parents_.try_emplace(thing, thing).first->second;
      if (parent == thing) return thing;
      const TermId above = parents_.find(parent)->second;
      parents_.find(thing)->second = above;  // halves the way
      thing = above;
    }
  }

  boost::unordered_flat_map<TermId, TermId, std::hash<TermId>> parents_;
};

}  // namespace

SameThings::SameThings(const Graph& graph, TermId predicate, std::uint64_t most) {
  Groups groups;
  for (const Statement& each : graph.with_predicate(predicate)) {
    if (each.object.is_resource()) groups.join(each.subject, each.object);
  }
  const auto sorted = groups.sorted();
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t end = i;
    while (end < sorted.size() && sorted[end].first == sorted[i].first) ++end;
    const std::uint64_t size = end - i;
    if (size > 1 && size * size <= most) {
      const auto first = static_cast<std::uint32_t>(members_.size());
      for (std::size_t k = i; k < end; ++k) members_.push_back(sorted[k].second);
      for (std::size_t k = i; k < end; ++k) {
        ranges_.emplace(sorted[k].second,
                        Range{first, static_cast<std::uint32_t>(members_.size())});
      }
    }
    i = end;
  }
}

std::span<const TermId> SameThings::group(TermId thing) const {
  const auto found = ranges_.find(thing);
  if (found == ranges_.end()) return {};
  return std::span(members_).subspan(found->second.first, found->second.last - found->second.first);
}

}  // namespace dossier
