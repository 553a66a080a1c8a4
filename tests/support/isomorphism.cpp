#include "tests/support/isomorphism.hpp"

#include <algorithm>
#include <cstring>
#include <map>

#include "base/hash.hpp"

namespace dossier::test {
namespace {

using Colour = std::uint64_t;

// One of the two datasets with the colours that its blank nodes have at the moment.
class Coloured {
 public:
  explicit Coloured(const Dataset& dataset) : dataset_(dataset) {
    const std::size_t blanks = dataset.terms().size(TermKind::blank);
    colours_.assign(blanks, 1);
    for (const TermKind kind : {TermKind::iri, TermKind::literal}) {
      auto& hashes = kind == TermKind::iri ? iris_ : literals_;
      for (std::uint32_t i = 0; i < dataset.terms().size(kind); ++i) {
        hashes.push_back(hash_bytes(to_string(dataset.term(TermId(kind, i)))));
      }
    }
  }

  // Until the number of colours grows no more.
  void refine() {
    for (std::size_t before = 0, now = count(); now != before; before = now, now = count()) step();
  }

  void set(std::uint32_t blank, Colour colour) { colours_[blank] = colour; }
  const std::vector<Colour>& colours() const { return colours_; }

  std::vector<Colour> statement_hashes() const {
    std::vector<Colour> hashes;
    for (const Statement& each : dataset_.statements()) hashes.push_back(hash(each));
    std::ranges::sort(hashes);
    return hashes;
  }
  std::map<Colour, std::vector<std::uint32_t>> classes() const {
    std::map<Colour, std::vector<std::uint32_t>> classes;
    for (std::uint32_t i = 0; i < colours_.size(); ++i) classes[colours_[i]].push_back(i);
    return classes;
  }

 private:
  std::size_t count() const { return classes().size(); }

  void step() {
    std::vector<Colour> sums(colours_.size(), 0);
    for (const Statement& each : dataset_.statements()) {
      const Colour whole = hash(each);
      spread(each.subject, hash_mix(whole, 1), sums);
      spread(each.object, hash_mix(whole, 2), sums);
      if (each.graph != kDefaultGraph) spread(each.graph, hash_mix(whole, 3), sums);
    }
    for (std::size_t i = 0; i < sums.size(); ++i) colours_[i] = hash_mix(colours_[i], sums[i]);
  }

  // Recursion is bounded by Limits::max_triple_depth.
  void spread(TermId id, Colour hash, std::vector<Colour>& sums) const {
    if (id.is_blank()) sums[id.index()] += hash;
    if (!id.is_triple()) return;
    const Parts parts = parts_of(id);
    spread(parts.ids[0], hash_mix(hash, 11), sums);
    spread(parts.ids[2], hash_mix(hash, 13), sums);
  }

  Colour hash(const Statement& s) const {
    const Colour graph = s.graph == kDefaultGraph ? 7 : hash(s.graph);
    return hash_mix(hash_mix(hash_mix(hash(s.subject), hash(s.predicate)), hash(s.object)), graph);
  }
  Colour hash(TermId id) const {
    switch (id.kind()) {
      case TermKind::iri:
        return iris_[id.index()];
      case TermKind::blank:
        return hash_mix(colours_[id.index()], 5);
      case TermKind::literal:
        return literals_[id.index()];
      case TermKind::triple:
        break;
    }
    const Parts parts = parts_of(id);
    return hash_mix(hash_mix(hash(parts.ids[0]), hash(parts.ids[1])),
                    hash_mix(hash(parts.ids[2]), 17));
  }

  struct Parts {
    TermId ids[3];
  };
  Parts parts_of(TermId triple) const {
    Parts parts;
    std::memcpy(parts.ids, dataset_.terms().record(triple).data, sizeof parts.ids);
    return parts;
  }

  const Dataset& dataset_;
  std::vector<Colour> colours_;
  std::vector<Colour> iris_;
  std::vector<Colour> literals_;
};

// Recursion is bounded by the number of blank nodes of a test's dataset.
bool match(Coloured a, Coloured b, Colour fresh) {
  a.refine();
  b.refine();
  if (a.statement_hashes() != b.statement_hashes()) return false;
  const auto of_a = a.classes();
  const auto of_b = b.classes();
  const auto ambiguous =
      std::ranges::find_if(of_a, [](const auto& c) { return c.second.size() > 1; });
  if (ambiguous == of_a.end()) return true;
  const auto there = of_b.find(ambiguous->first);
  if (there == of_b.end() || there->second.size() != ambiguous->second.size()) return false;
  a.set(ambiguous->second.front(), fresh);
  return std::ranges::any_of(there->second, [&](std::uint32_t candidate) {
    Coloured tried = b;
    tried.set(candidate, fresh);
    return match(a, std::move(tried), fresh + 1);
  });
}

}  // namespace

bool isomorphic(const Dataset& a, const Dataset& b) {
  if (a.statements().size() != b.statements().size()) return false;
  return match(Coloured(a), Coloured(b), 1000);
}

}  // namespace dossier::test
