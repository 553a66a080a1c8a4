// The ontology made ready for one data graph: what it wants of each predicate that occurs, and of
// the things of each type set, as tables of bits. Compiled once by one thread, then shared by all.
// Cost: a byte for each predicate and type set, and for each predicate and literal type.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ontology/finding.hpp"
#include "ontology/model.hpp"
#include "ontology/type_sets.hpp"

namespace dossier {

inline constexpr RuleNumber kNoRule = 0xFFFF'FFFF;

// What is wanted of the statements with one predicate.
struct PredicateChecks {
  TermId predicate;
  bool declared = false;                  // in the ontology, or a term of RDF, RDFS or OWL
  RuleNumber unknown = kNoRule;           // every use is reported
  RuleNumber domain = kNoRule;            // none: every subject fits
  RuleNumber range = kNoRule;             // none: every value fits
  std::vector<std::uint8_t> domain_fits;  // by type set of the subject
  std::vector<std::uint8_t> range_fits;   // by type set of the value
  bool range_takes_things = true;
  std::vector<std::uint8_t> literal_fits;  // by literal type
  RuleNumber functional = kNoRule;
  RuleNumber inverse_functional = kNoRule;
  RuleNumber irreflexive = kNoRule;
  RuleNumber asymmetric = kNoRule;
  RuleNumber dangling = kNoRule;
  struct Disjoint {
    TermId other;
    RuleNumber rule = kNoRule;
  };
  std::vector<Disjoint> disjoint;
};

// What is wanted of the things of one type set.
struct TypeChecks {
  struct Unknown {
    TermId cls;
    RuleNumber rule = kNoRule;
  };
  struct End {
    TermId property;  // none: it does not occur in the data
    RuleNumber missing = kNoRule;
  };
  struct Dates {
    TermId start;
    TermId end;
    RuleNumber rule = kNoRule;
  };
  struct Restricted {
    RestrictionKind kind{};
    TermId property;
    RuleNumber rule = kNoRule;
    std::vector<std::uint8_t> fits;          // by type set of the value
    std::vector<std::uint8_t> literal_fits;  // by literal type
    bool takes_all = false;                  // of count: every value counts
    TermId value;                            // has_value
    std::uint64_t least = 0;
    std::uint64_t most = UINT64_MAX;
  };
  std::vector<Unknown> unknown;
  std::vector<RuleNumber> disjoint;
  std::vector<End> ends;
  std::vector<Dates> dates;
  std::vector<Restricted> restricted;
  RuleNumber closed = kNoRule;
  std::vector<std::uint8_t> closed_allows;  // by number of predicate
};

// A key of a class (owl:hasKey): no two of its things have the same values of all the properties.
struct KeyCheck {
  const ClassTest* cls = nullptr;
  std::vector<TermId> properties;
  RuleNumber rule = kNoRule;
};

struct CheckOptions {
  bool strict = false;
  std::vector<std::string> own_namespaces;
};

class CheckPlan {
 public:
  // Adds rules to `rules`; asks `types` for its tests.
  CheckPlan(const Ontology& ontology, TermSpace& terms, TypeSets& types,
            const CheckOptions& options, std::vector<CheckRule>& rules);

  // By number: the place in graph.predicates().
  const PredicateChecks& predicate(std::size_t number) const { return predicates_[number]; }
  std::size_t predicate_number(TermId predicate) const { return numbers_[predicate.index()]; }
  std::size_t predicate_count() const { return predicates_.size(); }
  const TypeChecks& of_types(TypeSet set) const { return by_types_[set]; }
  bool is_own(TermId iri) const { return own_[iri.index()] != 0; }
  RuleNumber untyped_rule() const { return untyped_; }
  RuleNumber lexical_rule(std::uint32_t literal_type) const { return lexical_[literal_type]; }
  TermId reifies() const { return reifies_; }
  std::span<const KeyCheck> keys() const { return keys_; }

 private:
  friend class CheckPlanner;

  std::vector<PredicateChecks> predicates_;
  std::vector<std::uint32_t> numbers_;  // by IRI
  std::vector<TypeChecks> by_types_;
  std::vector<std::uint8_t> own_;  // by IRI
  std::vector<RuleNumber> lexical_;
  RuleNumber untyped_ = kNoRule;
  TermId reifies_;
  std::vector<KeyCheck> keys_;
};

}  // namespace dossier
