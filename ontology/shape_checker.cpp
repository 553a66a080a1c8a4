#include "ontology/shape_checker.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMaxDetails = 100;  // of one result

// Whether what fails is that the value lacks one of the shapes of the constraint.
bool has_value_details(Component component) {
  return component == Component::node || component == Component::and_ ||
         component == Component::or_ || component == Component::xone;
}

}  // namespace

ShapeChecker::ShapeChecker(const ShapeContext& context)
    : context_(context),
      walker_(context_.paths, context_.terms, context_.costs.path_visits,
              context_.limits.max_path_visits) {}

void ShapeChecker::check(ShapeId shape, TermId focus, FindingCollector& into) {
  validate(context_.plan[shape], focus, {.collector = &into});
}

bool ShapeChecker::validate(const PlannedShape& shape, TermId focus, const Out& out) {
  if (shape.deactivated) return true;
  if (shape.holds_from_node_on && holds_from(shape, focus)) return true;
  const Values values = push_values(shape, focus);
  bool all = true;
  for (const PlannedConstraint& each : shape.constraints) {
    if (check_constraint(shape, each, focus, values, out)) continue;
    all = false;
    if (out.collector == nullptr) break;
  }
  stack_.resize(values.first);
  return all;
}

ShapeChecker::Values ShapeChecker::push_values(const PlannedShape& shape, TermId focus) {
  const std::size_t first = stack_.size();
  if (!shape.path) {
    stack_.push_back(focus);
  } else if (shape.predicate) {
    // In the order of the object, so equal ones (of several graphs) stand together.
    for (const Statement& each : context_.terms.about(focus, shape.predicate)) {
      if (stack_.size() == first || stack_.back() != each.object) stack_.push_back(each.object);
    }
  } else {
    walker_.walk(shape.path, focus, stack_);
  }
  return {first, stack_.size()};
}

bool ShapeChecker::check_constraint(const PlannedShape& shape, const PlannedConstraint& constraint,
                                    TermId focus, Values values, const Out& out) {
  const std::size_t count = values.last - values.first;
  switch (constraint.component) {
    case Component::min_count:
      if (count >= constraint.number) return true;
      report(shape, constraint, focus, {}, count, out);
      return false;
    case Component::max_count:
      if (count <= constraint.number) return true;
      // The first value that is too many gives the place.
      report(shape, constraint, focus, {}, count, out, stack_[values.first + constraint.number]);
      return false;
    case Component::has_value:
      if (std::find(stack_.begin() + static_cast<std::ptrdiff_t>(values.first), stack_.end(),
                    constraint.term) != stack_.end()) {
        return true;
      }
      report(shape, constraint, focus, {}, count, out);
      return false;
    case Component::unique_lang:
      return check_unique_lang(shape, constraint, focus, values, out);
    case Component::disjoint:
    case Component::subset_of:
      return check_among_others(shape, constraint, focus, values, out);
    case Component::equals:
      return check_equals(shape, constraint, focus, values, out);
    case Component::less_than:
    case Component::less_than_or_equals:
      return check_order(shape, constraint, focus, values, out);
    case Component::qualified_min_count:
    case Component::qualified_max_count:
      return check_qualified(shape, constraint, focus, values, out);
    case Component::closed:
      return check_closed(constraint, focus, values, out);
    case Component::some_value:
      return check_some_value(shape, constraint, focus, values, out);
    case Component::min_list_length:
    case Component::max_list_length:
    case Component::unique_members:
    case Component::member_shape:
      return check_list(shape, constraint, focus, values, out);
    case Component::reifier_shape:
      return check_reifiers(shape, constraint, focus, values, out);
    case Component::unique_values_for:
      if (!std::ranges::binary_search(constraint.terms, focus)) return true;
      report(shape, constraint, focus, {}, 0, out);
      return false;
    case Component::property:
      return check_property(constraint, values, out);
    case Component::pattern:
      return check_pattern(shape, constraint, focus, values, out);
    case Component::class_:
    case Component::datatype:
    case Component::node_kind:
    case Component::min_exclusive:
    case Component::min_inclusive:
    case Component::max_exclusive:
    case Component::max_inclusive:
    case Component::min_length:
    case Component::max_length:
    case Component::language_in:
    case Component::not_:
    case Component::and_:
    case Component::or_:
    case Component::xone:
    case Component::node:
    case Component::in:
    case Component::root_class:
    case Component::single_line:
      return check_each(shape, constraint, focus, values, out);
  }
  return true;
}

bool ShapeChecker::check_each(const PlannedShape& shape, const PlannedConstraint& constraint,
                              TermId focus, Values values, const Out& out) {
  bool all = true;
  for (std::size_t i = values.first; i < values.last; ++i) {
    const TermId value = stack_[i];
    if (holds(constraint, value)) continue;
    all = false;
    if (out.collector == nullptr) return false;
    report(shape, constraint, focus, value, 0, out);
  }
  return all;
}

// A value on which the pattern is too costly is reported as such; within a shape of which only the
// verdict counts, that ends the validation.
bool ShapeChecker::check_pattern(const PlannedShape& shape, const PlannedConstraint& constraint,
                                 TermId focus, Values values, const Out& out) {
  bool all = true;
  for (std::size_t i = values.first; i < values.last; ++i) {
    const TermId value = stack_[i];
    const PatternMatch match = value.is_blank()
                                   ? PatternMatch::no
                                   : constraint.pattern->search(context_.terms.text(value));
    if (match == PatternMatch::yes) continue;
    all = false;
    if (out.collector == nullptr) {
      if (match == PatternMatch::too_costly) note_overrun(constraint.rule, value);
      return false;
    }
    report(shape, constraint, focus, value, match == PatternMatch::too_costly ? 1 : 0, out);
  }
  return all;
}

// The least one, so that the threads leave no trace.
void ShapeChecker::note_overrun(RuleNumber rule, TermId value) {
  const std::uint64_t overrun = std::uint64_t{rule} << 32 | value.value();
  std::uint64_t known = context_.costs.pattern_overrun.load(std::memory_order_relaxed);
  while (overrun < known && !context_.costs.pattern_overrun.compare_exchange_weak(
                                known, overrun, std::memory_order_relaxed)) {
  }
}

bool ShapeChecker::check_property(const PlannedConstraint& constraint, Values values,
                                  const Out& out) {
  const PlannedShape& property = context_.plan[constraint.shapes[0]];
  bool all = true;
  for (std::size_t i = values.first; i < values.last; ++i) {
    if (validate(property, stack_[i], out)) continue;
    all = false;
    if (out.collector == nullptr) return false;
  }
  return all;
}

// One result for each language that several values have (4.4.5); in SHACL 1.2 for each language and
// direction.
bool ShapeChecker::check_unique_lang(const PlannedShape& shape, const PlannedConstraint& constraint,
                                     TermId focus, Values values, const Out& out) {
  std::map<std::pair<std::string, Direction>, std::uint64_t> counts;
  for (std::size_t i = values.first; i < values.last; ++i) {
    if (!stack_[i].is_literal()) continue;
    const TermView value = context_.terms.view(stack_[i]);
    if (!value.language.empty()) ++counts[{to_lower_ascii(value.language), value.direction}];
  }
  bool all = true;
  for (const auto& [language, count] : counts) {
    if (count < 2) continue;
    all = false;
    report(shape, constraint, focus, {}, count, out);
  }
  return all;
}

std::span<const TermId> ShapeChecker::others_of(const PlannedConstraint& constraint, TermId focus) {
  others_.clear();
  if (constraint.path) {
    walker_.walk(constraint.path, focus, others_);
    std::ranges::sort(others_);
    return others_;
  }
  for (const Statement& each : context_.terms.about(focus, constraint.term)) {
    if (others_.empty() || others_.back() != each.object) others_.push_back(each.object);
  }
  return others_;
}

// Values that are among the others, or are not, as the constraint wants (4.5.2; SHACL 1.2).
bool ShapeChecker::check_among_others(const PlannedShape& shape,
                                      const PlannedConstraint& constraint, TermId focus,
                                      Values values, const Out& out) {
  const std::span<const TermId> others = others_of(constraint, focus);
  const bool among = constraint.component == Component::subset_of;
  bool all = true;
  for (std::size_t i = values.first; i < values.last; ++i) {
    const TermId value = stack_[i];
    if (std::ranges::binary_search(others, value) == among) continue;
    all = false;
    if (out.collector == nullptr) return false;
    report(shape, constraint, focus, value, 0, out);
  }
  return all;
}

// A result for each value that only one of the two has (4.5.1).
bool ShapeChecker::check_equals(const PlannedShape& shape, const PlannedConstraint& constraint,
                                TermId focus, Values values, const Out& out) {
  const std::span<const TermId> others = others_of(constraint, focus);
  bool all = true;
  for (std::size_t i = values.first; i < values.last; ++i) {
    const TermId value = stack_[i];
    if (std::ranges::binary_search(others, value)) continue;
    all = false;
    report(shape, constraint, focus, value, 0, out);
  }
  for (const TermId other : others) {
    const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(values.first);
    const auto end = stack_.begin() + static_cast<std::ptrdiff_t>(values.last);
    if (std::find(begin, end, other) != end) continue;
    all = false;
    report(shape, constraint, focus, other, 0, out);
  }
  return all;
}

// A result for each pair that is not in order (4.5.3, 4.5.4).
bool ShapeChecker::check_order(const PlannedShape& shape, const PlannedConstraint& constraint,
                               TermId focus, Values values, const Out& out) {
  const std::span<const TermId> others = others_of(constraint, focus);
  const bool strict = constraint.component == Component::less_than;
  bool all = true;
  for (std::size_t i = values.first; i < values.last; ++i) {
    const TermId value = stack_[i];
    const TermView term = context_.terms.view(value);
    for (const TermId other : others) {
      const auto order = compare_literals(term, context_.terms.view(other));
      if (strict ? order < 0 : order <= 0) continue;
      all = false;
      report(shape, constraint, focus, value, 0, out);
    }
  }
  return all;
}

bool ShapeChecker::check_qualified(const PlannedShape& shape, const PlannedConstraint& constraint,
                                   TermId focus, Values values, const Out& out) {
  std::uint64_t count = 0;
  for (std::size_t i = values.first; i < values.last; ++i) {
    const TermId value = stack_[i];
    if (!conforms(constraint.shapes[0], value)) continue;
    if (std::ranges::any_of(constraint.siblings, [&](ShapeId s) { return conforms(s, value); })) {
      continue;
    }
    ++count;
  }
  const bool fits = constraint.component == Component::qualified_min_count
                        ? count >= constraint.number
                        : count <= constraint.number;
  if (fits) return true;
  const Out details = report(shape, constraint, focus, {}, count, out);
  if (constraint.component == Component::qualified_min_count) {
    detail_values(constraint.shapes[0], copy_of(values), details);
  }
  return false;
}

// A copy, since the stack grows while values are looked into.
std::vector<TermId> ShapeChecker::copy_of(Values values) const {
  return {stack_.begin() + static_cast<std::ptrdiff_t>(values.first),
          stack_.begin() + static_cast<std::ptrdiff_t>(values.last)};
}

// A result for each statement with a property that is not allowed; its path is that property.
bool ShapeChecker::check_closed(const PlannedConstraint& constraint, TermId focus, Values values,
                                const Out& out) {
  bool all = true;
  for (std::size_t i = values.first; i < values.last; ++i) {
    const std::vector<TermId>& allowed =
        constraint.by_types ? constraint.allowed_by_types[context_.types.of(stack_[i])]
                            : constraint.terms;
    for (const Statement& each : context_.terms.about(stack_[i])) {
      if (std::ranges::binary_search(allowed, each.predicate)) continue;
      all = false;
      if (out.collector == nullptr) return false;
      const auto position = static_cast<std::uint32_t>(context_.terms.graph().position(each));
      out.collector->add({.rule = constraint.rule,
                          .focus = focus,
                          .value = each.object,
                          .statement = position,
                          .parent = out.parent});
    }
  }
  return all;
}

ShapeChecker::Out ShapeChecker::report(const PlannedShape& shape,
                                       const PlannedConstraint& constraint, TermId focus,
                                       TermId value, std::uint64_t number, const Out& out,
                                       TermId place) {
  if (out.collector == nullptr) return {};
  Finding finding{.rule = constraint.rule,
                  .focus = focus,
                  .value = value,
                  .number = static_cast<std::uint32_t>(std::min<std::uint64_t>(number, ~0u)),
                  .parent = out.parent};
  if (out.parent != kNoParent || out.collector->keeps(constraint.rule)) {
    finding.statement = locate(shape, focus, value ? value : place);
  }
  const std::uint32_t index = out.collector->add(finding);
  if (index == kNoParent) return {};
  const Out details{.collector = out.collector, .parent = index};
  if (has_value_details(constraint.component)) report_details(constraint, value, details);
  return details;
}

void ShapeChecker::detail_values(ShapeId shape, std::span<const TermId> values,
                                 const Out& details) {
  if (details.collector == nullptr) return;
  const std::size_t before = details.collector->kept().size();
  for (const TermId each : values) {
    validate(context_.plan[shape], each, details);
    if (details.collector->kept().size() - before > kMaxDetails) break;
  }
}

// sh:detail: why the nested shapes do not hold.
void ShapeChecker::report_details(const PlannedConstraint& constraint, TermId value,
                                  const Out& out) {
  const std::size_t before = out.collector->kept().size();
  for (const ShapeId each : constraint.shapes) {
    validate(context_.plan[each], value, out);
    if (out.collector->kept().size() - before > kMaxDetails) break;
  }
}

// The statement whose source place stands for the finding.
std::uint32_t ShapeChecker::locate(const PlannedShape& shape, TermId focus, TermId value) const {
  const TermSpace& terms = context_.terms;
  if (value && shape.path) {
    const PathNode& node = context_.paths[shape.path];
    if (shape.predicate) {
      for (const Statement& each : terms.about(focus, shape.predicate)) {
        if (each.object == value) return static_cast<std::uint32_t>(terms.graph().position(each));
      }
    } else if (node.kind == PathKind::inverse) {
      const PathNode& child = context_.paths[context_.paths.children(node)[0]];
      if (child.kind == PathKind::predicate && value.is_resource()) {
        for (const Statement& each : terms.about(value, child.predicate)) {
          if (each.object == focus) return static_cast<std::uint32_t>(terms.graph().position(each));
        }
      }
    }
  }
  return locate_node(focus);
}

// Its class if it has one, else the first statement about it, else one that leads to it.
std::uint32_t ShapeChecker::locate_node(TermId node) const {
  const TermSpace& terms = context_.terms;
  const Graph& graph = terms.graph();
  if (graph.rdf_type()) {
    const auto types = terms.about(node, graph.rdf_type());
    if (!types.empty()) return static_cast<std::uint32_t>(graph.position(types.front()));
  }
  const auto all = terms.about(node);
  if (!all.empty()) return static_cast<std::uint32_t>(graph.position(all.front()));
  if (terms.is_added(node)) return kNoStatement;
  for (const TermId predicate : graph.predicates()) {
    const StatementRange found = graph.with_object(predicate, node);
    if (!found.empty()) return found.positions().front();
  }
  return kNoStatement;
}

}  // namespace dossier
