// Whether one value has what a constraint wants, and whether all that a path reaches does.
#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "ontology/member_table.hpp"
#include "ontology/shape_checker.hpp"

namespace dossier {
namespace {

// No LF, CR, VT, FF, NEL, LINE SEPARATOR or PARAGRAPH SEPARATOR.
bool is_single_line(std::string_view text) {
  return text.find_first_of("\n\r\v\f") == std::string_view::npos && !text.contains("\xC2\x85") &&
         !text.contains("\xE2\x80\xA8") && !text.contains("\xE2\x80\xA9");
}

}  // namespace

// Whether all constraints of a shape with a path of `*` or `+` hold, found without the values that
// an earlier focus node has reached; a graph that conforms is walked once, from however many nodes.
bool ShapeChecker::holds_from(const PlannedShape& shape, TermId focus) {
  bool counts_only = true;
  for (const PlannedConstraint& each : shape.constraints) {
    if (each.component == Component::min_count) {
      if (walker_.count(shape.path, focus, each.number) < each.number) return false;
    } else if (each.component == Component::max_count) {
      if (walker_.count(shape.path, focus, each.number + 1) > each.number) return false;
    } else {
      counts_only = false;
    }
  }
  if (counts_only) return true;
  NodeSet& held = held_[shape.id];
  const std::size_t first = stack_.size();
  walker_.walk_to_unknown(shape.path, focus, held, stack_);
  const Values fresh{first, stack_.size()};
  const bool all = std::ranges::all_of(shape.constraints, [&](const PlannedConstraint& each) {
    return each.component == Component::min_count || each.component == Component::max_count ||
           check_constraint(shape, each, focus, fresh, Out{});
  });
  if (all) {
    for (std::size_t i = fresh.first; i < fresh.last; ++i) held.insert(stack_[i]);
  }
  stack_.resize(fresh.first);
  return all;
}

bool ShapeChecker::holds(const PlannedConstraint& constraint, TermId value) {
  switch (constraint.component) {
    case Component::class_:
      return constraint.cls->contains(context_.types.of(value));
    case Component::datatype:
      return has_datatype(constraint, value);
    case Component::node_kind:
      return value.is_iri()       ? constraint.iri
             : value.is_blank()   ? constraint.blank
             : value.is_literal() ? constraint.literal
                                  : constraint.triple;
    case Component::min_exclusive:
    case Component::min_inclusive:
    case Component::max_exclusive:
    case Component::max_inclusive:
      return is_in_range(constraint, value);
    case Component::min_length:
      return !value.is_blank() && text_length(value) >= constraint.number;
    case Component::max_length:
      return !value.is_blank() && text_length(value) <= constraint.number;
    case Component::language_in:
      return has_language(constraint, value);
    case Component::in:
    case Component::root_class:
      return std::ranges::binary_search(constraint.terms, value);
    case Component::single_line:
      return !value.is_blank() && is_single_line(context_.terms.text(value));
    case Component::not_:
      return !conforms(constraint.shapes[0], value);
    case Component::node:
      return conforms(constraint.shapes[0], value);
    case Component::and_:
      return has_all_members(constraint, value);
    case Component::or_:
      return count_conforming(constraint, value, 1) > 0;
    case Component::xone:
      return count_conforming(constraint, value, 2) == 1;
    case Component::min_count:
    case Component::max_count:
    case Component::unique_lang:
    case Component::equals:
    case Component::disjoint:
    case Component::subset_of:
    case Component::less_than:
    case Component::less_than_or_equals:
    case Component::pattern:
    case Component::property:
    case Component::qualified_min_count:
    case Component::qualified_max_count:
    case Component::closed:
    case Component::has_value:
    case Component::some_value:
    case Component::min_list_length:
    case Component::max_list_length:
    case Component::unique_members:
    case Component::member_shape:
    case Component::reifier_shape:
    case Component::unique_values_for:
      break;
  }
  return true;
}

bool ShapeChecker::has_datatype(const PlannedConstraint& constraint, TermId value) const {
  if (!value.is_literal()) return false;
  if (!context_.terms.is_added(value)) {
    const std::uint32_t type = context_.terms.graph().literal_type_index(value);
    return constraint.type_fits[type] != 0 && !context_.literals.ill_formed(value);
  }
  const TermView term = context_.terms.view(value);
  return std::ranges::find(constraint.datatypes, term.datatype) != constraint.datatypes.end() &&
         is_valid_lexical(term.datatype, term.text);
}

bool ShapeChecker::has_language(const PlannedConstraint& constraint, TermId value) const {
  if (!value.is_literal()) return false;
  if (!context_.terms.is_added(value)) {
    return constraint.type_fits[context_.terms.graph().literal_type_index(value)] != 0;
  }
  return language_matches(to_lower_ascii(context_.terms.view(value).language),
                          constraint.languages);
}

bool ShapeChecker::is_in_range(const PlannedConstraint& constraint, TermId value) const {
  if (!value.is_literal()) return false;
  const TermView term = context_.terms.view(value);
  const std::partial_ordering order =
      compare(parse_value(find_datatype(term.datatype), term.text), constraint.bound);
  switch (constraint.component) {
    case Component::min_exclusive:
      return order > 0;
    case Component::min_inclusive:
      return order >= 0;
    case Component::max_exclusive:
      return order < 0;
    default:
      return order <= 0;
  }
}

std::uint64_t ShapeChecker::text_length(TermId value) const {
  return count_code_points(context_.terms.text(value));
}

std::size_t ShapeChecker::count_conforming(const PlannedConstraint& constraint, TermId value,
                                           std::size_t enough) {
  std::size_t count = 0;
  std::span<const ShapeId> open = constraint.shapes;
  if (constraint.members && constraint.members->knows(value, context_.terms)) {
    const MemberTable::Known known =
        constraint.members->look(value, context_.types, context_.literals, context_.terms.graph());
    count = known.hold;
    open = known.open;
    for (const MemberTable::Known::Key& each : known.keyed) {
      if (count >= enough) break;
      if (each.decides || conforms(each.member, value)) ++count;
    }
  }
  for (const ShapeId each : open) {
    if (count >= enough) break;
    if (conforms(each, value)) ++count;
  }
  return count;
}

bool ShapeChecker::has_all_members(const PlannedConstraint& constraint, TermId value) {
  const auto has = [&](ShapeId shape) { return conforms(shape, value); };
  if (!constraint.members || !constraint.members->knows(value, context_.terms)) {
    return std::ranges::all_of(constraint.shapes, has);
  }
  const MemberTable::Known known =
      constraint.members->look(value, context_.types, context_.literals, context_.terms.graph());
  return !known.one_fails && std::ranges::all_of(known.open, has) &&
         std::ranges::all_of(known.keyed, [&](const MemberTable::Known::Key& each) {
           return each.decides || has(each.member);
         });
}

}  // namespace dossier
