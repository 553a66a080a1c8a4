// The checks of the components that SHACL 1.2 adds to those of SHACL 1.0.
#include <algorithm>

#include "graph/vocabulary.hpp"
#include "ontology/lists.hpp"
#include "ontology/shape_checker.hpp"

namespace dossier {
namespace {

// Those that stand more than once, each once.
std::vector<TermId> repeated(std::span<const TermId> members) {
  std::vector<TermId> sorted(members.begin(), members.end());
  std::ranges::sort(sorted);
  std::vector<TermId> out;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i] == sorted[i - 1] && (out.empty() || out.back() != sorted[i])) {
      out.push_back(sorted[i]);
    }
  }
  return out;
}

}  // namespace

bool ShapeChecker::check_some_value(const PlannedShape& shape, const PlannedConstraint& constraint,
                                    TermId focus, Values values, const Out& out) {
  for (std::size_t i = values.first; i < values.last; ++i) {
    if (conforms(constraint.shapes[0], stack_[i])) return true;
  }
  detail_values(constraint.shapes[0], copy_of(values),
                report(shape, constraint, focus, {}, 0, out));
  return false;
}

// Each value must be a list, and its members as the constraint wants them.
bool ShapeChecker::check_list(const PlannedShape& shape, const PlannedConstraint& constraint,
                              TermId focus, Values values, const Out& out) {
  bool all = true;
  for (std::size_t i = values.first; i < values.last; ++i) {
    const TermId value = stack_[i];
    const auto members = members_of(value);
    if (members && check_members(shape, constraint, focus, value, *members, out)) continue;
    all = false;
    if (out.collector == nullptr) return false;
    if (!members) report(shape, constraint, focus, value, kNoList, out);
  }
  return all;
}

bool ShapeChecker::check_members(const PlannedShape& shape, const PlannedConstraint& constraint,
                                 TermId focus, TermId list, std::span<const TermId> members,
                                 const Out& out) {
  const auto fails = [&](std::span<const TermId> faulty) {
    if (faulty.empty()) return true;
    const Out details = report(shape, constraint, focus, list, members.size(), out);
    if (constraint.component == Component::member_shape) {
      detail_values(constraint.shapes[0], faulty, details);
    } else if (details.collector != nullptr) {
      for (const TermId each : faulty) {
        details.collector->add(
            {.rule = constraint.rule, .focus = focus, .value = each, .parent = details.parent});
      }
    }
    return false;
  };
  switch (constraint.component) {
    case Component::unique_members:
      return fails(repeated(members));
    case Component::member_shape: {
      std::vector<TermId> faulty;
      for (const TermId each : members) {
        if (!conforms(constraint.shapes[0], each)) faulty.push_back(each);
      }
      return fails(faulty);
    }
    default: {
      const bool fits = constraint.component == Component::min_list_length
                            ? members.size() >= constraint.number
                            : members.size() <= constraint.number;
      if (!fits) report(shape, constraint, focus, list, members.size(), out);
      return fits;
    }
  }
}

// SHACL 1.2: a result for each reifier that lacks the shape, or for a statement that wants one.
bool ShapeChecker::check_reifiers(const PlannedShape& shape, const PlannedConstraint& constraint,
                                  TermId focus, Values values, const Out& out) {
  bool all = true;
  for (std::size_t i = values.first; i < values.last; ++i) {
    const TermId value = stack_[i];
    const auto reifiers = context_.plan.reifiers().of(focus, shape.predicate, value);
    if (reifiers.empty() && constraint.required) {
      all = false;
      report(shape, constraint, focus, value, 0, out);
    }
    for (const Reifiers::Row& each : reifiers) {
      if (conforms(constraint.shapes[0], each.reifier)) continue;
      all = false;
      if (out.collector == nullptr) return false;
      detail_values(constraint.shapes[0], {&each.reifier, 1},
                    report(shape, constraint, focus, value, reifiers.size(), out));
    }
  }
  return all;
}

// Counted as visits of a path, since lists may share their ends.
std::optional<std::vector<TermId>> ShapeChecker::members_of(TermId list) {
  const TermSpace& terms = context_.terms;
  if (list.is_iri() && terms.text(list) == rdf::kNil) return std::vector<TermId>();
  if (!list.is_resource() || terms.is_added(list)) return std::nullopt;
  if (context_.costs.path_visits > context_.limits.max_path_visits) return std::nullopt;
  auto members = read_list(terms.graph(), context_.plan.data_names(), list);
  if (members) context_.costs.path_visits += members->size();
  return members;
}

}  // namespace dossier
