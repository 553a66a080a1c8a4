// The members of one sh:and, sh:or or sh:xone, sorted by what is known of a value before any of
// them is looked at: its kind and classes, or its datatype and language, decide members about
// classes, datatypes, languages and kinds of node; members that want certain terms (sh:in,
// sh:hasValue) are found by the term. So a list of thousands costs no more than the few members
// that are left open. Made once for a plan, then shared.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ontology/literal_facts.hpp"
#include "ontology/shape_plan.hpp"

namespace dossier {

class MemberTable {
 public:
  // Null where nothing can be decided, or the table would be larger than it is worth.
  static std::unique_ptr<const MemberTable> make(std::span<const ShapeId> members,
                                                 std::span<const PlannedShape> shapes,
                                                 const Graph& graph, const TypeSets& types);

  // What is known of a value: members that hold for sure; those that must be looked at, of two
  // kinds; whether one of the others fails.
  struct Known {
    std::size_t hold = 0;
    bool one_fails = false;
    std::span<const ShapeId> open;
    struct Key {
      TermId term;
      ShapeId member;
      bool decides = false;  // the member wants nothing else
    };
    std::span<const Key> keyed;  // with the value as their term
  };
  // Whether the table knows values of this sort: no literals that the graph does not hold.
  bool knows(TermId value, const TermSpace& terms) const {
    return value.is_resource() || (value.is_literal() && !terms.is_added(value));
  }
  Known look(TermId value, const TypeSets& types, const LiteralFacts& literals,
             const Graph& graph) const;

 private:
  // Values that no member can tell apart but by looking: resources by type set, IRIs before blank
  // nodes; literals by type, well-formed ones before ill-formed ones.
  struct Profile {
    std::uint32_t hold = 0;
    bool one_fails = false;
    std::uint32_t first = 0;  // in open_
    std::uint32_t count = 0;
  };
  class Maker;

  std::size_t type_sets_ = 0;
  std::vector<Profile> profiles_;
  std::vector<ShapeId> open_;
  std::vector<Known::Key> keys_;  // in the order of their terms
  std::size_t keyed_members_ = 0;
};

}  // namespace dossier
