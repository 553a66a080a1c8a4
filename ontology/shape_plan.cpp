#include "ontology/shape_plan.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/member_table.hpp"
#include "ontology/path_walker.hpp"
#include "ontology/shared_keys.hpp"

namespace dossier {
namespace {

void add_node_kind(std::string_view iri, PlannedConstraint& into) {
  const auto is_one_of = [&](std::initializer_list<Name> names) {
    return std::ranges::any_of(names, [&](Name name) { return iri == iri_of(name); });
  };
  into.iri |= is_one_of({Name::sh_iri, Name::sh_blank_node_or_iri, Name::sh_irior_literal});
  into.triple |= is_one_of({Name::sh_triple_term});
  into.blank |=
      is_one_of({Name::sh_blank_node, Name::sh_blank_node_or_iri, Name::sh_blank_node_or_literal});
  into.literal |=
      is_one_of({Name::sh_literal, Name::sh_blank_node_or_literal, Name::sh_irior_literal});
}

std::vector<std::uint8_t> types_with_datatype(const Graph& graph,
                                              std::span<const std::string> datatypes) {
  std::vector<std::uint8_t> fits;
  for (const LiteralType& each : graph.literal_types()) {
    fits.push_back(std::ranges::find(datatypes, each.datatype) != datatypes.end());
  }
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

// Whether the verdict on a value depends on nothing but the value, and needs no word beside it.
bool looks_at_one_value(Component component) {
  switch (component) {
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
    case Component::in:
    case Component::root_class:
    case Component::single_line:
    case Component::not_:
    case Component::and_:
    case Component::or_:
    case Component::xone:
    case Component::node:
    case Component::property:
    case Component::closed:
      return true;
    case Component::min_count:
    case Component::max_count:
    case Component::pattern:  // a costly one is reported at the top and ends the run below it
    case Component::unique_lang:
    case Component::equals:
    case Component::disjoint:
    case Component::less_than:
    case Component::less_than_or_equals:
    case Component::qualified_min_count:
    case Component::qualified_max_count:
    case Component::has_value:
    case Component::some_value:
    case Component::subset_of:
    case Component::min_list_length:
    case Component::max_list_length:
    case Component::unique_members:
    case Component::member_shape:
    case Component::reifier_shape:
    case Component::unique_values_for:
      return false;
  }
  return false;
}

// The predicates of the property shapes of a shape and of those that sh:node leads to.
std::vector<TermId> paths_within(const ShapeSet& shapes, ShapeId shape, TermSpace& terms) {
  std::vector<TermId> out;
  std::vector<ShapeId> open{shape};
  std::set<ShapeId> seen{shape};
  while (!open.empty()) {
    const Shape& here = shapes[open.back()];
    open.pop_back();
    for (const Constraint& each : here.constraints) {
      if (each.component == Component::property) {
        const PathId path = shapes[each.shapes[0]].path;
        if (path && shapes.paths()[path].kind == PathKind::predicate) {
          out.push_back(adopt(terms, *shapes.graph(), shapes.paths()[path].predicate));
        }
      } else if (each.component == Component::node && seen.insert(each.shapes[0]).second) {
        open.push_back(each.shapes[0]);
      }
    }
  }
  return out;
}

bool holds_from_node_on(const PlannedShape& shape, const PathSet& paths) {
  if (!shape.path) return false;
  const PathNode& node = paths[shape.path];
  return (node.kind == PathKind::zero_or_more || node.kind == PathKind::one_or_more) &&
         is_plain(paths, paths.children(node)[0]) &&
         std::ranges::all_of(shape.constraints, [](const PlannedConstraint& each) {
           return each.component == Component::min_count ||
                  each.component == Component::max_count || looks_at_one_value(each.component);
         });
}

}  // namespace

bool language_matches(std::string_view tag, std::span<const std::string> ranges) {
  if (tag.empty()) return false;
  return std::ranges::any_of(ranges, [&](const std::string& range) {
    return range == "*" || tag == range ||
           (tag.size() > range.size() && tag.starts_with(range) && tag[range.size()] == '-');
  });
}

PlannedConstraint::PlannedConstraint() = default;
PlannedConstraint::PlannedConstraint(PlannedConstraint&&) noexcept = default;
PlannedConstraint& PlannedConstraint::operator=(PlannedConstraint&&) noexcept = default;
PlannedConstraint::~PlannedConstraint() = default;

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
      if (shape.constraints[k].deactivated) continue;
      planned.constraints.push_back(plan(shape.constraints[k], shapes, terms, types));
      planned.constraints.back().rule = static_cast<RuleNumber>(rules.size());
      rules.push_back({.code = info(shape.constraints[k].component).code,
                       .severity = shape.constraints[k].severity,
                       .shape = planned.id,
                       .constraint = k});
    }
    planned.holds_from_node_on = holds_from_node_on(planned, paths);
  }
  sort_members(terms, types);
  allow_by_types(shapes, terms, types);
  add_targets(shapes, terms, types);
  const auto wants_reifiers = [](const PlannedShape& shape) {
    return std::ranges::find(shape.constraints, Component::reifier_shape,
                             &PlannedConstraint::component) != shape.constraints.end();
  };
  if (std::ranges::any_of(shapes_, wants_reifiers)) {
    reifiers_ = Reifiers(terms.graph(), names_[Name::rdf_reifies]);
  }
}

void ShapePlan::sort_members(const TermSpace& terms, const TypeSets& types) {
  for (PlannedShape& shape : shapes_) {
    for (PlannedConstraint& each : shape.constraints) {
      if (each.component != Component::and_ && each.component != Component::or_ &&
          each.component != Component::xone) {
        continue;
      }
      each.members = MemberTable::make(each.shapes, shapes_, terms.graph(), types);
    }
  }
}

bool ShapePlan::find_shared_keys(const TermSpace& terms, const TypeSets& types) {
  for (PlannedShape& shape : shapes_) {
    for (PlannedConstraint& each : shape.constraints) {
      if (each.component != Component::unique_values_for) continue;
      const auto shared = nodes_sharing_keys(terms, targets_of(shape.id, types), each.terms,
                                             limits_.max_path_visits);
      if (!shared) return false;
      each.terms.clear();
      for (const SharedKey& key : *shared) each.terms.push_back(key.node);
    }
  }
  return true;
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
  out.path = constraint.path;
  out.required = constraint.required;
  out.by_types = constraint.by_types;
  for (const TermId each : constraint.terms) out.terms.push_back(adopt(terms, from, each));
  std::ranges::sort(out.terms);
  switch (constraint.component) {
    case Component::class_:
      out.cls = &types.test_any(out.terms);
      break;
    case Component::datatype:
      for (const TermId each : constraint.terms) out.datatypes.emplace_back(from.text(each));
      out.type_fits = types_with_datatype(terms.graph(), out.datatypes);
      break;
    case Component::language_in:
      out.languages = constraint.texts;
      out.type_fits = types_with_language(terms.graph(), out.languages);
      break;
    case Component::node_kind:
      for (const TermId each : constraint.terms) add_node_kind(from.text(each), out);
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
  const TermId explicit_shape = names_[Name::sh_explicit_shape];
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
        case TargetKind::where:
          wheres_.push_back({id, target.shape});
          break;
      }
    }
    // Nodes of the data that name their shape (sh:shape).
    if (explicit_shape && shape.term.is_iri()) {
      const TermId term = adopt(terms, from, shape.term);
      for (const Statement& each : data.with_object(explicit_shape, term)) {
        nodes.push_back(each.subject);
      }
    }
    for (TypeSet set = 0; set < types.count(); ++set) {
      if (by_class[set] != 0) by_types_[set].push_back(id);
    }
    const bool has_class = std::ranges::find(by_class, 1) != by_class.end();
    const bool may_have_more = !wheres_.empty() && wheres_.back().shape == id;
    if (!shape.targets.empty() && nodes.empty() && !has_class && !may_have_more) {
      idle_.push_back(id);
    }
    if (!nodes.empty()) add_focus_nodes(id, std::move(nodes), types);
  }
}

void ShapePlan::add_focus_nodes(ShapeId shape, std::vector<TermId> nodes, const TypeSets& types) {
  const auto by_class = [&](TermId node) {
    return std::ranges::binary_search(by_types_[types.of(node)], shape);
  };
  const auto known = std::ranges::find(lists_, shape, &FocusList::shape);
  if (known != lists_.end()) {
    nodes.insert(nodes.end(), known->nodes.begin(), known->nodes.end());
    lists_.erase(known);
  }
  std::erase_if(nodes, by_class);
  std::ranges::sort(nodes);
  const auto repeats = std::ranges::unique(nodes);
  nodes.erase(repeats.begin(), repeats.end());
  if (nodes.empty()) return;
  const auto at = std::ranges::lower_bound(lists_, shape, {}, &FocusList::shape);
  lists_.insert(at, {shape, std::move(nodes)});
}

// What a shape that is closed by types allows (SHACL 1.2): rdf:type, what it ignores, and the paths
// of the property shapes of every shape that speaks of one of the classes of the thing, those named
// by sh:node included.
void ShapePlan::allow_by_types(const ShapeSet& shapes, TermSpace& terms, TypeSets& types) {
  const Graph& from = *shapes.graph();
  const auto closed = [](const Constraint& each) { return each.by_types; };
  const auto needs = [&](const Shape& each) {
    return std::ranges::any_of(each.constraints, closed);
  };
  if (std::ranges::none_of(shapes.shapes(), needs)) return;
  std::vector<std::vector<TermId>> allowed(types.count());
  for (std::uint32_t i = 0; i < shapes.shapes().size(); ++i) {
    std::vector<TermId> classes;
    for (const Target& each : shapes.shapes()[i].targets) {
      if (each.kind == TargetKind::cls) classes.push_back(adopt(terms, from, each.term));
    }
    if (classes.empty()) continue;
    const std::vector<TermId> paths = paths_within(shapes, ShapeId(i), terms);
    const ClassTest& test = types.test_any(classes);
    for (TypeSet set = 0; set < types.count(); ++set) {
      if (test.contains(set)) allowed[set].insert(allowed[set].end(), paths.begin(), paths.end());
    }
  }
  for (PlannedShape& shape : shapes_) {
    for (PlannedConstraint& each : shape.constraints) {
      if (each.component != Component::closed || !each.by_types) continue;
      each.allowed_by_types = allowed;
      for (std::vector<TermId>& set : each.allowed_by_types) {
        set.insert(set.end(), each.terms.begin(), each.terms.end());
        set.push_back(terms.adopt_iri(rdf::kType));
        std::ranges::sort(set);
      }
    }
  }
}

}  // namespace dossier
