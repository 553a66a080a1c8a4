#include "ontology/loader.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/ontology.hpp"
#include "base/text.hpp"
#include "graph/datatypes.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/consistency.hpp"
#include "ontology/enumerations.hpp"
#include "ontology/expressions.hpp"
#include "ontology/link_loader.hpp"

namespace dossier {
namespace {

constexpr Name kClassTypes[] = {Name::owl_class, Name::rdfs_class, Name::dm_link_class};

struct PropertyType {
  Name name;
  PropertyKind kind;
};
constexpr PropertyType kPropertyTypes[] = {
    {Name::rdf_property, PropertyKind::any},
    {Name::owl_object_property, PropertyKind::object},
    {Name::owl_datatype_property, PropertyKind::datatype},
    {Name::owl_annotation_property, PropertyKind::annotation},
    {Name::owl_functional_property, PropertyKind::any},
    {Name::owl_inverse_functional_property, PropertyKind::any},
    {Name::owl_symmetric_property, PropertyKind::object},
    {Name::owl_asymmetric_property, PropertyKind::object},
    {Name::owl_transitive_property, PropertyKind::object},
    {Name::owl_irreflexive_property, PropertyKind::object},
};

struct PropertyFlag {
  Name name;
  bool OntologyProperty::* flag;
};
constexpr PropertyFlag kPropertyFlags[] = {
    {Name::owl_functional_property, &OntologyProperty::functional},
    {Name::owl_inverse_functional_property, &OntologyProperty::inverse_functional},
    {Name::owl_symmetric_property, &OntologyProperty::symmetric},
    {Name::owl_asymmetric_property, &OntologyProperty::asymmetric},
    {Name::owl_transitive_property, &OntologyProperty::transitive},
    {Name::owl_irreflexive_property, &OntologyProperty::irreflexive},
};

// Predicates whose subject or object is a class, or a property.
constexpr Name kClassSubjects[] = {Name::rdfs_sub_class_of, Name::owl_disjoint_with,
                                   Name::owl_disjoint_union_of};
constexpr Name kClassObjects[] = {Name::rdfs_sub_class_of, Name::owl_disjoint_with,
                                  Name::owl_equivalent_class};
constexpr Name kPropertySubjects[] = {Name::rdfs_sub_property_of, Name::rdfs_domain,
                                      Name::rdfs_range, Name::owl_inverse_of};
constexpr Name kPropertyObjects[] = {
    Name::rdfs_sub_property_of, Name::owl_inverse_of,     Name::owl_equivalent_property,
    Name::dm_source_end,        Name::dm_target_end,      Name::dm_direct_predicate,
    Name::dm_qualifier,         Name::dm_start_qualifier, Name::dm_end_qualifier,
    Name::dm_identifier,        Name::owl_on_property,    Name::owl_property_disjoint_with};

constexpr std::string_view kBuiltIn[] = {rdf::kNamespace, rdfs::kNamespace, owl::kNamespace,
                                         xsd::kNamespace};

bool is_built_in(std::string_view iri) {
  return std::ranges::any_of(kBuiltIn,
                             [&](std::string_view each) { return iri.starts_with(each); });
}

}  // namespace

class OntologyLoader : public ExpressionReader {
 public:
  OntologyLoader(const Graph& graph, DiagnosticSink& diagnostics, const PlaceOf& place_of,
                 const Limits& limits, const Prefixes& prefixes)
      : ExpressionReader(graph, diagnostics, place_of, prefixes),
        hierarchy_left_(limits.max_hierarchy) {}

  Expected<Ontology> load() {
    declare_terms();
    for (OntologyClass& cls : parts_.classes) read_class(cls);
    for (OntologyProperty& property : parts_.properties) read_property(property);
    read_groups();
    if (!close_hierarchies()) {
      return fail(code::limit_exceeded, {},
                  "the classes and properties have too many others above them (max-hierarchy)",
                  "a chain of thousands of classes, each below the next? Raise the limit if it is "
                  "meant");
    }
    load_links(*this);
    load_enumerations(*this);
    inherit();
    read_individuals();
    find_namespaces();
    Ontology ontology(std::move(parts_));
    check_consistency(ontology, graph_, names_, trouble_);
    if (ontology.empty()) {
      trouble_.report(code::ontology_empty, 0, "no class and no property is declared");
    }
    if (const std::optional<Error> error = trouble_.failure("ontology")) {
      return std::unexpected(*error);
    }
    return ontology;
  }

 private:
  std::size_t hierarchy_left_;

  // ---- which terms there are

  void declare_terms() {
    std::set<std::string_view> declared_classes;
    std::set<std::string_view> declared_properties;
    std::set<std::string_view> classes;
    std::set<std::string_view> properties;
    for (const Name name : kClassTypes) add_instances(name, declared_classes);
    for (const PropertyType& each : kPropertyTypes) add_instances(each.name, declared_properties);
    for (const Name name : kClassSubjects) add_subjects(name, declared_classes);
    for (const Name name : kPropertySubjects) add_subjects(name, declared_properties);
    for (const Name name : kClassObjects) add_objects(name, classes);
    for (const Name name : kPropertyObjects) add_objects(name, properties);
    for (const Statement& each : graph_.with_predicate(names_[Name::owl_equivalent_class])) {
      if (!is_datatype(each.subject)) add(each.subject, declared_classes);
    }
    classes.insert(declared_classes.begin(), declared_classes.end());
    properties.insert(declared_properties.begin(), declared_properties.end());
    add_union_members(classes);
    create(classes, declared_classes, parts_.classes);
    create(properties, declared_properties, parts_.properties);
  }

  void add(TermId term, std::set<std::string_view>& into) {
    if (term.is_iri() && !is_built_in(graph_.text(term))) into.insert(graph_.text(term));
  }
  void add_instances(Name cls, std::set<std::string_view>& into) {
    for (const Statement& each : graph_.instances(names_[cls])) add(each.subject, into);
  }
  void add_subjects(Name predicate, std::set<std::string_view>& into) {
    for (const Statement& each : graph_.with_predicate(names_[predicate])) add(each.subject, into);
  }
  void add_objects(Name predicate, std::set<std::string_view>& into) {
    for (const Statement& each : graph_.with_predicate(names_[predicate])) add(each.object, into);
  }

  // Classes that stand only in unions, domains and ranges.
  void add_union_members(std::set<std::string_view>& classes) {
    const auto add_class = [&](TermId term) {
      if (!is_datatype(term)) add(term, classes);
    };
    for (const Name name : {Name::owl_union_of, Name::owl_intersection_of}) {
      for (const Statement& each : graph_.with_predicate(names_[name])) {
        for (const TermId member : list(each.object)) add_class(member);
      }
    }
    constexpr Name kValues[] = {Name::rdfs_domain, Name::rdfs_range, Name::owl_some_values_from,
                                Name::owl_all_values_from, Name::owl_on_class};
    for (const Name name : kValues) {
      for (const Statement& each : graph_.with_predicate(names_[name])) add_class(each.object);
    }
  }

  template <class Term>
  void create(const std::set<std::string_view>& all, const std::set<std::string_view>& declared,
              std::vector<Term>& into) {
    for (const std::string_view iri : all) {
      Term& term = into.emplace_back();
      term.iri = iri;
      term.declared = declared.contains(iri);
      const TermId id = graph_.find_iri(iri);
      const auto about = graph_.about(id);
      if (!about.empty()) term.position = graph_.position(about.front());
      term.labels = texts(id, Name::rdfs_label);
      if (term.labels.empty()) term.labels = texts(id, Name::skos_pref_label);
      term.definitions = texts(id, Name::skos_definition);
      if (term.definitions.empty()) term.definitions = texts(id, Name::rdfs_comment);
      term.deprecated = flag(id, Name::owl_deprecated);
      term.name = text(id, Name::dm_name);
      term.mappings = mappings(id);
    }
  }

  // ---- classes

  void read_class(OntologyClass& cls) {
    const TermId id = graph_.find_iri(cls.iri);
    for (const Statement& each : about(id, Name::rdfs_sub_class_of)) read_super(cls, each);
    for (const Statement& each : about(id, Name::owl_equivalent_class)) {
      read_equivalent(cls, each);
    }
    for (const Statement& each : about(id, Name::owl_disjoint_with)) {
      if (const ClassNumber other = class_at(each)) set_disjoint(number_of(cls), other);
    }
    for (const Statement& each : about(id, Name::owl_disjoint_union_of)) {
      const std::vector<ClassNumber> parts = class_list(each);
      for (const ClassNumber part : parts) add_super(part, number_of(cls));
      set_all_disjoint(parts);
    }
    for (const Statement& each : about(id, Name::owl_union_of)) {
      for (const ClassNumber part : class_list(each)) add_super(part, number_of(cls));
    }
    for (const Statement& each : about(id, Name::owl_intersection_of)) {
      for (const TermId part : list_at(each)) read_super_term(cls, part, graph_.position(each));
    }
    cls.closed = flag(id, Name::dm_closed);
    cls.external = flag(id, Name::dm_external);
    cls.abstract = flag(id, Name::dm_abstract);
    cls.root = flag(id, Name::dm_root);
    cls.caption = property_list(id, Name::dm_caption, "caption");
    cls.featured = property_list(id, Name::dm_featured, "list of featured properties");
    for (const Statement& each : about(id, Name::dm_identifier)) {
      cls.identifier = property_at(each);
    }
    for (const Statement& each : about(id, Name::owl_has_key)) {
      std::vector<PropertyNumber> key;
      for (const TermId member : list_at(each)) {
        if (const PropertyNumber property = find_property(member)) key.push_back(property);
      }
      cls.keys.push_back(std::move(key));
    }
  }

  void read_super(OntologyClass& cls, const Statement& statement) {
    if (statement.object.is_literal()) {
      bad_value(statement, "is a class");
      return;
    }
    if (is_datatype(statement.object)) {
      bad_value(statement, "is a class and no datatype");
      return;
    }
    read_super_term(cls, statement.object, graph_.position(statement));
  }

  void read_super_term(OntologyClass& cls, TermId super, std::size_t position) {
    if (super.is_iri()) {
      if (const ClassNumber found = find_class(super)) add_super(number_of(cls), found);
      return;
    }
    if (is_a(super, Name::owl_restriction) || !about(super, Name::owl_on_property).empty()) {
      read_restriction(cls, super, position);
      return;
    }
    // A superclass that is an intersection is all its members; other expressions are not used.
    const auto members = about(super, Name::owl_intersection_of);
    for (const Statement& each : members) {
      for (const TermId member : list_at(each)) {
        if (member.is_iri()) {
          if (const ClassNumber found = find_class(member)) add_super(number_of(cls), found);
        } else {
          read_restriction(cls, member, graph_.position(each));
        }
      }
    }
    const auto complement = about(super, Name::owl_complement_of);
    for (const Statement& each : complement) {
      if (const ClassNumber other = class_at(each)) set_disjoint(number_of(cls), other);
    }
    if (members.empty() && complement.empty())
      unsupported(position, "an expression of another kind");
  }

  void read_equivalent(OntologyClass& cls, const Statement& statement) {
    if (statement.object.is_iri()) {
      if (const ClassNumber other = class_at(statement)) {
        add_super(number_of(cls), other);
        add_super(other, number_of(cls));
      }
      return;
    }
    const auto members = about(statement.object, Name::owl_union_of);
    if (members.empty()) {
      read_super_term(cls, statement.object, graph_.position(statement));
      return;
    }
    for (const Statement& each : members) {
      for (const ClassNumber part : class_list(each)) add_super(part, number_of(cls));
    }
  }

  // ---- properties

  void read_property(OntologyProperty& property) {
    const TermId id = graph_.find_iri(property.iri);
    const PropertyNumber number = number_of(property);
    for (const PropertyType& type : kPropertyTypes) {
      if (type.kind == PropertyKind::any || !is_a(id, type.name)) continue;
      const bool clash = property.kind != PropertyKind::any && property.kind != type.kind &&
                         property.kind != PropertyKind::annotation &&
                         type.kind != PropertyKind::annotation;
      if (clash) {
        trouble_.report(code::ontology_property_kind, property.position,
                        fmt::format("{} is an object property and a datatype property", shown(id)),
                        places_of_kinds(id));
      }
      property.kind = type.kind;
    }
    for (const PropertyFlag& each : kPropertyFlags) property.*each.flag = is_a(id, each.name);
    for (const Statement& each : about(id, Name::rdfs_domain)) {
      property.domains.push_back(union_at(each));
    }
    for (const Statement& each : about(id, Name::rdfs_range)) {
      property.ranges.push_back(union_at(each));
    }
    for (const Statement& each : about(id, Name::rdfs_sub_property_of)) {
      if (const PropertyNumber super = property_at(each)) property.supers.push_back(super);
    }
    for (const Statement& each : about(id, Name::owl_equivalent_property)) {
      if (const PropertyNumber other = property_at(each)) {
        property.supers.push_back(other);
        parts_.properties[other.index()].supers.push_back(number);
      }
    }
    for (const Statement& each : about(id, Name::owl_inverse_of)) {
      if (const PropertyNumber other = property_at(each)) {
        add_once(property.inverses, other);
        add_once(parts_.properties[other.index()].inverses, number);
      }
    }
    for (const Statement& each : about(id, Name::owl_property_disjoint_with)) {
      if (const PropertyNumber other = property_at(each)) {
        add_once(property.disjoint, other);
        add_once(parts_.properties[other.index()].disjoint, number);
      }
    }
    for (const Statement& each : about(id, Name::owl_property_chain_axiom)) {
      std::vector<PropertyNumber> chain;
      for (const TermId member : list_at(each)) chain.push_back(find_property(member));
      if (std::ranges::find(chain, PropertyNumber()) == chain.end() && chain.size() > 1) {
        property.chains.push_back(std::move(chain));
      } else {
        unsupported(graph_.position(each), "a property chain with other than named properties");
      }
    }
  }

  // ---- groups

  void read_groups() {
    for (const Statement& group : graph_.instances(names_[Name::owl_all_disjoint_classes])) {
      for (const Statement& each : about(group.subject, Name::owl_members)) {
        set_all_disjoint(class_list(each));
      }
    }
    for (const Statement& group : graph_.instances(names_[Name::owl_all_disjoint_properties])) {
      for (const Statement& each : about(group.subject, Name::owl_members)) {
        std::vector<PropertyNumber> members;
        for (const TermId member : list_at(each)) {
          if (const PropertyNumber found = find_property(member)) members.push_back(found);
        }
        for (const PropertyNumber a : members) {
          for (const PropertyNumber b : members) {
            if (a != b) add_once(parts_.properties[a.index()].disjoint, b);
          }
        }
      }
    }
  }

  void set_all_disjoint(const std::vector<ClassNumber>& members) {
    for (const ClassNumber a : members) {
      for (const ClassNumber b : members) {
        if (a != b) add_once(parts_.classes[a.index()].disjoint, b);
      }
    }
  }
  void set_disjoint(ClassNumber a, ClassNumber b) {
    add_once(parts_.classes[a.index()].disjoint, b);
    add_once(parts_.classes[b.index()].disjoint, a);
  }
  void add_super(ClassNumber sub, ClassNumber super) {
    if (sub != super) add_once(parts_.classes[sub.index()].supers, super);
  }

  // ---- closure

  // Whether that stayed within the limit.
  bool close_hierarchies() { return close(parts_.classes) && close(parts_.properties); }

  // Gives each term those above it. `seen` holds the last term from which each was reached.
  template <class Term>
  bool close(std::vector<Term>& terms) {
    using Number = std::remove_reference_t<decltype(terms[0].ancestors[0])>;
    std::vector<Number> seen(terms.size());
    for (Term& term : terms) {
      const Number start = number_of(term);
      std::vector<Number>& found = term.ancestors;
      found.push_back(start);
      seen[start.index()] = start;
      for (std::size_t i = 0; i < found.size(); ++i) {
        for (const Number super : terms[found[i].index()].supers) {
          if (seen[super.index()] == start) continue;
          seen[super.index()] = start;
          found.push_back(super);
        }
        if (found.size() > hierarchy_left_) return false;
      }
      hierarchy_left_ -= found.size();
      found.shrink_to_fit();
      std::ranges::sort(found);
    }
    return true;
  }

  // What holds for a class or property holds for those below it.
  void inherit() {
    const std::vector<OntologyProperty> own_properties = parts_.properties;
    for (OntologyProperty& property : parts_.properties) {
      for (const PropertyNumber each : property.ancestors) {
        if (each == number_of(property)) continue;
        const OntologyProperty& above = own_properties[each.index()];
        property.domains.insert(property.domains.end(), above.domains.begin(), above.domains.end());
        property.ranges.insert(property.ranges.end(), above.ranges.begin(), above.ranges.end());
      }
    }
    std::vector<OntologyClass> own_classes = parts_.classes;
    for (OntologyClass& cls : parts_.classes) {
      own_classes[number_of(cls).index()].caption = caption_of(number_of(cls));
      for (const ClassNumber each : cls.ancestors) {
        cls.closed = cls.closed || own_classes[each.index()].closed;
        cls.external = cls.external || own_classes[each.index()].external;
        if (!cls.identifier) cls.identifier = own_classes[each.index()].identifier;
      }
    }
    for (std::size_t i = 0; i < own_classes.size(); ++i) {
      parts_.classes[i].caption = std::move(own_classes[i].caption);
    }
  }

  // Of the nearest class that has one, breadth first.
  std::vector<PropertyNumber> caption_of(ClassNumber cls) const {
    const bool any = std::ranges::any_of(
        parts_.classes[cls.index()].ancestors,
        [&](ClassNumber each) { return !parts_.classes[each.index()].caption.empty(); });
    if (!any) return {};
    std::vector<ClassNumber> queue{cls};
    std::set<ClassNumber> seen{cls};
    for (std::size_t i = 0; i < queue.size(); ++i) {
      const OntologyClass& at = parts_.classes[queue[i].index()];
      if (!at.caption.empty()) return at.caption;
      for (const ClassNumber super : at.supers) {
        if (seen.insert(super).second) queue.push_back(super);
      }
    }
    return {};
  }

  // ---- the rest

  void read_individuals() {
    for (const Statement& each : graph_.with_predicate(graph_.rdf_type())) {
      if (!each.subject.is_iri()) continue;
      const ClassNumber cls = find_class(each.object);
      if (!cls || find_class(each.subject) || find_property(each.subject)) continue;
      if (!parts_.classes[cls.index()].declared) continue;
      const std::string_view iri = graph_.text(each.subject);
      if (parts_.individuals.empty() || parts_.individuals.back().iri != iri) {
        const auto at = std::ranges::find(parts_.individuals, iri, &OntologyIndividual::iri);
        if (at != parts_.individuals.end()) {
          at->classes.push_back(cls);
          continue;
        }
        parts_.individuals.push_back({std::string(iri), {}});
      }
      parts_.individuals.back().classes.push_back(cls);
    }
    std::ranges::sort(parts_.individuals, {}, &OntologyIndividual::iri);
  }

  void find_namespaces() {
    std::set<std::string_view> found;
    for (const OntologyClass& each : parts_.classes) {
      if (each.declared) found.insert(namespace_of(each.iri));
    }
    for (const OntologyProperty& each : parts_.properties) {
      if (each.declared) found.insert(namespace_of(each.iri));
    }
    parts_.namespaces.assign(found.begin(), found.end());
  }

  ClassNumber number_of(const OntologyClass& cls) const {
    return ClassNumber(static_cast<std::uint32_t>(&cls - parts_.classes.data()));
  }
  PropertyNumber number_of(const OntologyProperty& property) const {
    return PropertyNumber(static_cast<std::uint32_t>(&property - parts_.properties.data()));
  }
};

Expected<Ontology> load_ontology(const Graph& graph, DiagnosticSink& diagnostics,
                                 const PlaceOf& place_of, const Limits& limits,
                                 const Prefixes& prefixes) {
  return OntologyLoader(graph, diagnostics, place_of, limits, prefixes).load();
}

}  // namespace dossier
