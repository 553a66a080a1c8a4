#include "ontology/type_sets.hpp"

#include <algorithm>
#include <map>

#include <boost/unordered/unordered_flat_set.hpp>

#include "graph/vocabulary.hpp"

namespace dossier {

TypeSets::TypeSets(const TermSpace& terms, std::vector<SubClass> subclasses)
    : terms_(terms),
      iris_(terms.graph().term_count(TermKind::iri)),
      subclasses_(std::move(subclasses)) {
  const Graph& graph = terms.graph();
  for (const Statement& each : graph.with_predicate(graph.find_iri(rdfs::kSubClassOf))) {
    subclasses_.push_back({each.subject, each.object});
  }
  std::ranges::sort(subclasses_, {}, &SubClass::super);
  assign_sets();
}

// Statements stand in SPO order, so the classes of a thing come together and in order.
void TypeSets::assign_sets() {
  const Graph& graph = terms_.graph();
  sets_.assign(iris_ + graph.term_count(TermKind::blank), kNoTypes);
  classes_.emplace_back();
  const TermId type = graph.rdf_type();
  if (!type) return;
  boost::unordered_flat_map<TermId, TypeSet, std::hash<TermId>> single;
  std::map<std::vector<TermId>, TypeSet> several;
  const auto fresh = [&](std::vector<TermId> classes) {
    classes_.push_back(std::move(classes));
    return static_cast<TypeSet>(classes_.size() - 1);
  };

  const std::span<const Statement> all = graph.statements();
  std::vector<TermId> classes;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].predicate != type) continue;
    const TermId subject = all[i].subject;
    const std::size_t at = subject.index() + (subject.is_blank() ? iris_ : 0);
    classes.clear();
    std::size_t end = i;
    for (; end < all.size() && all[end].subject == subject && all[end].predicate == type; ++end) {
      if (classes.empty() || classes.back() != all[end].object) classes.push_back(all[end].object);
    }
    i = end - 1;
    if (classes.size() == 1) {
      const auto [found, added] = single.try_emplace(classes[0], kNoTypes);
      if (added) found->second = fresh(classes);
      sets_[at] = found->second;
      continue;
    }
    const auto [found, added] = several.try_emplace(classes, kNoTypes);
    if (added) found->second = fresh(classes);
    sets_[at] = found->second;
  }
}

void TypeSets::add_known(std::vector<Assertion> known) {
  std::ranges::sort(known);
  for (std::size_t i = 0; i < known.size();) {
    std::vector<TermId> classes;
    const TermId thing = known[i].thing;
    for (; i < known.size() && known[i].thing == thing; ++i) classes.push_back(known[i].cls);
    const auto found = std::ranges::find(classes_, classes);
    if (found == classes_.end()) classes_.push_back(classes);
    known_.emplace(thing,
                   static_cast<TypeSet>(std::ranges::find(classes_, classes) - classes_.begin()));
  }
}

std::vector<TermId> TypeSets::below(TermId cls) const {
  std::vector<TermId> found{cls};
  boost::unordered_flat_set<TermId, std::hash<TermId>> seen{cls};
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const auto [sub, super] :
         std::ranges::equal_range(subclasses_, found[i], {}, &SubClass::super)) {
      if (seen.insert(sub).second) found.push_back(sub);
    }
  }
  return found;
}

const ClassTest& TypeSets::test_any(std::span<const TermId> classes) {
  if (classes.size() == 1) return test(classes[0]);
  std::vector<std::uint64_t> bits(classes_.size() / 64 + 1, 0);
  for (const TermId each : classes) {
    const ClassTest& one = test(each);
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] |= one.bits_[i];
  }
  tests_.emplace_back().bits_ = std::move(bits);
  return tests_.back();
}

const ClassTest& TypeSets::test(TermId cls) {
  const auto [at, added] = by_class_.try_emplace(cls, nullptr);
  if (!added) return *at->second;
  ClassTest& test = tests_.emplace_back();
  at->second = &test;
  test.bits_.assign(classes_.size() / 64 + 1, 0);
  const std::vector<TermId> all = below(cls);
  const boost::unordered_flat_set<TermId, std::hash<TermId>> wanted(all.begin(), all.end());
  for (TypeSet set = 1; set < classes_.size(); ++set) {
    if (std::ranges::any_of(classes_[set], [&](TermId each) { return wanted.contains(each); })) {
      test.bits_[set / 64] |= std::uint64_t{1} << (set % 64);
    }
  }
  return test;
}

}  // namespace dossier
