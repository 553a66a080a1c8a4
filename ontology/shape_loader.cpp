#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "base/codes/ontology.hpp"
#include "base/text.hpp"
#include "graph/datatypes.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/patterns.hpp"
#include "ontology/shape_annotations.hpp"
#include "ontology/shape_foreign.hpp"
#include "ontology/shape_joins.hpp"
#include "ontology/shape_parameters.hpp"
#include "ontology/shapes.hpp"
#include "ontology/trouble.hpp"

namespace dossier {
namespace {

constexpr Name kKinds[] = {Name::sh_iri,
                           Name::sh_blank_node,
                           Name::sh_literal,
                           Name::sh_blank_node_or_iri,
                           Name::sh_blank_node_or_literal,
                           Name::sh_irior_literal,
                           Name::sh_triple_term};

class Loader {
 public:
  Loader(const Graph& graph, const ShapeOptions& options, DiagnosticSink& diagnostics,
         const PlaceOf& place_of, const Prefixes& prefixes)
      : graph_(graph),
        names_(graph),
        options_(options),
        trouble_(graph, diagnostics, place_of, prefixes),
        source_{graph_, names_, options_.limits, trouble_},
        foreign_(source_, options.skip_sparql),
        annotations_(source_) {}

  Expected<ShapeSet> load() {
    find_shapes();
    for (std::size_t i = 0; i < terms_.size(); ++i) read_shape(terms_[i]);
    join_shapes(source_, shapes_, paths_);
    if (const std::optional<Error> error = trouble_.failure("shapes")) {
      return std::unexpected(*error);
    }
    ShapeSet loaded(&graph_, std::move(shapes_), std::move(paths_));
    loaded.disallow(disallowed_severities());
    return loaded;
  }

 private:
  // ---- trouble

  void report(DiagnosticCode code, std::size_t position, std::string message,
              std::string hint = {}) {
    trouble_.report(code, position, std::move(message), std::move(hint));
  }

  void malformed(const Statement& statement, std::string_view wanted) {
    source_.malformed(statement, wanted);
  }

  std::string shown(TermId id) const { return trouble_.shown(id); }

  // ---- which nodes are shapes (SHACL 2.1)

  void find_shapes() {
    std::set<TermId> found;
    for (const TermId cls : shape_classes()) {
      for (const Statement& each : graph_.instances(cls)) found.insert(each.subject);
    }
    constexpr Name kTargets[] = {Name::sh_target_class, Name::sh_target_node,
                                 Name::sh_target_subjects_of, Name::sh_target_objects_of,
                                 Name::sh_target_where};
    for (const Name name : kTargets) add_subjects(name, found);
    for (const ShapeParameter& each : shape_parameters()) add_subjects(each.name, found);
    add_subjects(Name::sh_qualified_value_shape, found);
    add_subjects(Name::sh_sparql, found);
    for (const TermId each : found) shape_of(each);
  }

  void add_subjects(Name predicate, std::set<TermId>& into) {
    for (const Statement& each : graph_.with_predicate(names_[predicate])) {
      into.insert(each.subject);
    }
  }

  // sh:NodeShape, sh:PropertyShape, sh:Shape, sh:ShapeClass and classes below them.
  std::vector<TermId> shape_classes() const {
    std::vector<TermId> classes;
    for (const Name name :
         {Name::sh_node_shape, Name::sh_property_shape, Name::sh_shape, Name::sh_shape_class}) {
      if (names_[name]) classes.push_back(names_[name]);
    }
    return with_subclasses(std::move(classes));
  }

  std::vector<TermId> with_subclasses(std::vector<TermId> classes) const {
    std::set<TermId> seen(classes.begin(), classes.end());
    for (std::size_t i = 0; i < classes.size(); ++i) {
      for (const Statement& each :
           graph_.with_object(names_[Name::rdfs_sub_class_of], classes[i])) {
        if (seen.insert(each.subject).second) classes.push_back(each.subject);
      }
    }
    return classes;
  }

  ShapeId shape_of(TermId term, ShapeId parent = {}) {
    const auto [at, added] =
        index_.emplace(term, ShapeId(static_cast<std::uint32_t>(shapes_.size())));
    if (added) {
      terms_.push_back(term);
      shapes_.push_back({.term = term});
      const auto about = graph_.about(term);
      if (!about.empty()) shapes_.back().position = graph_.position(about.front());
    }
    Shape& shape = shapes_[at->second.index()];
    if (!shape.parent && parent && parent != at->second) shape.parent = parent;
    return at->second;
  }

  // ---- one shape

  void read_shape(TermId term) {
    const ShapeId id = index_.at(term);
    Shape shape = shapes_[id.index()];
    read_path_of(shape);
    read_targets(shape, id);
    read_attributes(shape);
    for (const ShapeParameter& parameter : shape_parameters()) read_parameter(parameter, id, shape);
    foreign_.refuse(term);
    shape.parent = shapes_[id.index()].parent;  // reading may have found one
    shapes_[id.index()] = std::move(shape);
  }

  void read_path_of(Shape& shape) {
    const auto paths = about(shape.term, Name::sh_path);
    const Name opposite = paths.empty() ? Name::sh_property_shape : Name::sh_node_shape;
    for (const Statement& each : about(shape.term, Name::rdf_type)) {
      if (!names_[opposite] || each.object != names_[opposite]) continue;
      malformed(each,
                paths.empty() ? "wants sh:path on the shape" : "forbids sh:path on the shape");
    }
    if (paths.empty()) return;
    if (paths.size() > 1) {
      malformed(paths[1], "has one value");
      return;
    }
    std::string why;
    shape.path = read_path(graph_, names_, paths[0].object, options_.limits, paths_, why);
    if (!shape.path) {
      report(code::shape_malformed, graph_.position(paths[0]),
             fmt::format("sh:path of {}: {}", shown(shape.term), why));
    }
  }

  void read_targets(Shape& shape, ShapeId id) {
    constexpr std::pair<Name, TargetKind> kTargets[] = {
        {Name::sh_target_node, TargetKind::node},
        {Name::sh_target_class, TargetKind::cls},
        {Name::sh_target_subjects_of, TargetKind::subjects_of},
        {Name::sh_target_objects_of, TargetKind::objects_of},
    };
    for (const auto& [name, kind] : kTargets) {
      for (const Statement& each : about(shape.term, name)) {
        const bool fits = kind == TargetKind::node ? !each.object.is_blank() : each.object.is_iri();
        if (!fits) {
          malformed(each, kind == TargetKind::node ? "is an IRI or a literal" : "is an IRI");
          continue;
        }
        shape.targets.push_back({kind, each.object, {}});
      }
    }
    for (const Statement& each : about(shape.term, Name::sh_target_where)) {
      if (!wanted(each.object.is_resource() && about(each.object, Name::sh_path).empty(), each,
                  "is a node shape")) {
        continue;
      }
      warn_undefined(each, each.object);
      shape.targets.push_back({TargetKind::where, each.object, shape_of(each.object, id)});
    }
    if (is_class(shape.term)) shape.targets.push_back({TargetKind::cls, shape.term, {}});
  }

  // Implicit class targets (2.1.3.3). owl:Class is a class even if nothing says so.
  bool is_class(TermId term) {
    if (!classes_) {
      std::vector<TermId> roots;
      for (const Name name : {Name::rdfs_class, Name::owl_class, Name::sh_shape_class}) {
        if (names_[name]) roots.push_back(names_[name]);
      }
      roots = with_subclasses(std::move(roots));
      classes_.emplace(roots.begin(), roots.end());
    }
    return term.is_iri() && std::ranges::any_of(about(term, Name::rdf_type), [&](const auto& each) {
             return classes_->contains(each.object);
           });
  }

  void read_attributes(Shape& shape) {
    ResultAttributes said = result_attributes(source_, shape.term);
    shape.deactivated = said.deactivated;
    shape.severity_iri =
        said.severity_iri.empty() ? iri_of(Name::sh_violation) : std::move(said.severity_iri);
    shape.severity = severity_of(shape.severity_iri);
    shape.messages = std::move(said.messages);
  }

  std::vector<std::string> disallowed_severities() const {
    std::vector<std::string> out;
    for (const Statement& each : graph_.with_predicate(names_[Name::sh_conformance_disallows])) {
      out.emplace_back(graph_.text(each.object));
    }
    std::ranges::sort(out);
    return out;
  }

  void read_parameter(const ShapeParameter& parameter, ShapeId id, Shape& shape) {
    const auto values = about(shape.term, parameter.name);
    if (values.empty()) return;
    if (parameter.only_property_shapes && about(shape.term, Name::sh_path).empty()) {
      report(code::shape_malformed, graph_.position(values[0]),
             fmt::format("{} stands on {}, which has no sh:path", shown(values[0].predicate),
                         shown(shape.term)));
    }
    if (parameter.at_most_once && values.size() > 1) malformed(values[1], "has one value");
    for (const Statement& each : values) {
      Constraint constraint{.component = parameter.component, .parameter_value = each.object};
      if (!read_value(parameter, each, id, constraint)) continue;
      annotations_.apply(each, shape, constraint);
      shape.constraints.push_back(std::move(constraint));
    }
    if (parameter.component == Component::reifier_shape) read_reification(shape);
  }

  // SHACL 1.2: sh:reifierShape wants a path that is one predicate; sh:reificationRequired goes with
  // it.
  void read_reification(Shape& shape) {
    const auto required = about(shape.term, Name::sh_reification_required);
    for (const Statement& each : required) {
      if (!is_boolean(each.object)) malformed(each, "is true or false");
    }
    if (shape.path && paths_[shape.path].kind != PathKind::predicate) {
      const auto path = about(shape.term, Name::sh_path);
      malformed(path.front(), "is an IRI beside sh:reifierShape");
    }
    for (Constraint& each : shape.constraints) {
      each.required = each.component == Component::reifier_shape &&
                      std::ranges::any_of(required, [&](const Statement& statement) {
                        return is_true(statement.object);
                      });
    }
  }

  // Whether the constraint is to be kept.
  bool read_value(const ShapeParameter& parameter, const Statement& each, ShapeId id,
                  Constraint& constraint) {
    constraint.term = each.object;
    switch (parameter.want) {
      case ShapeWant::any:
        return true;
      case ShapeWant::iri:
        return wanted(each.object.is_iri(), each, "is an IRI");
      case ShapeWant::iris:
        return read_iris(each, constraint, "is an IRI or a list of IRIs");
      case ShapeWant::comparison:
        return read_comparison(each, constraint);
      case ShapeWant::literal:
        return wanted(each.object.is_literal(), each, "is a literal");
      case ShapeWant::count:
        return read_count(each, constraint) && read_qualified(each, id, constraint);
      case ShapeWant::string:
        return read_pattern(each, constraint);
      case ShapeWant::kind:
        return read_kinds(each, constraint);
      case ShapeWant::flag:
        return wanted(is_boolean(each.object), each, "is true or false") && is_true(each.object);
      case ShapeWant::closed:
        constraint.by_types = names_[Name::sh_by_types] && each.object == names_[Name::sh_by_types];
        return constraint.by_types ||
               (wanted(is_boolean(each.object), each, "is true, false or sh:ByTypes") &&
                is_true(each.object));
      case ShapeWant::list:
      case ShapeWant::languages:
        return read_terms(each, constraint, parameter.want == ShapeWant::languages);
      case ShapeWant::shape:
        return read_shape_reference(parameter, each, id, constraint);
      case ShapeWant::shapes:
        return read_shape_list(each, id, constraint);
      case ShapeWant::properties:
        return read_iris(each, constraint, "is a property or a list of properties");
    }
    return false;
  }

  bool wanted(bool fits, const Statement& statement, std::string_view what) {
    if (!fits) malformed(statement, what);
    return fits;
  }

  bool read_count(const Statement& each, Constraint& constraint) {
    const TermView literal = graph_.term(each.object);
    const std::optional<Decimal> value =
        each.object.is_literal() && literal.datatype == xsd::kInteger ? parse_integer(literal.text)
                                                                      : std::nullopt;
    // More than 18 digits are as good as infinite.
    if (!wanted(value && !value->negative, each, "is an xsd:integer of 0 or more")) return false;
    constraint.number = 0;
    for (const char c : value->whole.substr(0, 18)) {
      constraint.number = constraint.number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return true;
  }

  // sh:qualifiedMinCount and sh:qualifiedMaxCount stand with sh:qualifiedValueShape.
  bool read_qualified(const Statement& each, ShapeId id, Constraint& constraint) {
    if (constraint.component != Component::qualified_min_count &&
        constraint.component != Component::qualified_max_count) {
      return true;
    }
    const auto shapes = about(each.subject, Name::sh_qualified_value_shape);
    if (shapes.empty()) return false;  // without it the component is not declared
    if (!wanted(shapes.size() == 1, shapes.back(), "has one value")) return false;
    if (!wanted(shapes[0].object.is_resource(), shapes[0], "is a shape")) return false;
    constraint.shapes = {shape_of(shapes[0].object, id)};
    return true;
  }

  bool read_pattern(const Statement& each, Constraint& constraint) {
    if (!wanted(is_plain_string(each.object), each, "is a string")) return false;
    std::string flags;
    const auto given = about(each.subject, Name::sh_flags);
    if (given.size() > 1) malformed(given[1], "has one value");
    if (!given.empty()) {
      if (!wanted(is_plain_string(given[0].object), given[0], "is a string")) return false;
      flags = graph_.text(given[0].object);
    }
    constraint.texts = {std::string(graph_.text(each.object)), flags};
    if (const auto compiled = compile_pattern(constraint.texts[0], flags, options_.limits);
        !compiled) {
      report(code::shape_pattern, graph_.position(each),
             fmt::format("sh:pattern of {}: {}", shown(each.subject), compiled.error()));
      return false;
    }
    return true;
  }

  bool read_terms(const Statement& each, Constraint& constraint, bool languages) {
    const std::optional<std::vector<TermId>> members = list_at(each);
    if (!members) return false;
    for (const TermId member : *members) {
      if (!languages) {
        constraint.terms.push_back(member);
      } else if (wanted(is_plain_string(member), each, "is a list of strings")) {
        constraint.texts.push_back(to_lower_ascii(graph_.text(member)));
      }
    }
    return true;
  }

  // An IRI, or a list of them.
  bool read_iris(const Statement& each, Constraint& constraint, std::string_view what) {
    const bool is_list =
        each.object == names_[Name::rdf_nil] || !about(each.object, Name::rdf_first).empty();
    if (!is_list) {
      constraint.terms = {each.object};
      return wanted(each.object.is_iri(), each, what);
    }
    return read_terms(each, constraint, false) &&
           wanted(!constraint.terms.empty() &&
                      std::ranges::all_of(constraint.terms, [](TermId id) { return id.is_iri(); }),
                  each, what);
  }

  bool read_kinds(const Statement& each, Constraint& constraint) {
    constexpr std::string_view kWanted =
        "is one of sh:IRI, sh:BlankNode, sh:Literal, their pairs and sh:TripleTerm, or a list of "
        "them";
    const auto is_kind = [&](TermId id) {
      return std::ranges::any_of(kKinds, [&](Name n) { return names_[n] == id; });
    };
    return read_iris(each, constraint, kWanted) &&
           wanted(std::ranges::all_of(constraint.terms, is_kind), each, kWanted);
  }

  // A property, or (SHACL 1.2) a path.
  bool read_comparison(const Statement& each, Constraint& constraint) {
    if (each.object.is_iri()) return true;
    std::string why;
    constraint.path = read_path(graph_, names_, each.object, options_.limits, paths_, why);
    return wanted(static_cast<bool>(constraint.path), each, "is a property or a path");
  }

  bool read_shape_reference(const ShapeParameter& parameter, const Statement& each, ShapeId id,
                            Constraint& constraint) {
    if (!wanted(each.object.is_resource(), each, "is a shape")) return false;
    const bool has_path = !about(each.object, Name::sh_path).empty();
    if (parameter.component == Component::property &&
        !wanted(has_path, each, "is a property shape with sh:path")) {
      return false;
    }
    const bool node_shape = parameter.component == Component::node ||
                            parameter.component == Component::member_shape ||
                            parameter.component == Component::reifier_shape;
    if (node_shape && !wanted(!has_path, each, "is a node shape without sh:path")) {
      return false;
    }
    warn_undefined(each, each.object);
    constraint.shapes = {shape_of(each.object, id)};
    return true;
  }

  bool read_shape_list(const Statement& each, ShapeId id, Constraint& constraint) {
    const std::optional<std::vector<TermId>> members = list_at(each);
    if (!members) return false;
    for (const TermId member : *members) {
      if (!wanted(member.is_resource(), each, "is a list of shapes")) return false;
      warn_undefined(each, member);
      constraint.shapes.push_back(shape_of(member, id));
    }
    return true;
  }

  void warn_undefined(const Statement& statement, TermId shape) {
    if (!graph_.about(shape).empty()) return;
    report(code::shape_undefined, graph_.position(statement),
           fmt::format("{} is used as a shape, but nothing is said about it", shown(shape)));
  }

  std::optional<std::vector<TermId>> list_at(const Statement& statement) {
    std::optional<std::vector<TermId>> members = read_list(graph_, names_, statement.object);
    if (!members) malformed(statement, "is a list");
    return members;
  }

  // ---- terms

  std::span<const Statement> about(TermId subject, Name predicate) const {
    return source_.about(subject, predicate);
  }
  bool is_boolean(TermId id) const { return source_.is_boolean(id); }
  bool is_true(TermId id) const { return source_.is_true(id); }
  bool is_plain_string(TermId id) const {
    return id.is_literal() && graph_.term(id).datatype == xsd::kString;
  }

  const Graph& graph_;
  Names names_;
  const ShapeOptions& options_;
  GraphTrouble trouble_;
  ShapeSource source_;

  std::unordered_map<TermId, ShapeId> index_;
  std::vector<TermId> terms_;  // of shapes_, in order of discovery
  std::vector<Shape> shapes_;
  PathSet paths_;
  std::optional<std::set<TermId>> classes_;
  ForeignTerms foreign_;
  ConstraintAnnotations annotations_;
};

}  // namespace

Expected<ShapeSet> load_shapes(const Graph& graph, const ShapeOptions& options,
                               DiagnosticSink& diagnostics, const PlaceOf& place_of,
                               const Prefixes& prefixes) {
  return Loader(graph, options, diagnostics, place_of, prefixes).load();
}

}  // namespace dossier
