// Runs a CheckPlan over the things of a graph: one pass over the statements in SPO order, each
// looked at once. One checker a thread; what it reads is shared and immutable.
#pragma once

#include <vector>

#include "ontology/check_plan.hpp"
#include "ontology/finding.hpp"
#include "ontology/literal_facts.hpp"

namespace dossier {

class ThingChecker {
 public:
  ThingChecker(const TermSpace& terms, const TypeSets& types, const LiteralFacts& literals,
               const CheckPlan& plan, FindingCollector& into)
      : graph_(terms.graph()), types_(types), literals_(literals), plan_(plan), into_(into) {}

  void check(TermId thing);
  // Whole columns: values of inverse functional properties that several things share.
  void check_column(std::size_t predicate_number);

 private:
  using Group = std::span<const Statement>;  // of one subject and predicate

  void check_group(const PredicateChecks& checks, const TypeChecks& of_thing, TypeSet set,
                   Group group);
  void check_value(const PredicateChecks& checks, const Statement& statement);
  void check_range(const PredicateChecks& checks, const Statement& statement);
  void check_relation(const PredicateChecks& checks, const Statement& statement);
  void check_thing(const TypeChecks& checks, TermId thing, std::span<const Statement> all);
  void check_dates(const TypeChecks::Dates& dates, TermId thing);
  void check_restriction(const TypeChecks::Restricted& restricted, TermId thing);
  void check_untyped(TermId thing, std::span<const Statement> all);

  void add(RuleNumber rule, TermId focus, TermId value, const Statement* at,
           std::size_t number = 0);
  static std::size_t distinct_objects(Group group);

  const Graph& graph_;
  const TypeSets& types_;
  const LiteralFacts& literals_;
  const CheckPlan& plan_;
  FindingCollector& into_;
};

}  // namespace dossier
