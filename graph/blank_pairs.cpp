#include "graph/blank_pairs.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/hash.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMaxRounds = 32;

// Where a blank node stands in a statement: 's', 'o', 'g'; in a triple term 1 more for each level.
using Position = std::uint32_t;
constexpr Position kSubject = 1;
constexpr Position kObject = 2;
constexpr Position kGraphName = 3;
constexpr Position kLevel = 4;  // the subject of a triple term at level n is n * kLevel + kSubject

struct Use {
  std::uint32_t statement = 0;
  std::uint32_t blank = 0;
  Position position = 0;
};

// One of the two graphs: where its blank nodes stand, their colours and their partners.
class Side {
 public:
  // `names` gives each IRI and literal the number that it has in both graphs.
  Side(const Graph& graph, const std::vector<std::uint64_t> (&names)[4])
      : graph_(graph),
        names_(names),
        colours_(graph.term_count(TermKind::blank), 1),
        partners_(colours_.size(), kNoPartner) {
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      const Statement& each = graph.statements()[i];
      collect(i, each.subject, kSubject);
      collect(i, each.object, kObject);
      collect(i, each.graph, kGraphName);
    }
    starts_.resize(colours_.size() + 1);
    for (const Use& use : uses_) ++starts_[use.blank + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    std::ranges::stable_sort(uses_, {}, &Use::blank);
  }

  std::size_t blank_count() const { return colours_.size(); }
  std::uint64_t colour(std::uint32_t blank) const { return colours_[blank]; }
  std::uint32_t partner(std::uint32_t blank) const { return partners_[blank]; }
  void pair(std::uint32_t blank, std::uint32_t partner, std::uint64_t name) {
    partners_[blank] = partner;
    colours_[blank] = name;
  }
  std::span<const Use> uses(std::uint32_t blank) const {
    return std::span(uses_).subspan(starts_[blank], starts_[blank + 1] - starts_[blank]);
  }
  const Statement& statement(const Use& use) const { return graph_.statements()[use.statement]; }

  // A round of colouring: a node is what its statements are, with the colours of the round before.
  void refine() {
    std::vector<std::uint64_t> next(colours_);
    for (const Use& use : uses_) next[use.blank] += hash_mix(hash_of(use), use.position);
    for (std::uint64_t& each : next) each = hash_mix(each, 7);
    colours_ = std::move(next);
  }
  std::size_t colour_count() const {
    std::vector<std::uint64_t> sorted(colours_);
    std::ranges::sort(sorted);
    return static_cast<std::size_t>(std::ranges::unique(sorted).begin() - sorted.begin());
  }

  std::uint64_t hash_of(const Use& use) const { return hash_of(statement(use), kNoPartner); }
  // The statement of `use` with the node itself, and all that have no partner, left out.
  std::uint64_t context(const Use& use) const {
    return hash_mix(hash_of(statement(use), use.blank), use.position);
  }

 private:
  std::uint64_t name(TermId id) const {
    return names_[static_cast<std::size_t>(id.kind())][id.index()];
  }
  void collect(std::uint32_t statement, TermId term, Position position) {
    for (Position level = kLevel; term.is_triple(); level += kLevel) {
      const Statement parts = graph_.triple(term);
      if (parts.subject.is_blank()) {
        uses_.push_back({statement, parts.subject.index(), level + kSubject});
      }
      term = parts.object;
      position = level + kObject;
    }
    if (term && term.is_blank()) uses_.push_back({statement, term.index(), position});
  }

  // With `without`, nodes that have no partner count as nothing.
  std::uint64_t hash_of(TermId term, std::uint32_t without) const {
    std::uint64_t hash = 0;
    for (; term.is_triple();) {
      const Statement parts = graph_.triple(term);
      hash = hash_mix(hash + simple_hash(parts.subject, without), 11);
      hash = hash_mix(hash + simple_hash(parts.predicate, without), 13);
      term = parts.object;
    }
    return hash_mix(hash + simple_hash(term, without), 17);
  }
  std::uint64_t simple_hash(TermId term, std::uint32_t without) const {
    if (!term) return 3;
    if (!term.is_blank()) return name(term);
    if (term.index() == without) return 5;
    if (without != kNoPartner && partners_[term.index()] == kNoPartner) return 9;
    return colours_[term.index()];
  }
  std::uint64_t hash_of(const Statement& s, std::uint32_t without) const {
    std::uint64_t hash = hash_of(s.subject, without);
    hash = hash_mix(hash, hash_of(s.predicate, without));
    hash = hash_mix(hash, hash_of(s.object, without));
    hash = hash_mix(hash, hash_of(s.graph, without));
    return s.subject == s.object ? hash_mix(hash, 19) : hash;
  }

  const Graph& graph_;
  const std::vector<std::uint64_t> (&names_)[4];
  std::vector<std::uint64_t> colours_;
  std::vector<std::uint32_t> partners_;
  std::vector<Use> uses_;  // by blank node
  std::vector<std::uint32_t> starts_;
};

class Pairing {
 public:
  Pairing(Side& a, Side& b) : a_(a), b_(b) {}

  void run() {
    colour();
    pair_by_colour();
    while (pair_by_context()) {
    }
  }

 private:
  void colour() {
    std::size_t count_a = 0;
    std::size_t count_b = 0;
    for (std::size_t round = 0; round < kMaxRounds; ++round) {
      a_.refine();
      b_.refine();
      const std::size_t now_a = a_.colour_count();
      const std::size_t now_b = b_.colour_count();
      if (round > 0 && now_a == count_a && now_b == count_b) return;
      count_a = now_a;
      count_b = now_b;
    }
  }

  static std::vector<std::uint32_t> by_colour(const Side& side) {
    std::vector<std::uint32_t> order(side.blank_count());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return side.colour(i); });
    return order;
  }

  void pair_by_colour() {
    const std::vector<std::uint32_t> order_a = by_colour(a_);
    const std::vector<std::uint32_t> order_b = by_colour(b_);
    // Pairs get names of their own only afterwards: colours are still compared.
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < order_a.size() && j < order_b.size()) {
      if (is_paired_a(order_a[i])) {
        ++i;
      } else if (is_paired_b(order_b[j])) {
        ++j;
      } else if (a_.colour(order_a[i]) < b_.colour(order_b[j])) {
        ++i;
      } else if (b_.colour(order_b[j]) < a_.colour(order_a[i])) {
        ++j;
      } else {
        spread(order_a[i], order_b[j]);
      }
    }
    for (std::uint32_t blank = 0; blank < a_.blank_count(); ++blank) {
      if (is_paired_a(blank)) name_pair(blank, a_.partner(blank));
    }
  }

  // Pairs the two, and from them on the neighbours of one colour along equal statements.
  void spread(std::uint32_t a, std::uint32_t b) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> open;
    const auto pair = [&](std::uint32_t x, std::uint32_t y) {
      a_.pair(x, y, a_.colour(x));
      b_.pair(y, x, b_.colour(y));
      open.emplace_back(x, y);
    };
    pair(a, b);
    while (!open.empty()) {
      const auto [x, y] = open.back();
      open.pop_back();
      pair_neighbours(x, y, pair);
    }
  }
  template <class Pair>
  void pair_neighbours(std::uint32_t x, std::uint32_t y, Pair&& pair) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> theirs;  // what it is -> neighbour
    for_each_neighbour(b_, y, [&](std::uint64_t what, std::uint32_t neighbour) {
      if (!is_paired_b(neighbour)) theirs.emplace_back(what, neighbour);
    });
    if (theirs.empty()) return;
    std::ranges::sort(theirs);
    for_each_neighbour(a_, x, [&](std::uint64_t what, std::uint32_t neighbour) {
      if (is_paired_a(neighbour)) return;
      auto at = std::ranges::lower_bound(theirs, what, {}, [](const auto& e) { return e.first; });
      while (at != theirs.end() && at->first == what && is_paired_b(at->second)) ++at;
      if (at != theirs.end() && at->first == what) pair(neighbour, at->second);
    });
  }
  // Subjects and objects of the statements that the node is the object or the subject of.
  template <class Function>
  static void for_each_neighbour(const Side& side, std::uint32_t blank, Function&& function) {
    for (const Use& use : side.uses(blank)) {
      const Statement& s = side.statement(use);
      const TermId other = use.position == kSubject ? s.object : s.subject;
      if ((use.position != kSubject && use.position != kObject) || !other.is_blank()) continue;
      function(hash_mix(side.hash_of(use), use.position), other.index());
    }
  }

  bool pair_by_context() {
    const Contexts of_a = contexts(a_);
    const Contexts of_b = contexts(b_);
    bool found = false;
    auto a = of_a.begin();
    auto b = of_b.begin();
    while (a != of_a.end() && b != of_b.end()) {
      if (a->first != b->first) {
        ++(a->first < b->first ? a : b);
        continue;
      }
      if (!is_paired_a(a->second) && !is_paired_b(b->second)) {
        name_pair(a->second, b->second);
        found = true;
      }
      ++a;
      ++b;
    }
    return found;
  }
  // Those that one node without partner has, with that node; sorted.
  using Contexts = std::vector<std::pair<std::uint64_t, std::uint32_t>>;
  static Contexts contexts(const Side& side) {
    Contexts all;
    for (std::uint32_t blank = 0; blank < side.blank_count(); ++blank) {
      if (side.partner(blank) != kNoPartner) continue;
      for (const Use& use : side.uses(blank)) all.emplace_back(side.context(use), blank);
    }
    std::ranges::sort(all);
    const auto same = std::ranges::unique(all);
    all.erase(same.begin(), same.end());
    Contexts out;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool shared = (i > 0 && all[i - 1].first == all[i].first) ||
                          (i + 1 < all.size() && all[i + 1].first == all[i].first);
      if (!shared) out.push_back(all[i]);
    }
    return out;
  }

  void name_pair(std::uint32_t a, std::uint32_t b) {
    const std::uint64_t name = hash_mix(a, 23);
    a_.pair(a, b, name);
    b_.pair(b, a, name);
  }
  bool is_paired_a(std::uint32_t blank) const { return a_.partner(blank) != kNoPartner; }
  bool is_paired_b(std::uint32_t blank) const { return b_.partner(blank) != kNoPartner; }

  Side& a_;
  Side& b_;
};

using Names = std::vector<std::uint64_t>[4];

// The id in `a`, or, for terms that only `b` has, a number that no id of `a` has.
void name_terms(const Graph& a, const Graph& b, const std::vector<TermId> (&to_a)[4],
                Names& names_a, Names& names_b) {
  for (const TermKind kind : {TermKind::iri, TermKind::literal}) {
    const auto k = static_cast<std::size_t>(kind);
    names_a[k].resize(a.term_count(kind));
    for (std::uint32_t i = 0; i < names_a[k].size(); ++i) {
      names_a[k][i] = hash_mix(TermId(kind, i).value(), 29);
    }
    names_b[k].resize(b.term_count(kind));
    for (std::uint32_t i = 0; i < names_b[k].size(); ++i) {
      names_b[k][i] =
          to_a[k][i] ? hash_mix(to_a[k][i].value(), 29) : hash_mix(TermId(kind, i).value(), 31);
    }
  }
}

}  // namespace

std::vector<std::uint32_t> blank_pairs(const Graph& a, const Graph& b,
                                       const std::vector<TermId> (&to_a)[4]) {
  Names names_a;
  Names names_b;
  name_terms(a, b, to_a, names_a, names_b);
  Side side_a(a, names_a);
  Side side_b(b, names_b);
  Pairing(side_a, side_b).run();
  std::vector<std::uint32_t> out(side_b.blank_count());
  for (std::uint32_t blank = 0; blank < out.size(); ++blank) out[blank] = side_b.partner(blank);
  return out;
}

}  // namespace dossier
