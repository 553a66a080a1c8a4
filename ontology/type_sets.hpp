// Which class a thing is of, answered in a few nanoseconds. Things with the same asserted classes
// share a *type set*; there are few of those, so that "is an instance of C or of a class below C"
// is one bit for each type set and C. Subclasses are closed over data, shapes and ontology
// together. Cost: 4 bytes a resource of the graph, and a bit for each type set and class that is
// asked for. Built by one thread; `test` of a class adds it, so all are asked for before threads
// share it.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <unordered_map>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "ontology/term_space.hpp"

namespace dossier {

using TypeSet = std::uint32_t;
inline constexpr TypeSet kNoTypes = 0;

// The type sets whose things are instances of some class.
class ClassTest {
 public:
  bool contains(TypeSet set) const { return (bits_[set / 64] >> (set % 64) & 1) != 0; }

 private:
  friend class TypeSets;
  std::vector<std::uint64_t> bits_;
};

struct SubClass {
  TermId sub;
  TermId super;
};

class TypeSets {
 public:
  // `subclasses` are those of shapes and ontology; those of the data are added here.
  TypeSets(const TermSpace& terms, std::vector<SubClass> subclasses);

  // Things whose classes are known from elsewhere, such as the individuals of an ontology. They are
  // instances of their classes, but not among those that all() scans. Before any test is asked for.
  struct Assertion {
    TermId thing;
    TermId cls;
    friend auto operator<=>(const Assertion&, const Assertion&) = default;
  };
  void add_known(std::vector<Assertion> known);

  TypeSet of(TermId thing) const {
    if (!thing.is_resource()) return kNoTypes;
    const TypeSet set =
        terms_.is_added(thing) ? kNoTypes : sets_[thing.index() + (thing.is_blank() ? iris_ : 0)];
    if (set != kNoTypes || known_.empty()) return set;
    const auto found = known_.find(thing);
    return found == known_.end() ? kNoTypes : found->second;
  }
  std::size_t count() const { return classes_.size(); }
  // The asserted classes of a type set, in the order of their ids.
  std::span<const TermId> classes(TypeSet set) const { return classes_[set]; }
  // By number: IRIs, then blank nodes. For scans.
  std::span<const TypeSet> all() const { return sets_; }
  TermId resource(std::size_t number) const {
    return number < iris_ ? TermId(TermKind::iri, static_cast<std::uint32_t>(number))
                          : TermId(TermKind::blank, static_cast<std::uint32_t>(number - iris_));
  }

  // Lives as long as the TypeSets; asking twice gives the same.
  const ClassTest& test(TermId cls);
  // Of the things of any of the classes. Lives as long.
  const ClassTest& test_any(std::span<const TermId> classes);
  // The class and all below it.
  std::vector<TermId> below(TermId cls) const;

 private:
  void assign_sets();

  const TermSpace& terms_;
  std::size_t iris_;
  std::vector<TypeSet> sets_;                 // by resource
  std::vector<std::vector<TermId>> classes_;  // by type set; the first is empty
  std::vector<SubClass> subclasses_;          // in the order of super
  boost::unordered_flat_map<TermId, TypeSet, std::hash<TermId>> known_;
  std::deque<ClassTest> tests_;
  std::unordered_map<TermId, const ClassTest*> by_class_;
};

}  // namespace dossier
