#include "ontology/shape_plan.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "ontology/shared_keys.hpp"

namespace dossier {
namespace {

void set_node_kind(std::string_view iri, PlannedConstraint& into) {
  const auto is_one_of = [&](std::initializer_list<Name> names) {
    return std::ranges::any_of(names, [&](Name name) { return iri == iri_of(name); });
  };
  into.iri = is_one_of({Name::sh_iri, Name::sh_blank_node_or_iri, Name::sh_irior_literal});
  into.blank =
      is_one_of({Name::sh_blank_node, Name::sh_blank_node_or_iri, Name::sh_blank_node_or_literal});
  into.literal =
      is_one_of({Name::sh_literal, Name::sh_blank_node_or_literal, Name::sh_irior_literal});
}

std::vector<std::uint8_t> types_with_datatype(const Graph& graph, std::string_view datatype) {
  std::vector<std::uint8_t> fits;
  for (const LiteralType& each : graph.literal_types()) fits.push_back(each.datatype == datatype);
  return fits;
}

std::vector<std::uint8_t> types_with_language(const Graph& graph,
                                              std::span<const std::string> languages) {
  std::vector<std::uint8_t> fits;
  for (const LiteralType& each : graph.literal_types()) {
    fits.push_back(language_matches(to_lower_ascii(each.language), languages));
  }
  return fits;
}

}  // namespace

bool language_matches(std::string_view tag, std::span<const std::string> ranges) {
  if (tag.empty()) return false;
  return std::ranges::any_of(ranges, [&](const std::string& range) {
    return range == "*" || tag == range ||
           (tag.size() > range.size() && tag.starts_with(range) && tag[range.size()] == '-');
  });
}

ShapePlan::ShapePlan(const ShapeSet& shapes, TermSpace& terms, TypeSets& types,
                     std::vector<CheckRule>& rules, PathSet& paths, const Limits& limits)
    : limits_(limits), names_(terms.graph()) {
  by_types_.resize(types.count());
  if (shapes.graph() == nullptr) return;
  const Graph& from = *shapes.graph();
  paths = shapes.paths();
  paths.map_predicates([&](TermId id) { return adopt(terms, from, id); });

  for (std::uint32_t i = 0; i < shapes.shapes().size(); ++i) {
    const Shape& shape = shapes.shapes()[i];
    PlannedShape& planned = shapes_.emplace_back();
    planned.id = ShapeId(i);
    planned.path = shape.path;
    planned.deactivated = shape.deactivated;
    if (shape.path && paths[shape.path].kind == PathKind::predicate) {
      planned.predicate = paths[shape.path].predicate;
    }
    for (std::uint32_t k = 0; k < shape.constraints.size(); ++k) {
      planned.constraints.push_back(plan(shape.constraints[k], shapes, terms, types));
      planned.constraints.back().rule = static_cast<RuleNumber>(rules.size());
      rules.push_back({.code = info(shape.constraints[k].component).code,
                       .severity = shape.severity,
                       .shape = planned.id,
                       .constraint = k});
    }
  }
  add_targets(shapes, terms, types);
  find_shared_keys(terms, types);
  const auto wants_reifiers = [](const PlannedShape& shape) {
    return std::ranges::find(shape.constraints, Component::reifier_shape,
                             &PlannedConstraint::component) != shape.constraints.end();
  };
  if (std::ranges::any_of(shapes_, wants_reifiers)) {
    reifiers_ = Reifiers(terms.graph(), names_[Name::rdf_reifies]);
  }
}

// Which of the nodes that a shape targets share a key (sh:uniqueValuesFor).
void ShapePlan::find_shared_keys(const TermSpace& terms, const TypeSets& types) {
  for (PlannedShape& shape : shapes_) {
    for (PlannedConstraint& each : shape.constraints) {
      if (each.component != Component::unique_values_for) continue;
      const auto shared = nodes_sharing_keys(terms, targets_of(shape.id, types), each.terms,
                                             limits_.max_path_visits);
      too_many_keys_ |= !shared;
      each.terms.clear();
      for (const SharedKey& key : shared.value_or(std::vector<SharedKey>())) {
        each.terms.push_back(key.node);
      }
    }
  }
}

std::vector<TermId> ShapePlan::targets_of(ShapeId shape, const TypeSets& types) const {
  std::vector<TermId> nodes;
  for (std::size_t i = 0; i < types.all().size(); ++i) {
    const auto targeting = by_types_[types.all()[i]];
    if (std::ranges::find(targeting, shape) != targeting.end()) nodes.push_back(types.resource(i));
  }
  for (const FocusList& each : lists_) {
    if (each.shape == shape) nodes.insert(nodes.end(), each.nodes.begin(), each.nodes.end());
  }
  return nodes;
}

PlannedConstraint ShapePlan::plan(const Constraint& constraint, const ShapeSet& shapes,
                                  TermSpace& terms, TypeSets& types) const {
  const Graph& from = *shapes.graph();
  PlannedConstraint out;
  out.component = constraint.component;
  out.number = constraint.number;
  out.term = adopt(terms, from, constraint.term);
  out.shapes = constraint.shapes;
  out.siblings = constraint.siblings;
  out.required = constraint.required;
  for (const TermId each : constraint.terms) out.terms.push_back(adopt(terms, from, each));
  std::ranges::sort(out.terms);
  switch (constraint.component) {
    case Component::class_:
      out.cls = &types.test(out.term);
      break;
    case Component::datatype:
      out.datatype = from.text(constraint.term);
      out.type_fits = types_with_datatype(terms.graph(), out.datatype);
      break;
    case Component::language_in:
      out.languages = constraint.texts;
      out.type_fits = types_with_language(terms.graph(), out.languages);
      break;
    case Component::node_kind:
      set_node_kind(from.text(constraint.term), out);
      break;
    case Component::pattern:
      // The loader has refused patterns that do not compile.
      if (auto pattern = compile_pattern(constraint.texts[0], constraint.texts[1], limits_)) {
        out.pattern = std::move(*pattern);
      }
      break;
    case Component::min_exclusive:
    case Component::min_inclusive:
    case Component::max_exclusive:
    case Component::max_inclusive: {
      const TermView bound = from.term(constraint.term);
      out.bound = parse_value(find_datatype(bound.datatype), bound.text);
      break;
    }
    case Component::min_count:
    case Component::max_count:
    case Component::min_length:
    case Component::max_length:
    case Component::unique_lang:
    case Component::equals:
    case Component::disjoint:
    case Component::less_than:
    case Component::less_than_or_equals:
    case Component::not_:
    case Component::and_:
    case Component::or_:
    case Component::xone:
    case Component::node:
    case Component::property:
    case Component::qualified_min_count:
    case Component::qualified_max_count:
    case Component::closed:
    case Component::has_value:
    case Component::in:
    case Component::some_value:
    case Component::subset_of:
    case Component::single_line:
    case Component::min_list_length:
    case Component::max_list_length:
    case Component::unique_members:
    case Component::member_shape:
    case Component::reifier_shape:
    case Component::unique_values_for:
      break;
    case Component::root_class:
      out.terms = types.below(out.term);
      std::ranges::sort(out.terms);
      break;
  }
  return out;
}

void ShapePlan::add_targets(const ShapeSet& shapes, TermSpace& terms, TypeSets& types) {
  const Graph& from = *shapes.graph();
  const Graph& data = terms.graph();
  for (std::uint32_t i = 0; i < shapes.shapes().size(); ++i) {
    const Shape& shape = shapes.shapes()[i];
    if (shape.deactivated) continue;
    const ShapeId id(i);
    std::vector<std::uint8_t> by_class(types.count(), 0);
    std::vector<TermId> nodes;
    for (const Target& target : shape.targets) {
      const TermId term = adopt(terms, from, target.term);
      switch (target.kind) {
        case TargetKind::cls: {
          const ClassTest& test = types.test(term);
          for (TypeSet set = 0; set < types.count(); ++set) {
            if (test.contains(set)) by_class[set] = 1;
          }
          break;
        }
        case TargetKind::node:
          nodes.push_back(term);
          break;
        case TargetKind::subjects_of:
          for (const Statement& each : data.with_predicate(term)) nodes.push_back(each.subject);
          break;
        case TargetKind::objects_of:
          for (const Statement& each : data.with_predicate(term)) nodes.push_back(each.object);
          break;
      }
    }
    for (TypeSet set = 0; set < types.count(); ++set) {
      if (by_class[set] != 0) by_types_[set].push_back(id);
    }
    std::erase_if(nodes, [&](TermId node) { return by_class[types.of(node)] != 0; });
    std::ranges::sort(nodes);
    const auto repeats = std::ranges::unique(nodes);
    nodes.erase(repeats.begin(), repeats.end());
    const bool has_class = std::ranges::find(by_class, 1) != by_class.end();
    if (!shape.targets.empty() && nodes.empty() && !has_class) idle_.push_back(id);
    if (!nodes.empty()) lists_.push_back({id, std::move(nodes)});
  }
}

}  // namespace dossier
