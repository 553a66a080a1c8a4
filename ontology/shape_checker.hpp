// Checks focus nodes against the shapes of a plan (SHACL 1.0, sections 3 and 4). One checker a
// thread, for all of a validation, since it keeps what it has seen of long paths; plan, terms, type
// sets and literal facts are shared and read only. Recursion goes along shapes within shapes, whose
// nesting the loader bounds; it refuses circles.
#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "ontology/finding.hpp"
#include "ontology/literal_facts.hpp"
#include "ontology/path_walker.hpp"
#include "ontology/shape_plan.hpp"

namespace dossier {

// What all checkers of one validation have used up together.
struct ShapeCosts {
  static constexpr std::uint64_t kNone = ~std::uint64_t{0};
  std::atomic<std::uint64_t> path_visits = 0;
  // The least rule << 32 | value where a pattern was too costly and nothing could tell of it:
  // within another shape, of which only the verdict counts.
  std::atomic<std::uint64_t> pattern_overrun = kNone;
};

struct ShapeContext {
  const TermSpace& terms;
  const TypeSets& types;
  const LiteralFacts& literals;
  const ShapePlan& plan;
  const PathSet& paths;
  const Limits& limits;
  ShapeCosts& costs;
};

class ShapeChecker {
 public:
  explicit ShapeChecker(const ShapeContext& context);

  // Checks one focus node and gives every result to `into`.
  void check(ShapeId shape, TermId focus, FindingCollector& into);
  bool has_shape(ShapeId shape, TermId node) { return conforms(shape, node); }

 private:
  // Where results go; without a collector only the verdict is wanted, and the first one ends it.
  struct Out {
    FindingCollector* collector = nullptr;
    std::uint32_t parent = kNoParent;
  };
  // The value nodes of one shape at one focus node: a part of stack_.
  struct Values {
    std::size_t first;
    std::size_t last;
  };

  bool validate(const PlannedShape& shape, TermId focus, const Out& out);
  bool holds_from(const PlannedShape& shape, TermId focus);
  bool conforms(ShapeId shape, TermId focus) {
    return validate(context_.plan[shape], focus, Out{});
  }
  Values push_values(const PlannedShape& shape, TermId focus);

  // Each returns whether the constraint holds, and reports where it does not.
  bool check_constraint(const PlannedShape& shape, const PlannedConstraint& constraint,
                        TermId focus, Values values, const Out& out);
  bool check_each(const PlannedShape& shape, const PlannedConstraint& constraint, TermId focus,
                  Values values, const Out& out);
  bool check_pattern(const PlannedShape& shape, const PlannedConstraint& constraint, TermId focus,
                     Values values, const Out& out);
  bool check_property(const PlannedConstraint& constraint, Values values, const Out& out);
  bool check_unique_lang(const PlannedShape& shape, const PlannedConstraint& constraint,
                         TermId focus, Values values, const Out& out);
  // Each value against those of another property or path.
  bool check_among_others(const PlannedShape& shape, const PlannedConstraint& constraint,
                          TermId focus, Values values, const Out& out);
  bool check_equals(const PlannedShape& shape, const PlannedConstraint& constraint, TermId focus,
                    Values values, const Out& out);
  bool check_order(const PlannedShape& shape, const PlannedConstraint& constraint, TermId focus,
                   Values values, const Out& out);
  bool check_qualified(const PlannedShape& shape, const PlannedConstraint& constraint, TermId focus,
                       Values values, const Out& out);
  bool check_some_value(const PlannedShape& shape, const PlannedConstraint& constraint,
                        TermId focus, Values values, const Out& out);
  bool check_list(const PlannedShape& shape, const PlannedConstraint& constraint, TermId focus,
                  Values values, const Out& out);
  bool check_members(const PlannedShape& shape, const PlannedConstraint& constraint, TermId focus,
                     TermId list, std::span<const TermId> members, const Out& out);
  bool check_reifiers(const PlannedShape& shape, const PlannedConstraint& constraint, TermId focus,
                      Values values, const Out& out);
  bool check_closed(const PlannedConstraint& constraint, TermId focus, Values values,
                    const Out& out);

  // The values of what a constraint compares with, in order, each once; until the next call.
  std::span<const TermId> others_of(const PlannedConstraint& constraint, TermId focus);
  void note_overrun(RuleNumber rule, TermId value);

  // Whether the value has what the constraint wants; for those that look at one value at a time.
  bool holds(const PlannedConstraint& constraint, TermId value);
  bool has_datatype(const PlannedConstraint& constraint, TermId value) const;
  bool has_language(const PlannedConstraint& constraint, TermId value) const;
  bool is_in_range(const PlannedConstraint& constraint, TermId value) const;
  std::uint64_t text_length(TermId value) const;
  std::vector<TermId> copy_of(Values values) const;
  std::optional<std::vector<TermId>> members_of(TermId list);
  // How many of the shapes of the constraint the value has, counted up to `enough`.
  std::size_t count_conforming(const PlannedConstraint& constraint, TermId value,
                               std::size_t enough);
  bool has_all_members(const PlannedConstraint& constraint, TermId value);

  // Reports a result; details of nested shapes follow it. Without a value, `place` is the value
  // node whose statement stands for the finding, if there is one. Returns where further details go;
  // its collector is null when none are wanted.
  Out report(const PlannedShape& shape, const PlannedConstraint& constraint, TermId focus,
             TermId value, std::uint64_t number, const Out& out, TermId place = {});
  // Why the values do not have the shape.
  void detail_values(ShapeId shape, std::span<const TermId> values, const Out& details);
  void report_details(const PlannedConstraint& constraint, TermId value, const Out& out);
  std::uint32_t locate(const PlannedShape& shape, TermId focus, TermId value) const;
  std::uint32_t locate_node(TermId node) const;

  ShapeContext context_;
  PathWalker walker_;
  std::vector<TermId> stack_;  // values of all open shapes
  std::vector<TermId> others_;
  // For each shape of which PlannedShape::holds_from_node_on is true the nodes from which all
  // holds.
  std::map<ShapeId, NodeSet> held_;
};

}  // namespace dossier
