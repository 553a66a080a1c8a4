#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "graph/datatypes.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/patterns.hpp"
#include "ontology/shapes.hpp"
#include "ontology/trouble.hpp"

namespace dossier {
namespace {

// What a parameter wants of its value, and on which shapes it may stand.
enum class Want : std::uint8_t {
  iri,
  any,
  count,
  literal,
  string,
  kind,
  flag,
  list,
  languages,
  shape,
  shapes
};

struct Parameter {
  Name name;
  Component component;
  Want want;
  bool only_property_shapes = false;
  bool at_most_once = false;
};

// SHACL 1.0 section 4: the syntax rules of the constraint components.
constexpr Parameter kParameters[] = {
    {Name::sh_class, Component::class_, Want::iri},
    {Name::sh_datatype, Component::datatype, Want::iri, false, true},
    {Name::sh_node_kind, Component::node_kind, Want::kind, false, true},
    {Name::sh_min_count, Component::min_count, Want::count, true, true},
    {Name::sh_max_count, Component::max_count, Want::count, true, true},
    {Name::sh_min_exclusive, Component::min_exclusive, Want::literal, false, true},
    {Name::sh_min_inclusive, Component::min_inclusive, Want::literal, false, true},
    {Name::sh_max_exclusive, Component::max_exclusive, Want::literal, false, true},
    {Name::sh_max_inclusive, Component::max_inclusive, Want::literal, false, true},
    {Name::sh_min_length, Component::min_length, Want::count, false, true},
    {Name::sh_max_length, Component::max_length, Want::count, false, true},
    {Name::sh_pattern, Component::pattern, Want::string},
    {Name::sh_language_in, Component::language_in, Want::languages, false, true},
    {Name::sh_unique_lang, Component::unique_lang, Want::flag, true, true},
    {Name::sh_equals, Component::equals, Want::iri},
    {Name::sh_disjoint, Component::disjoint, Want::iri},
    {Name::sh_less_than, Component::less_than, Want::iri, true},
    {Name::sh_less_than_or_equals, Component::less_than_or_equals, Want::iri, true},
    {Name::sh_not, Component::not_, Want::shape},
    {Name::sh_and, Component::and_, Want::shapes},
    {Name::sh_or, Component::or_, Want::shapes},
    {Name::sh_xone, Component::xone, Want::shapes},
    {Name::sh_node, Component::node, Want::shape},
    {Name::sh_property, Component::property, Want::shape},
    {Name::sh_qualified_min_count, Component::qualified_min_count, Want::count, false, true},
    {Name::sh_qualified_max_count, Component::qualified_max_count, Want::count, false, true},
    {Name::sh_closed, Component::closed, Want::flag, false, true},
    {Name::sh_has_value, Component::has_value, Want::any},
    {Name::sh_in, Component::in, Want::list, false, true},
};

// Terms of SHACL on a shape that declare no constraint by themselves.
constexpr Name kOtherTerms[] = {
    Name::sh_path,     Name::sh_target_class,       Name::sh_target_node,
    Name::sh_severity, Name::sh_target_subjects_of, Name::sh_target_objects_of,
    Name::sh_message,  Name::sh_ignored_properties, Name::sh_qualified_value_shape,
    Name::sh_name,     Name::sh_description,        Name::sh_qualified_value_shapes_disjoint,
    Name::sh_flags,    Name::sh_deactivated,
};

constexpr std::string_view kSilentTerms[] = {"order",   "group",       "defaultValue", "rule",
                                             "declare", "shapesGraph", "entailment",   "prefixes"};

constexpr Name kKinds[] = {Name::sh_iri,
                           Name::sh_blank_node,
                           Name::sh_literal,
                           Name::sh_blank_node_or_iri,
                           Name::sh_blank_node_or_literal,
                           Name::sh_irior_literal};

template <class Range, class T>
bool contains(const Range& range, const T& value) {
  return std::ranges::find(range, value) != std::end(range);
}

class Loader {
 public:
  Loader(const Graph& graph, const ShapeOptions& options, DiagnosticSink& diagnostics,
         const PlaceOf& place_of)
      : graph_(graph), names_(graph), options_(options), trouble_(graph, diagnostics, place_of) {}

  Expected<ShapeSet> load() {
    find_shapes();
    for (std::size_t i = 0; i < terms_.size(); ++i) read_shape(terms_[i]);
    sort_by_term();
    add_siblings();
    add_allowed_properties();
    const bool recursive = check_nesting();
    if (const std::optional<Error> error = trouble_.failure("shapes")) {
      return std::unexpected(*error);
    }
    return ShapeSet(&graph_, std::move(shapes_), std::move(paths_), recursive);
  }

 private:
  // ---- trouble

  void report(DiagnosticCode code, std::size_t position, std::string message,
              std::string hint = {}) {
    trouble_.report(code, position, std::move(message), std::move(hint));
  }

  void malformed(const Statement& statement, std::string_view wanted) {
    report(DiagnosticCode::shape_malformed, graph_.position(statement),
           fmt::format("{} of {} {}, not {}", shown(statement.predicate), shown(statement.subject),
                       wanted, shown(statement.object)));
  }

  std::string shown(TermId id) const { return trouble_.shown(id); }

  // ---- which nodes are shapes (SHACL 2.1)

  void find_shapes() {
    std::set<TermId> found;
    for (const TermId cls : shape_classes()) {
      for (const Statement& each : graph_.instances(cls)) found.insert(each.subject);
    }
    constexpr Name kTargets[] = {Name::sh_target_class, Name::sh_target_node,
                                 Name::sh_target_subjects_of, Name::sh_target_objects_of};
    for (const Name name : kTargets) add_subjects(name, found);
    for (const Parameter& each : kParameters) add_subjects(each.name, found);
    add_subjects(Name::sh_qualified_value_shape, found);
    add_subjects(Name::sh_sparql, found);
    for (const TermId each : found) shape_of(each);
  }

  void add_subjects(Name predicate, std::set<TermId>& into) {
    for (const Statement& each : graph_.with_predicate(names_[predicate])) {
      into.insert(each.subject);
    }
  }

  // sh:NodeShape, sh:PropertyShape, sh:Shape and classes below them.
  std::vector<TermId> shape_classes() const {
    std::vector<TermId> classes;
    for (const Name name : {Name::sh_node_shape, Name::sh_property_shape, Name::sh_shape}) {
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
    read_targets(shape);
    read_attributes(shape);
    for (const Parameter& parameter : kParameters) read_parameter(parameter, id, shape);
    refuse_sparql(term);
    refuse_unknown_terms(term);
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
      report(DiagnosticCode::shape_malformed, graph_.position(paths[0]),
             fmt::format("sh:path of {}: {}", shown(shape.term), why));
    }
  }

  void read_targets(Shape& shape) {
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
        shape.targets.push_back({kind, each.object});
      }
    }
    if (is_class(shape.term)) shape.targets.push_back({TargetKind::cls, shape.term});
  }

  // Implicit class targets (2.1.3.3). owl:Class is a class even if nothing says so.
  bool is_class(TermId term) {
    if (!classes_) {
      std::vector<TermId> roots;
      for (const Name name : {Name::rdfs_class, Name::owl_class}) {
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
    for (const Statement& each : about(shape.term, Name::sh_deactivated)) {
      if (!is_boolean(each.object)) malformed(each, "is true or false");
      shape.deactivated = shape.deactivated || is_true(each.object);
    }
    const auto severities = about(shape.term, Name::sh_severity);
    shape.severity_iri = iri_of(Name::sh_violation);
    if (severities.size() > 1) malformed(severities[1], "has one value");
    if (!severities.empty()) {
      if (!severities[0].object.is_iri()) malformed(severities[0], "is an IRI");
      shape.severity_iri = graph_.text(severities[0].object);
    }
    if (shape.severity_iri == iri_of(Name::sh_warning)) shape.severity = Severity::warning;
    if (shape.severity_iri == iri_of(Name::sh_info)) shape.severity = Severity::info;
    for (const Statement& each : about(shape.term, Name::sh_message)) {
      const TermView message = graph_.term(each.object);
      if (!is_text(message)) {
        malformed(each, "is a string, with or without a language");
        continue;
      }
      shape.messages.push_back({std::string(message.text), std::string(message.language)});
    }
  }

  void read_parameter(const Parameter& parameter, ShapeId id, Shape& shape) {
    const auto values = about(shape.term, parameter.name);
    if (values.empty()) return;
    if (parameter.only_property_shapes && about(shape.term, Name::sh_path).empty()) {
      report(DiagnosticCode::shape_malformed, graph_.position(values[0]),
             fmt::format("{} stands on {}, which has no sh:path", shown(values[0].predicate),
                         shown(shape.term)));
    }
    if (parameter.at_most_once && values.size() > 1) malformed(values[1], "has one value");
    for (const Statement& each : values) {
      Constraint constraint{.component = parameter.component, .parameter_value = each.object};
      if (read_value(parameter, each, id, constraint)) shape.constraints.push_back(constraint);
    }
  }

  // Whether the constraint is to be kept.
  bool read_value(const Parameter& parameter, const Statement& each, ShapeId id,
                  Constraint& constraint) {
    constraint.term = each.object;
    switch (parameter.want) {
      case Want::any:
        return true;
      case Want::iri:
        return wanted(each.object.is_iri(), each, "is an IRI");
      case Want::literal:
        return wanted(each.object.is_literal(), each, "is a literal");
      case Want::count:
        return read_count(each, constraint) && read_qualified(each, id, constraint);
      case Want::string:
        return read_pattern(each, constraint);
      case Want::kind:
        return wanted(std::ranges::any_of(kKinds, [&](Name n) { return names_[n] == each.object; }),
                      each, "is one of sh:IRI, sh:BlankNode, sh:Literal and their pairs");
      case Want::flag:
        return wanted(is_boolean(each.object), each, "is true or false") && is_true(each.object);
      case Want::list:
      case Want::languages:
        return read_terms(each, constraint, parameter.want == Want::languages);
      case Want::shape:
        return read_shape_reference(parameter, each, id, constraint);
      case Want::shapes:
        return read_shape_list(each, id, constraint);
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
    if (const auto compiled = compile_pattern(constraint.texts[0], flags); !compiled) {
      report(DiagnosticCode::shape_pattern, graph_.position(each),
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

  bool read_shape_reference(const Parameter& parameter, const Statement& each, ShapeId id,
                            Constraint& constraint) {
    if (!wanted(each.object.is_resource(), each, "is a shape")) return false;
    const bool has_path = !about(each.object, Name::sh_path).empty();
    if (parameter.component == Component::property &&
        !wanted(has_path, each, "is a property shape with sh:path")) {
      return false;
    }
    if (parameter.component == Component::node &&
        !wanted(!has_path, each, "is a node shape without sh:path")) {
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
    report(DiagnosticCode::shape_undefined, graph_.position(statement),
           fmt::format("{} is used as a shape, but nothing is said about it", shown(shape)));
  }

  std::optional<std::vector<TermId>> list_at(const Statement& statement) {
    std::optional<std::vector<TermId>> members = read_list(graph_, names_, statement.object);
    if (!members) malformed(statement, "is a list");
    return members;
  }

  // ---- what is not SHACL Core

  void sparql(std::size_t position, std::string message) {
    if (options_.skip_sparql) {
      trouble_.report_as(Severity::warning, DiagnosticCode::shape_needs_sparql, position,
                         message + "; left out");
      return;
    }
    report(DiagnosticCode::shape_needs_sparql, position, std::move(message));
  }

  void refuse_sparql(TermId term) {
    for (const Name name : {Name::sh_sparql, Name::sh_target}) {
      for (const Statement& each : about(term, name)) {
        sparql(graph_.position(each),
               fmt::format("{} of {} needs SPARQL", shown(each.predicate), shown(term)));
      }
    }
    if (!custom_) find_custom_components();
    for (const Statement& each : graph_.about(term)) {
      const auto found = custom_->find(each.predicate);
      if (found == custom_->end()) continue;
      sparql(graph_.position(each),
             fmt::format("{} of {} belongs to the constraint component {}, which needs SPARQL",
                         shown(each.predicate), shown(term), shown(found->second)));
    }
  }

  // The parameters that sh:ConstraintComponents of the graph declare.
  void find_custom_components() {
    custom_.emplace();
    const TermId parameter = graph_.find_iri("http://www.w3.org/ns/shacl#parameter");
    for (const Statement& component : graph_.with_predicate(parameter)) {
      if (component.subject.is_iri() && graph_.text(component.subject).starts_with(kShNamespace)) {
        continue;  // the SHACL vocabulary itself
      }
      for (const Statement& each : about(component.object, Name::sh_path)) {
        custom_->emplace(each.object, component.subject);
      }
    }
  }

  void refuse_unknown_terms(TermId term) {
    for (const Statement& each : graph_.about(term)) {
      const std::string_view iri = graph_.text(each.predicate);
      if (!iri.starts_with(kShNamespace) || is_known(each.predicate)) continue;
      const std::string_view local = iri.substr(kShNamespace.size());
      if (contains(kSilentTerms, local)) continue;
      std::vector<std::string_view> candidates;
      for (const Parameter& known : kParameters)
        candidates.push_back(local_part(iri_of(known.name)));
      for (const Name known : kOtherTerms) candidates.push_back(local_part(iri_of(known)));
      const auto nearest = nearest_name(local, candidates);
      report(DiagnosticCode::shape_unknown_parameter, graph_.position(each),
             fmt::format("sh:{} on {} is no term of SHACL Core", local, shown(term)),
             nearest ? fmt::format("did you mean sh:{}?", *nearest) : std::string());
    }
  }

  bool is_known(TermId predicate) const {
    const std::optional<Name> name = names_.find(predicate);
    return name &&
           (contains(kOtherTerms, *name) || *name == Name::sh_sparql || *name == Name::sh_target ||
            std::ranges::find(kParameters, *name, &Parameter::name) != std::end(kParameters));
  }

  // ---- after all are read

  // Shapes in the order of their terms, so that nothing depends on the order of discovery.
  void sort_by_term() {
    std::vector<std::uint32_t> order(shapes_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return shapes_[i].term; });
    std::vector<ShapeId> place(order.size());
    std::vector<Shape> sorted;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      place[order[i]] = ShapeId(i);
      sorted.push_back(std::move(shapes_[order[i]]));
    }
    for (Shape& shape : sorted) {
      if (shape.parent) shape.parent = place[shape.parent.index()];
      for (Constraint& constraint : shape.constraints) {
        for (ShapeId& id : constraint.shapes) id = place[id.index()];
      }
    }
    shapes_ = std::move(sorted);
  }

  // The sibling shapes of 4.7.3: qualified shapes of the other property shapes of the parents.
  void add_siblings() {
    std::vector<std::vector<ShapeId>> siblings(shapes_.size());
    for (const Shape& parent : shapes_) {
      std::vector<ShapeId> properties;
      std::vector<ShapeId> qualified;
      for (const Constraint& each : parent.constraints) {
        if (each.component == Component::property) properties.push_back(each.shapes[0]);
      }
      for (const ShapeId property : properties) {
        for (const Constraint& each : shapes_[property.index()].constraints) {
          if (is_qualified(each)) qualified.push_back(each.shapes[0]);
        }
      }
      for (const ShapeId property : properties) {
        auto& into = siblings[property.index()];
        into.insert(into.end(), qualified.begin(), qualified.end());
      }
    }
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      bool disjoint = false;
      for (const Statement& each :
           about(shapes_[i].term, Name::sh_qualified_value_shapes_disjoint)) {
        if (!is_boolean(each.object)) malformed(each, "is true or false");
        disjoint = disjoint || is_true(each.object);
      }
      if (!disjoint) continue;
      std::ranges::sort(siblings[i]);
      const auto repeats = std::ranges::unique(siblings[i]);
      siblings[i].erase(repeats.begin(), repeats.end());
      for (Constraint& each : shapes_[i].constraints) {
        if (!is_qualified(each)) continue;
        each.siblings = siblings[i];
        std::erase(each.siblings, each.shapes[0]);
      }
    }
  }

  static bool is_qualified(const Constraint& constraint) {
    return constraint.component == Component::qualified_min_count ||
           constraint.component == Component::qualified_max_count;
  }

  // What a closed shape allows (4.8.1): the paths of its property shapes and what it ignores.
  void add_allowed_properties() {
    for (Shape& shape : shapes_) {
      const auto ignored = about(shape.term, Name::sh_ignored_properties);
      if (ignored.size() > 1) malformed(ignored[1], "has one value");
      std::vector<TermId> allowed;
      for (const Statement& each : ignored) {
        for (const TermId member : list_at(each).value_or(std::vector<TermId>())) {
          if (wanted(member.is_iri(), each, "is a list of IRIs")) allowed.push_back(member);
        }
      }
      for (const Constraint& each : shape.constraints) {
        if (each.component != Component::property) continue;
        const PathId path = shapes_[each.shapes[0].index()].path;
        if (path && paths_[path].kind == PathKind::predicate) {
          allowed.push_back(paths_[path].predicate);
        }
      }
      std::ranges::sort(allowed);
      for (Constraint& each : shape.constraints) {
        if (each.component == Component::closed) each.terms = allowed;
      }
    }
  }

  // Finds circles and nesting that is too deep. An explicit stack: the nesting is the user's.
  bool check_nesting() {
    enum class State : std::uint8_t { fresh, open, done };
    struct Frame {
      std::uint32_t shape;
      std::vector<ShapeId> next;
    };
    std::vector<State> states(shapes_.size(), State::fresh);
    std::vector<std::size_t> depths(shapes_.size(), 0);
    bool recursive = false;
    for (std::uint32_t root = 0; root < shapes_.size(); ++root) {
      if (states[root] != State::fresh) continue;
      std::vector<Frame> stack;
      const auto open = [&](std::uint32_t shape) {
        states[shape] = State::open;
        stack.push_back({shape, references(shapes_[shape])});
      };
      open(root);
      while (!stack.empty()) {
        Frame& top = stack.back();
        if (top.next.empty()) {
          states[top.shape] = State::done;
          for (const ShapeId each : references(shapes_[top.shape])) {
            depths[top.shape] = std::max(depths[top.shape], depths[each.index()] + 1);
          }
          stack.pop_back();
          continue;
        }
        const std::uint32_t next = top.next.back().value();
        top.next.pop_back();
        if (states[next] == State::open) {
          if (!recursive) {
            report(DiagnosticCode::shape_recursive, shapes_[next].position,
                   fmt::format("{} refers to itself", shown(shapes_[next].term)));
          }
          recursive = true;
        } else if (states[next] == State::fresh) {
          open(next);
        }
      }
    }
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      if (depths[i] <= options_.limits.max_shape_depth) continue;
      report(DiagnosticCode::limit_exceeded, shapes_[i].position,
             fmt::format("shapes within shapes are nested {} deep; the limit max-shape-depth is {}",
                         depths[i], options_.limits.max_shape_depth));
      break;
    }
    return recursive;
  }

  static std::vector<ShapeId> references(const Shape& shape) {
    std::vector<ShapeId> out;
    for (const Constraint& each : shape.constraints) {
      out.insert(out.end(), each.shapes.begin(), each.shapes.end());
      out.insert(out.end(), each.siblings.begin(), each.siblings.end());
    }
    return out;
  }

  // ---- terms

  std::span<const Statement> about(TermId subject, Name predicate) const {
    if (!names_[predicate]) return {};
    return graph_.about(subject, names_[predicate]);
  }

  bool is_boolean(TermId id) const {
    if (!id.is_literal()) return false;
    const TermView term = graph_.term(id);
    return term.datatype == xsd::kBoolean && is_valid_lexical(Datatype::boolean, term.text);
  }
  // "1"^^xsd:boolean is another term than true, and SHACL asks for the term.
  bool is_true(TermId id) const { return is_boolean(id) && graph_.text(id) == "true"; }
  bool is_plain_string(TermId id) const {
    return id.is_literal() && graph_.term(id).datatype == xsd::kString;
  }
  static bool is_text(const TermView& term) {
    return term.kind == TermKind::literal &&
           (term.datatype == xsd::kString || !term.language.empty());
  }

  const Graph& graph_;
  Names names_;
  const ShapeOptions& options_;
  GraphTrouble trouble_;

  std::unordered_map<TermId, ShapeId> index_;
  std::vector<TermId> terms_;  // of shapes_, in order of discovery
  std::vector<Shape> shapes_;
  PathSet paths_;
  std::optional<std::set<TermId>> classes_;
  std::optional<std::map<TermId, TermId>> custom_;  // parameter property -> component
};

}  // namespace

const ComponentInfo& info(Component component) {
  static constexpr ComponentInfo kInfos[] = {
#define DOSSIER_COMPONENT(name, local, parameter, diagnostic) \
  {"http://www.w3.org/ns/shacl#" local, Name::parameter, DiagnosticCode::diagnostic},
#include "ontology/components.def"
#undef DOSSIER_COMPONENT
  };
  return kInfos[static_cast<std::size_t>(component)];
}

Expected<ShapeSet> load_shapes(const Graph& graph, const ShapeOptions& options,
                               DiagnosticSink& diagnostics, const PlaceOf& place_of) {
  return Loader(graph, options, diagnostics, place_of).load();
}

std::string shape_name(const ShapeSet& shapes, ShapeId id, const Prefixes& prefixes) {
  const Graph& graph = *shapes.graph();
  const Shape* shape = &shapes[id];
  if (shape->term.is_iri()) return prefixes.shorten(graph.text(shape->term));
  std::string name;
  if (shape->path) {
    name = to_string(shapes.paths(), shape->path, TermSpace(graph), prefixes) + " of ";
  }
  // A circle of blank nodes is left after as many steps as there are shapes.
  for (std::size_t steps = 0; steps < shapes.shapes().size() && shape->parent; ++steps) {
    shape = &shapes[shape->parent];
    if (shape->term.is_iri()) {
      return (name.empty() ? "a part of " : name) + prefixes.shorten(graph.text(shape->term));
    }
  }
  return name + "a shape without a name";
}

}  // namespace dossier
