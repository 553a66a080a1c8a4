// Shapes made ready for one data graph: ids of its term space, class tests, compiled patterns,
// parsed bounds, tables by literal type. Compiled once by one thread, then shared by all.
#pragma once

#include <memory>
#include <vector>

#include "graph/datatypes.hpp"
#include "ontology/finding.hpp"
#include "ontology/patterns.hpp"
#include "ontology/reifiers.hpp"
#include "ontology/shapes.hpp"
#include "ontology/type_sets.hpp"

namespace dossier {

class MemberTable;

struct PlannedConstraint {
  PlannedConstraint();
  PlannedConstraint(PlannedConstraint&&) noexcept;
  PlannedConstraint& operator=(PlannedConstraint&&) noexcept;
  ~PlannedConstraint();

  Component component{};
  RuleNumber rule = 0;
  std::uint64_t number = 0;
  TermId term;                // in ids of the term space
  PathId path;                // what values are compared with, where it is no single property
  std::vector<TermId> terms;  // sorted; of root_class the classes; of unique_values_for the nodes
                              // that share a key
  std::vector<ShapeId> shapes;
  std::vector<ShapeId> siblings;
  const ClassTest* cls = nullptr;          // class_
  std::vector<std::uint8_t> type_fits;     // datatype, language_in: by literal type of the graph
  std::vector<std::string> datatypes;      // datatype, for literals that the graph does not hold
  std::vector<std::string> languages;      // language_in, lower case
  std::unique_ptr<const Pattern> pattern;  // pattern
  std::unique_ptr<const MemberTable> members;  // and, or, xone; null where it would be of no use
  LiteralValue bound;                          // min and max, in- and exclusive
  bool iri = false, blank = false, literal = false, triple = false;  // node_kind
  bool required = false;                                             // reifier_shape
  bool by_types = false;                                             // closed
  // Closed by types: what is allowed for the things of each type set, sorted.
  std::vector<std::vector<TermId>> allowed_by_types;
};

struct PlannedShape {
  ShapeId id;
  PathId path;
  TermId predicate;  // of a path that is one predicate
  bool deactivated = false;
  // The path is `*` or `+`, and the constraints count its values or look at each by itself: a node
  // from which all that is reached holds need not be looked at again.
  bool holds_from_node_on = false;
  std::vector<PlannedConstraint> constraints;
};

class ShapePlan {
 public:
  // Adds the rules of the shapes to `rules`. `paths` receives the paths in ids of `terms`.
  ShapePlan(const ShapeSet& shapes, TermSpace& terms, TypeSets& types,
            std::vector<CheckRule>& rules, PathSet& paths, const Limits& limits);

  // Shapes that target the nodes which have another one (sh:targetWhere). Their nodes are found by
  // the caller, who adds them; find_shared_keys() comes behind.
  struct Where {
    ShapeId shape;
    ShapeId wanted;
  };
  std::span<const Where> wheres() const { return wheres_; }
  void add_focus_nodes(ShapeId shape, std::vector<TermId> nodes, const TypeSets& types);
  // The nodes that share a key (sh:uniqueValuesFor), once all targets are known. False when the
  // keys are more than Limits::max_path_visits.
  bool find_shared_keys(const TermSpace& terms, const TypeSets& types);

  const PlannedShape& operator[](ShapeId id) const { return shapes_[id.index()]; }

  // For each type set the shapes that target its things, and further focus nodes of each shape
  // (sorted, without those that its classes give).
  std::span<const ShapeId> targeting(TypeSet set) const { return by_types_[set]; }
  struct FocusList {
    ShapeId shape;
    std::vector<TermId> nodes;
  };
  std::span<const FocusList> focus_lists() const { return lists_; }
  // Shapes with targets of which the graph has none.
  const std::vector<ShapeId>& idle() const { return idle_; }

  const Reifiers& reifiers() const { return reifiers_; }
  const Names& data_names() const { return names_; }

 private:
  PlannedConstraint plan(const Constraint& constraint, const ShapeSet& shapes, TermSpace& terms,
                         TypeSets& types) const;
  void add_targets(const ShapeSet& shapes, TermSpace& terms, TypeSets& types);
  void sort_members(const TermSpace& terms, const TypeSets& types);
  void allow_by_types(const ShapeSet& shapes, TermSpace& terms, TypeSets& types);
  std::vector<TermId> targets_of(ShapeId shape, const TypeSets& types) const;

  const Limits& limits_;
  Names names_;  // of the data graph
  Reifiers reifiers_;
  std::vector<PlannedShape> shapes_;
  std::vector<std::vector<ShapeId>> by_types_;
  std::vector<FocusList> lists_;
  std::vector<ShapeId> idle_;
  std::vector<Where> wheres_;
};

// Whether the language tag matches one of the ranges (RFC 4647 basic filtering); all lower case.
bool language_matches(std::string_view tag, std::span<const std::string> ranges);

}  // namespace dossier
