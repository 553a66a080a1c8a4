#include "ontology/loader.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "graph/datatypes.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/consistency.hpp"

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
constexpr Name kPropertyObjects[] = {Name::rdfs_sub_property_of,
                                     Name::owl_inverse_of,
                                     Name::owl_equivalent_property,
                                     Name::dm_source_end,
                                     Name::dm_target_end,
                                     Name::dm_direct_predicate,
                                     Name::dm_qualifier,
                                     Name::dm_start_qualifier,
                                     Name::dm_end_qualifier,
                                     Name::owl_on_property,
                                     Name::owl_property_disjoint_with};

constexpr std::string_view kBuiltIn[] = {rdf::kNamespace, rdfs::kNamespace, owl::kNamespace,
                                         xsd::kNamespace};

bool is_built_in(std::string_view iri) {
  return std::ranges::any_of(kBuiltIn,
                             [&](std::string_view each) { return iri.starts_with(each); });
}

}  // namespace

class OntologyLoader {
 public:
  OntologyLoader(const Graph& graph, DiagnosticSink& diagnostics, const PlaceOf& place_of)
      : graph_(graph), names_(graph), trouble_(graph, diagnostics, place_of) {}

  Expected<Ontology> load() {
    declare_terms();
    for (OntologyClass& cls : out_.classes_) read_class(cls);
    for (OntologyProperty& property : out_.properties_) read_property(property);
    read_groups();
    close_hierarchies();
    read_links();
    inherit();
    read_individuals();
    find_namespaces();
    check_consistency(out_, graph_, names_, trouble_);
    if (out_.empty()) {
      trouble_.report(DiagnosticCode::ontology_empty, 0, "no class and no property is declared");
    }
    if (const std::optional<Error> error = trouble_.failure("ontology")) {
      return std::unexpected(*error);
    }
    return std::move(out_);
  }

 private:
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
    create(classes, declared_classes, out_.classes_);
    create(properties, declared_properties, out_.properties_);
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
    for (const Statement& each : about(id, Name::dm_caption)) {
      for (const TermId member : list_at(each)) {
        const PropertyNumber property = find_property(member);
        if (property) {
          cls.caption.push_back(property);
        } else {
          trouble_.report(DiagnosticCode::ontology_captions, graph_.position(each),
                          fmt::format("the caption of {} names {}, which is no declared property",
                                      shown(id), shown(member)));
        }
      }
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
    if (members.empty() && complement.empty()) unsupported(position, "a superclass expression");
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

  // OWL 2 syntax, 8.2 to 8.5.
  void read_restriction(OntologyClass& cls, TermId node, std::size_t position) {
    Restriction restriction;
    const auto on = about(node, Name::owl_on_property);
    restriction.property = on.empty() ? PropertyNumber() : find_property(on[0].object);
    if (!restriction.property) {
      unsupported(position, "a restriction without a named property");
      return;
    }
    if (const auto some = about(node, Name::owl_some_values_from); !some.empty()) {
      restriction.kind = RestrictionKind::some;
      restriction.values = union_of(some[0].object, position);
    } else if (const auto all = about(node, Name::owl_all_values_from); !all.empty()) {
      restriction.kind = RestrictionKind::all;
      restriction.values = union_of(all[0].object, position);
    } else if (const auto value = about(node, Name::owl_has_value); !value.empty()) {
      restriction.kind = RestrictionKind::has_value;
      const TermView term = graph_.term(value[0].object);
      restriction.value = {term.kind, std::string(term.text), std::string(term.datatype),
                           std::string(term.language)};
    } else if (!read_counts(node, restriction, position)) {
      unsupported(position, "a restriction of another kind");
      return;
    }
    cls.restrictions.push_back(std::move(restriction));
  }

  bool read_counts(TermId node, Restriction& restriction, std::size_t position) {
    struct Bound {
      Name name;
      bool least;
      bool most;
    };
    constexpr Bound kBounds[] = {
        {Name::owl_cardinality, true, true},
        {Name::owl_qualified_cardinality, true, true},
        {Name::owl_min_cardinality, true, false},
        {Name::owl_min_qualified_cardinality, true, false},
        {Name::owl_max_cardinality, false, true},
        {Name::owl_max_qualified_cardinality, false, true},
    };
    bool found = false;
    for (const Bound& bound : kBounds) {
      for (const Statement& each : about(node, bound.name)) {
        const auto value = parse_integer(graph_.text(each.object));
        if (!value || value->negative || value->whole.size() > 18) {
          bad_value(each, "is a number of 0 or more");
          continue;
        }
        std::uint64_t number = 0;
        for (const char c : value->whole)
          number = number * 10 + static_cast<std::uint64_t>(c - '0');
        if (bound.least) restriction.least = number;
        if (bound.most) restriction.most = number;
        found = true;
      }
    }
    restriction.kind = RestrictionKind::count;
    for (const Name name : {Name::owl_on_class, Name::owl_on_data_range}) {
      for (const Statement& each : about(node, name)) {
        restriction.values = union_of(each.object, position);
      }
    }
    return found;
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
        trouble_.report(DiagnosticCode::ontology_property_kind, property.position,
                        fmt::format("{} is an object property and a datatype property", shown(id)));
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
        out_.properties_[other.index()].supers.push_back(number);
      }
    }
    for (const Statement& each : about(id, Name::owl_inverse_of)) {
      if (const PropertyNumber other = property_at(each)) {
        add_once(property.inverses, other);
        add_once(out_.properties_[other.index()].inverses, number);
      }
    }
    for (const Statement& each : about(id, Name::owl_property_disjoint_with)) {
      if (const PropertyNumber other = property_at(each)) {
        add_once(property.disjoint, other);
        add_once(out_.properties_[other.index()].disjoint, number);
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

  // The members of a union, or the class or datatype itself.
  ValueUnion union_of(TermId term, std::size_t position) {
    ValueUnion out;
    if (term.is_iri()) out.name = graph_.text(term);
    std::vector<TermId> members{term};
    std::set<TermId> seen{term};
    for (std::size_t i = 0; i < members.size(); ++i) {
      bool is_union = false;
      for (const TermId at : expression_nodes(members[i])) {
        for (const Statement& each : about(at, Name::owl_union_of)) {
          is_union = true;
          for (const TermId member : list_at(each)) {
            if (seen.insert(member).second) members.push_back(member);
          }
        }
      }
      // A named class stays itself: its union has made its parts subclasses.
      if (is_union && !(members[i].is_iri() && !is_datatype(members[i]))) continue;
      add_member(members[i], position, out);
    }
    if (out.wants_things() || !out.datatypes.empty()) return out;
    if (!out.any_literal && !members.empty() && members[0].is_blank()) out.any_thing = true;
    return out;
  }

  // The nodes that may hold a term's union: itself, and what it is equivalent to.
  std::vector<TermId> expression_nodes(TermId term) const {
    std::vector<TermId> nodes{term};
    for (const Statement& each : about(term, Name::owl_equivalent_class)) {
      if (each.object.is_blank()) nodes.push_back(each.object);
    }
    return nodes;
  }

  void add_member(TermId member, std::size_t position, ValueUnion& out) {
    if (member.is_blank()) {
      // A restricted datatype counts as its base; other expressions take everything.
      const auto base = about(member, Name::owl_on_datatype);
      if (!base.empty()) {
        out.datatypes.emplace_back(graph_.text(base[0].object));
      } else {
        out.any_thing = true;
      }
      unsupported(position, "an expression in a domain or range");
      return;
    }
    const std::string_view iri = graph_.text(member);
    if (member.is_literal()) return;
    if (member == names_[Name::rdfs_literal]) {
      out.any_literal = true;
    } else if (member == names_[Name::owl_thing] || member == names_[Name::rdfs_resource]) {
      out.any_thing = true;
      if (member == names_[Name::rdfs_resource]) out.any_literal = true;
    } else if (is_datatype(member)) {
      out.datatypes.emplace_back(iri);
    } else if (const ClassNumber cls = find_class(member)) {
      out.classes.push_back(cls);
    } else {
      out.any_thing = true;  // a class of RDFS or OWL itself
    }
  }

  ValueUnion union_at(const Statement& statement) {
    if (statement.object.is_literal()) {
      bad_value(statement, "is a class or a datatype");
      return {.any_literal = true, .any_thing = true};
    }
    return union_of(statement.object, graph_.position(statement));
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
            if (a != b) add_once(out_.properties_[a.index()].disjoint, b);
          }
        }
      }
    }
  }

  void set_all_disjoint(const std::vector<ClassNumber>& members) {
    for (const ClassNumber a : members) {
      for (const ClassNumber b : members) {
        if (a != b) add_once(out_.classes_[a.index()].disjoint, b);
      }
    }
  }
  void set_disjoint(ClassNumber a, ClassNumber b) {
    add_once(out_.classes_[a.index()].disjoint, b);
    add_once(out_.classes_[b.index()].disjoint, a);
  }
  void add_super(ClassNumber sub, ClassNumber super) {
    if (sub != super) add_once(out_.classes_[sub.index()].supers, super);
  }

  // ---- closure

  void close_hierarchies() {
    for (OntologyClass& each : out_.classes_) {
      each.ancestors = ancestors_of(number_of(each), out_.classes_);
    }
    for (OntologyProperty& each : out_.properties_) {
      each.ancestors = ancestors_of(number_of(each), out_.properties_);
    }
  }

  template <class Number, class Term>
  static std::vector<Number> ancestors_of(Number start, const std::vector<Term>& terms) {
    std::vector<Number> found{start};
    std::set<Number> seen{start};
    for (std::size_t i = 0; i < found.size(); ++i) {
      for (const Number super : terms[found[i].index()].supers) {
        if (seen.insert(super).second) found.push_back(super);
      }
    }
    std::ranges::sort(found);
    return found;
  }

  // What holds for a class or property holds for those below it.
  void inherit() {
    const std::vector<OntologyProperty> own_properties = out_.properties_;
    for (OntologyProperty& property : out_.properties_) {
      for (const PropertyNumber each : property.ancestors) {
        if (each == number_of(property)) continue;
        const OntologyProperty& above = own_properties[each.index()];
        property.domains.insert(property.domains.end(), above.domains.begin(), above.domains.end());
        property.ranges.insert(property.ranges.end(), above.ranges.begin(), above.ranges.end());
      }
    }
    std::vector<OntologyClass> own_classes = out_.classes_;
    for (OntologyClass& cls : out_.classes_) {
      own_classes[number_of(cls).index()].caption = caption_of(number_of(cls));
      for (const ClassNumber each : cls.ancestors) {
        cls.closed = cls.closed || own_classes[each.index()].closed;
        cls.external = cls.external || own_classes[each.index()].external;
      }
    }
    for (std::size_t i = 0; i < own_classes.size(); ++i) {
      out_.classes_[i].caption = std::move(own_classes[i].caption);
    }
  }

  // Of the nearest class that has one, breadth first.
  std::vector<PropertyNumber> caption_of(ClassNumber cls) const {
    std::vector<ClassNumber> queue{cls};
    std::set<ClassNumber> seen{cls};
    for (std::size_t i = 0; i < queue.size(); ++i) {
      const OntologyClass& at = out_.classes_[queue[i].index()];
      if (!at.caption.empty()) return at.caption;
      for (const ClassNumber super : at.supers) {
        if (seen.insert(super).second) queue.push_back(super);
      }
    }
    return {};
  }

  // ---- links

  void read_links() {
    std::vector<OntologyLink> own(out_.classes_.size());
    std::vector<bool> is_link(out_.classes_.size(), false);
    for (const Statement& each : graph_.instances(names_[Name::dm_link_class])) {
      const ClassNumber cls = find_class(each.subject);
      if (!cls) continue;
      is_link[cls.index()] = true;
      own[cls.index()] = read_link(cls);
    }
    // A class below a link class is a link class; it inherits what it does not say itself.
    for (std::uint32_t i = 0; i < own.size(); ++i) {
      const ClassNumber cls(i);
      bool link = is_link[i];
      OntologyLink merged = own[i];
      merged.cls = cls;
      for (const ClassNumber each : nearest_first(cls)) {
        if (!is_link[each.index()] || each == cls) continue;
        link = true;
        merge_link(merged, own[each.index()]);
      }
      if (!link) continue;
      if (!merged.source_end || !merged.target_end) {
        const bool both = !merged.source_end && !merged.target_end;
        trouble_.report(DiagnosticCode::ontology_link_ends, out_.classes_[i].position,
                        fmt::format("the link class {} lacks {}",
                                    Prefixes::well_known().shorten(out_.classes_[i].iri),
                                    both                 ? "dm:sourceEnd and dm:targetEnd"
                                    : !merged.source_end ? "dm:sourceEnd"
                                                         : "dm:targetEnd"));
        continue;
      }
      out_.links_.push_back(std::move(merged));
    }
  }

  OntologyLink read_link(ClassNumber cls) {
    const TermId id = id_of(cls);
    OntologyLink link{.cls = cls,
                      .source_end = one_property(id, Name::dm_source_end),
                      .target_end = one_property(id, Name::dm_target_end),
                      .direct = one_property(id, Name::dm_direct_predicate),
                      .start = one_property(id, Name::dm_start_qualifier),
                      .end = one_property(id, Name::dm_end_qualifier),
                      .symmetric = flag(id, Name::dm_symmetric)};
    for (const Statement& each : about(id, Name::dm_qualifier)) {
      if (const PropertyNumber property = property_at(each)) link.qualifiers.push_back(property);
    }
    return link;
  }

  static void merge_link(OntologyLink& into, const OntologyLink& from) {
    const auto fill = [](PropertyNumber& own, PropertyNumber inherited) {
      if (!own) own = inherited;
    };
    fill(into.source_end, from.source_end);
    fill(into.target_end, from.target_end);
    fill(into.direct, from.direct);
    fill(into.start, from.start);
    fill(into.end, from.end);
    into.symmetric = into.symmetric || from.symmetric;
    for (const PropertyNumber each : from.qualifiers) add_once(into.qualifiers, each);
  }

  std::vector<ClassNumber> nearest_first(ClassNumber cls) const {
    std::vector<ClassNumber> queue{cls};
    std::set<ClassNumber> seen{cls};
    for (std::size_t i = 0; i < queue.size(); ++i) {
      for (const ClassNumber super : out_.classes_[queue[i].index()].supers) {
        if (seen.insert(super).second) queue.push_back(super);
      }
    }
    return queue;
  }

  PropertyNumber one_property(TermId subject, Name predicate) {
    const auto found = about(subject, predicate);
    if (found.empty()) return {};
    if (found.size() > 1) bad_value(found[1], "has one value");
    return property_at(found[0]);
  }

  // ---- the rest

  void read_individuals() {
    for (const Statement& each : graph_.with_predicate(graph_.rdf_type())) {
      if (!each.subject.is_iri()) continue;
      const ClassNumber cls = find_class(each.object);
      if (!cls || find_class(each.subject) || find_property(each.subject)) continue;
      if (!out_.classes_[cls.index()].declared) continue;
      const std::string_view iri = graph_.text(each.subject);
      if (out_.individuals_.empty() || out_.individuals_.back().iri != iri) {
        const auto at = std::ranges::find(out_.individuals_, iri, &OntologyIndividual::iri);
        if (at != out_.individuals_.end()) {
          at->classes.push_back(cls);
          continue;
        }
        out_.individuals_.push_back({std::string(iri), {}});
      }
      out_.individuals_.back().classes.push_back(cls);
    }
    std::ranges::sort(out_.individuals_, {}, &OntologyIndividual::iri);
  }

  void find_namespaces() {
    std::set<std::string_view> found;
    for (const OntologyClass& each : out_.classes_) {
      if (each.declared) found.insert(namespace_of(each.iri));
    }
    for (const OntologyProperty& each : out_.properties_) {
      if (each.declared) found.insert(namespace_of(each.iri));
    }
    out_.namespaces_.assign(found.begin(), found.end());
  }

  // ---- terms and trouble

  std::span<const Statement> about(TermId subject, Name predicate) const {
    if (!subject || !names_[predicate]) return {};
    return graph_.about(subject, names_[predicate]);
  }
  bool is_a(TermId term, Name cls) const {
    return names_[cls] && graph_.rdf_type() &&
           std::ranges::binary_search(graph_.about(term, graph_.rdf_type()), names_[cls], {},
                                      &Statement::object);
  }
  bool is_datatype(TermId term) const {
    if (term.is_iri()) {
      const std::string_view iri = graph_.text(term);
      if (iri.starts_with(xsd::kNamespace) || find_datatype(iri) != Datatype::other) return true;
    }
    return is_a(term, Name::rdfs_datatype);
  }

  ClassNumber find_class(TermId term) const {
    return term.is_iri() ? out_.find_class(graph_.text(term)) : ClassNumber();
  }
  PropertyNumber find_property(TermId term) const {
    return term.is_iri() ? out_.find_property(graph_.text(term)) : PropertyNumber();
  }
  ClassNumber class_at(const Statement& statement) {
    const ClassNumber found = find_class(statement.object);
    if (!found && !statement.object.is_blank()) bad_value(statement, "is a class");
    return found;
  }
  PropertyNumber property_at(const Statement& statement) {
    const PropertyNumber found = find_property(statement.object);
    if (!found && !statement.object.is_blank()) bad_value(statement, "is a property");
    return found;
  }
  std::vector<ClassNumber> class_list(const Statement& statement) {
    std::vector<ClassNumber> out;
    for (const TermId member : list_at(statement)) {
      if (const ClassNumber found = find_class(member)) out.push_back(found);
    }
    return out;
  }
  std::vector<TermId> list(TermId head) const {
    return read_list(graph_, names_, head).value_or(std::vector<TermId>());
  }
  std::vector<TermId> list_at(const Statement& statement) {
    std::optional<std::vector<TermId>> members = read_list(graph_, names_, statement.object);
    if (!members) bad_value(statement, "is a list");
    return members.value_or(std::vector<TermId>());
  }

  ClassNumber number_of(const OntologyClass& cls) const {
    return ClassNumber(static_cast<std::uint32_t>(&cls - out_.classes_.data()));
  }
  PropertyNumber number_of(const OntologyProperty& property) const {
    return PropertyNumber(static_cast<std::uint32_t>(&property - out_.properties_.data()));
  }
  TermId id_of(ClassNumber cls) const { return graph_.find_iri(out_.classes_[cls.index()].iri); }
  TermId id_of(PropertyNumber property) const {
    return graph_.find_iri(out_.properties_[property.index()].iri);
  }

  template <class T>
  static void add_once(std::vector<T>& into, T value) {
    if (std::ranges::find(into, value) == into.end()) into.push_back(value);
  }

  std::vector<LanguageText> texts(TermId subject, Name predicate) const {
    std::vector<LanguageText> out;
    for (const Statement& each : about(subject, predicate)) {
      if (!each.object.is_literal()) continue;
      const TermView term = graph_.term(each.object);
      out.push_back({std::string(term.text), std::string(term.language)});
    }
    return out;
  }

  bool flag(TermId subject, Name predicate) {
    bool value = false;
    for (const Statement& each : about(subject, predicate)) {
      const std::string_view text = each.object.is_literal() ? graph_.text(each.object) : "";
      if (!is_valid_lexical(Datatype::boolean, text)) bad_value(each, "is true or false");
      value = value || text == "true" || text == "1";
    }
    return value;
  }

  std::string shown(TermId id) const { return trouble_.shown(id); }

  void bad_value(const Statement& statement, std::string_view wanted) {
    trouble_.report(DiagnosticCode::ontology_bad_value, graph_.position(statement),
                    fmt::format("{} of {} {}, not {}", shown(statement.predicate),
                                shown(statement.subject), wanted, shown(statement.object)));
  }
  void unsupported(std::size_t position, std::string_view what) {
    trouble_.report(DiagnosticCode::ontology_unsupported, position,
                    fmt::format("{} is read over", what));
  }

  const Graph& graph_;
  Names names_;
  GraphTrouble trouble_;
  Ontology out_;
};

Expected<Ontology> load_ontology(const Graph& graph, DiagnosticSink& diagnostics,
                                 const PlaceOf& place_of) {
  return OntologyLoader(graph, diagnostics, place_of).load();
}

}  // namespace dossier
