#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/codes/ontology.hpp"
#include "base/text.hpp"
#include "graph/datatypes.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/lint.hpp"
#include "ontology/trouble.hpp"

namespace dossier {
namespace {

class ShapeLint {
 public:
  ShapeLint(const ShapeSet& shapes, const Ontology* ontology, GraphTrouble& trouble)
      : shapes_(shapes), graph_(*shapes.graph()), ontology_(ontology), trouble_(trouble) {}

  void run() {
    for (std::uint32_t i = 0; i < shapes_.shapes().size(); ++i) {
      const Shape& shape = shapes_.shapes()[i];
      name_ = shape_name(shapes_, ShapeId(i), trouble_.prefixes());
      position_ = shape.position;
      check_counts(shape);
      check_bounds(shape);
      check_kinds(shape);
      check_lists(shape);
      check_terms(shape);
    }
  }

 private:
  const Constraint* find(const Shape& shape, Component component) const {
    const auto found = std::ranges::find(shape.constraints, component, &Constraint::component);
    return found == shape.constraints.end() ? nullptr : &*found;
  }

  void unsatisfiable(std::string_view why) {
    trouble_.report(code::shape_unsatisfiable, position_,
                    fmt::format("{} can never hold: {}", name_, why));
  }

  // ---- constraints that exclude each other

  void check_counts(const Shape& shape) {
    struct Pair {
      Component least;
      Component most;
      std::string_view what;
    };
    constexpr Pair kPairs[] = {
        {Component::min_count, Component::max_count, "sh:minCount {} and sh:maxCount {}"},
        {Component::min_length, Component::max_length, "sh:minLength {} and sh:maxLength {}"},
        {Component::qualified_min_count, Component::qualified_max_count,
         "sh:qualifiedMinCount {} and sh:qualifiedMaxCount {}"},
    };
    for (const Pair& pair : kPairs) {
      const Constraint* least = find(shape, pair.least);
      const Constraint* most = find(shape, pair.most);
      if (least == nullptr || most == nullptr || least->number <= most->number) continue;
      unsatisfiable(fmt::format(fmt::runtime(pair.what), least->number, most->number));
    }
  }

  void check_bounds(const Shape& shape) {
    for (const Component low : {Component::min_inclusive, Component::min_exclusive}) {
      for (const Component high : {Component::max_inclusive, Component::max_exclusive}) {
        const Constraint* least = find(shape, low);
        const Constraint* most = find(shape, high);
        if (least == nullptr || most == nullptr) continue;
        const auto order = compare_literals(graph_.term(least->term), graph_.term(most->term));
        const bool touching = low == Component::min_inclusive && high == Component::max_inclusive
                                  ? order <= 0
                                  : order < 0;
        if (touching) continue;
        unsatisfiable(fmt::format("no value lies between {} and {}", trouble_.shown(least->term),
                                  trouble_.shown(most->term)));
      }
    }
  }

  // A literal has no class, and a thing has no datatype, language or order.
  void check_kinds(const Shape& shape) {
    const Constraint* kind = find(shape, Component::node_kind);
    const std::string_view wanted =
        kind == nullptr || kind->terms.size() > 1 ? "" : graph_.text(kind->terms[0]);
    const bool things_only = wanted == iri_of(Name::sh_iri) ||
                             wanted == iri_of(Name::sh_blank_node) ||
                             wanted == iri_of(Name::sh_blank_node_or_iri);
    const bool literals_only = wanted == iri_of(Name::sh_literal);
    const bool of_class = find(shape, Component::class_) != nullptr;
    constexpr Component kOfLiterals[] = {Component::datatype,      Component::language_in,
                                         Component::min_inclusive, Component::min_exclusive,
                                         Component::max_inclusive, Component::max_exclusive};
    const bool of_literals = std::ranges::any_of(
        kOfLiterals, [&](Component each) { return find(shape, each) != nullptr; });
    if (of_class && (of_literals || literals_only)) {
      unsatisfiable("it wants a class, which only things have, and a literal");
    } else if (things_only && of_literals) {
      unsatisfiable("it wants a thing and a literal");
    }
  }

  // sh:hasValue and sh:in, and the datatype of what stands in sh:in.
  void check_lists(const Shape& shape) {
    const Constraint* list = find(shape, Component::in);
    if (list == nullptr) return;
    for (const Constraint& each : shape.constraints) {
      if (each.component != Component::has_value) continue;
      if (std::ranges::find(list->terms, each.term) != list->terms.end()) continue;
      unsatisfiable(fmt::format("sh:hasValue {} is not in sh:in", trouble_.shown(each.term)));
    }
    const Constraint* datatype = find(shape, Component::datatype);
    if (datatype == nullptr || list->terms.empty()) return;
    const auto fits = [&](TermId value, TermId wanted) {
      return value.is_literal() && graph_.term(value).datatype == graph_.text(wanted);
    };
    const bool none = std::ranges::none_of(list->terms, [&](TermId value) {
      return std::ranges::any_of(datatype->terms, [&](TermId each) { return fits(value, each); });
    });
    if (none) {
      unsatisfiable(fmt::format("nothing in sh:in is {}", trouble_.shown(datatype->terms[0])));
    }
  }

  // ---- terms that nothing declares

  void check_terms(const Shape& shape) {
    for (const Constraint& each : shape.constraints) {
      switch (each.component) {
        case Component::datatype:
          for (const TermId term : each.terms) check_datatype(term);
          break;
        case Component::class_:
          for (const TermId term : each.terms) check_class(term, "sh:class");
          break;
        case Component::equals:
        case Component::disjoint:
        case Component::less_than:
        case Component::less_than_or_equals:
          if (each.path) {
            check_path(each.path);
          } else {
            check_property(each.term, "a comparison");
          }
          break;
        default:  // NOLINT: the others name no term
          break;
      }
    }
    for (const Target& each : shape.targets) {
      if (each.kind == TargetKind::cls) check_class(each.term, "sh:targetClass");
      if (each.kind == TargetKind::subjects_of || each.kind == TargetKind::objects_of) {
        check_property(each.term, "a target");
      }
    }
    if (shape.path) check_path(shape.path);
  }

  // An explicit stack, since paths nest.
  void check_path(PathId path) {
    std::vector<PathId> open{path};
    while (!open.empty()) {
      const PathNode& node = shapes_.paths()[open.back()];
      open.pop_back();
      if (node.kind == PathKind::predicate) check_property(node.predicate, "sh:path");
      const auto children = shapes_.paths().children(node);
      open.insert(open.end(), children.begin(), children.end());
    }
  }

  void unknown(std::string_view iri, std::string_view where,
               const std::optional<std::string>& nearest) {
    const Prefixes& prefixes = trouble_.prefixes();
    trouble_.report(code::shape_unknown_term, position_,
                    fmt::format("{} of {} names {}, which is not declared", where, name_,
                                prefixes.shorten(iri)),
                    nearest ? fmt::format("did you mean {}?", prefixes.shorten(*nearest)) : "");
  }

  void check_class(TermId term, std::string_view where) {
    if (ontology_ == nullptr || !term.is_iri()) return;
    const std::string_view iri = graph_.text(term);
    const ClassNumber found = ontology_->find_class(iri);
    if ((found && (*ontology_)[found].declared) || !ontology_->declares_namespace_of(iri)) return;
    unknown(iri, where, ontology_->nearest_class(iri));
  }

  void check_property(TermId term, std::string_view where) {
    if (ontology_ == nullptr || !term.is_iri()) return;
    const std::string_view iri = graph_.text(term);
    const PropertyNumber found = ontology_->find_property(iri);
    if ((found && (*ontology_)[found].declared) || !ontology_->declares_namespace_of(iri)) return;
    unknown(iri, where, ontology_->nearest_property(iri));
  }

  void check_datatype(TermId term) {
    const std::string_view iri = graph_.text(term);
    if (!iri.starts_with(xsd::kNamespace) || find_datatype(iri) != Datatype::other) return;
    std::vector<std::string_view> names;
    for (const std::string_view each : known_datatypes()) {
      if (each.starts_with(xsd::kNamespace)) names.push_back(local_part(each));
    }
    const auto nearest = nearest_name(local_part(iri), names);
    unknown(iri, "sh:datatype",
            nearest ? std::optional(std::string(xsd::kNamespace).append(*nearest)) : std::nullopt);
  }

  const ShapeSet& shapes_;
  const Graph& graph_;
  const Ontology* ontology_;
  GraphTrouble& trouble_;
  std::string name_;
  std::size_t position_ = 0;
};

}  // namespace

void lint_shapes(const ShapeSet& shapes, const Ontology* ontology, DiagnosticSink& diagnostics,
                 const PlaceOf& place_of, const Prefixes& prefixes) {
  if (shapes.graph() == nullptr) return;
  GraphTrouble trouble(*shapes.graph(), diagnostics, place_of, prefixes);
  ShapeLint(shapes, ontology, trouble).run();
}

}  // namespace dossier
