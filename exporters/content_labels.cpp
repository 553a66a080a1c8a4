#include "exporters/content_labels.hpp"

#include <algorithm>
#include <numeric>

#include "base/hash.hpp"

namespace dossier {
namespace {

constexpr int kMaxRounds = 16;

// Roles keep sums of different kinds apart.
enum Role : std::uint64_t {
  pointed_at = 0x51,
  says,
  names_graph,
  part_of_triple,
  blank_out,
  blank_in,
  only_parent,
};

// A statement between two blank nodes.
struct Edge {
  std::uint32_t from;
  std::uint32_t to;
  std::uint64_t predicate;  // hash
};

class Namer {
 public:
  explicit Namer(const Graph& graph)
      : graph_(graph), hashes_(graph.term_count(TermKind::blank), 0) {
    for (const LiteralType& type : graph.literal_types()) {
      type_hashes_.push_back(hash_mix(hash_bytes(type.datatype), hash_bytes(type.language)) +
                             static_cast<std::uint64_t>(type.direction));
    }
  }

  ContentLabels run() {
    by_place();
    find_alike();
    if (!alike_.empty()) {
      by_content();
      find_alike();
    }
    if (!alike_.empty()) {
      collect_edges();
      by_parent();
      for (int round = 0; round < kMaxRounds; ++round) {
        const std::size_t before = groups_;
        by_neighbours();
        find_alike();
        if (alike_.empty() || groups_ == before) break;
      }
    }
    return labels();
  }

 private:
  // A hash of the term's text; blank nodes count as all alike.
  std::uint64_t ground(TermId term) const {
    std::uint64_t sum = 0;
    for (; term.is_triple(); sum = sum * 3 + part_of_triple) {
      const Statement parts = graph_.triple(term);
      sum = hash_mix(sum + ground(parts.subject), hash_bytes(graph_.text(parts.predicate)));
      term = parts.object;
    }
    if (!term) return sum;
    if (term.is_blank()) return sum + 1;
    const std::uint64_t own = hash_bytes(graph_.text(term));
    return sum +
           (term.is_literal() ? hash_mix(own, type_hashes_[graph_.literal_type_index(term)]) : own);
  }

  std::uint64_t predicate_hash(TermId predicate) {
    if (predicate != last_predicate_) {
      last_predicate_ = predicate;
      last_predicate_hash_ = hash_bytes(graph_.text(predicate));
    }
    return last_predicate_hash_;
  }

  void by_place() {
    for (const Statement& s : graph_.statements()) {
      if (s.object.is_blank() && s.subject.is_iri()) {
        const std::uint64_t what = hash_mix(ground(s.subject), predicate_hash(s.predicate));
        hashes_[s.object.index()] += hash_mix(what + pointed_at, ground(s.graph));
      } else if (s.object.is_triple()) {
        by_triple_term(s);
      }
    }
  }

  void by_triple_term(const Statement& s) {
    const std::uint64_t what =
        hash_mix(ground(s.subject) + ground(s.object), predicate_hash(s.predicate));
    std::uint64_t place = part_of_triple;
    const auto add = [&](TermId part) {
      place += 0x100;
      if (part.is_blank()) hashes_[part.index()] += hash_mix(what + place, ground(s.graph));
    };
    TermId at = s.object;
    for (; at.is_triple(); at = graph_.triple(at).object) add(graph_.triple(at).subject);
    add(at);
  }

  void by_content() {
    for (const Statement& s : graph_.statements()) {
      const bool about_alike = s.subject.is_blank() && is_alike_[s.subject.index()];
      if (about_alike && !s.object.is_blank()) {
        const std::uint64_t what = hash_mix(predicate_hash(s.predicate) + says, ground(s.object));
        hashes_[s.subject.index()] += hash_mix(what, ground(s.graph));
      }
      if (s.graph.is_blank() && is_alike_[s.graph.index()]) {
        const std::uint64_t what = hash_mix(ground(s.subject), predicate_hash(s.predicate));
        hashes_[s.graph.index()] += hash_mix(what + names_graph, ground(s.object));
      }
    }
  }

  void collect_edges() {
    for (const Statement& s : graph_.statements()) {
      if (!s.subject.is_blank() || !s.object.is_blank()) continue;
      if (!is_alike_[s.subject.index()] && !is_alike_[s.object.index()]) continue;
      edges_.push_back({s.subject.index(), s.object.index(), predicate_hash(s.predicate)});
    }
  }

  // Trees and lists in one walk from the roots: a node with a single blank parent is told by its
  // parent and by the property.
  void by_parent() {
    std::vector<std::uint32_t> parents(hashes_.size(), 0);
    for (const Edge& edge : edges_) ++parents[edge.to];
    std::vector<std::uint32_t> ready;
    for (const Edge& edge : edges_) {
      if (parents[edge.from] == 0 || !is_alike_[edge.from]) ready.push_back(edge.from);
    }
    std::ranges::sort(ready);
    ready.erase(std::unique(ready.begin(), ready.end()), ready.end());
    // edges_ stand in the order of `from`.
    while (!ready.empty()) {
      const std::uint32_t from = ready.back();
      ready.pop_back();
      auto edge = std::ranges::lower_bound(edges_, from, {}, &Edge::from);
      for (; edge != edges_.end() && edge->from == from; ++edge) {
        if (parents[edge->to] != 1 || !is_alike_[edge->to]) continue;
        parents[edge->to] = 2;  // once
        hashes_[edge->to] =
            hash_mix(hashes_[edge->to] + only_parent, hash_mix(hashes_[from], edge->predicate));
        ready.push_back(edge->to);
      }
    }
    find_alike();
  }

  void by_neighbours() {
    std::vector<std::uint64_t> next = hashes_;
    for (const Edge& edge : edges_) {
      if (is_alike_[edge.from])
        next[edge.from] += hash_mix(edge.predicate + blank_out, hashes_[edge.to]);
      if (is_alike_[edge.to])
        next[edge.to] += hash_mix(edge.predicate + blank_in, hashes_[edge.from]);
    }
    hashes_ = std::move(next);
  }

  void sort_order() {
    order_.resize(hashes_.size());
    std::iota(order_.begin(), order_.end(), 0u);
    std::ranges::stable_sort(order_, {}, [&](std::uint32_t i) { return hashes_[i]; });
  }

  // Which nodes share their hash with another, and how many different hashes there are.
  void find_alike() {
    sort_order();
    is_alike_.assign(hashes_.size(), false);
    alike_.clear();
    groups_ = 0;
    for (std::size_t i = 0; i < order_.size();) {
      std::size_t j = i + 1;
      while (j < order_.size() && hashes_[order_[j]] == hashes_[order_[i]]) ++j;
      if (j - i > 1) {
        for (std::size_t k = i; k < j; ++k) {
          is_alike_[order_[k]] = true;
          alike_.push_back(order_[k]);
        }
      }
      ++groups_;
      i = j;
    }
  }

  ContentLabels labels() {
    ContentLabels out;
    out.labels.resize(hashes_.size());
    out.rank.resize(hashes_.size());
    std::size_t nth = 0;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const std::uint32_t node = order_[i];
      nth = i > 0 && hashes_[order_[i - 1]] == hashes_[node] ? nth + 1 : 0;
      out.rank[node] = static_cast<std::uint32_t>(i);
      out.labels[node] = label(hashes_[node]);
      if (nth > 0) out.labels[node].append("-").append(std::to_string(nth));
    }
    out.order = std::move(order_);
    return out;
  }

  // "b" and 13 digits of base 32, which sort like the hash.
  static std::string label(std::uint64_t hash) {
    constexpr char kDigits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string out = "b";
    for (int shift = 60; shift >= 0; shift -= 5) out += kDigits[(hash >> shift) & 31];
    return out;
  }

  const Graph& graph_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint64_t> type_hashes_;
  std::vector<std::uint32_t> order_;
  std::vector<bool> is_alike_;
  std::vector<std::uint32_t> alike_;
  std::size_t groups_ = 0;
  std::vector<Edge> edges_;
  TermId last_predicate_;
  std::uint64_t last_predicate_hash_ = 0;
};

}  // namespace

ContentLabels content_labels(const Graph& graph) {
  return Namer(graph).run();
}

}  // namespace dossier
