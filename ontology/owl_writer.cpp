#include <algorithm>

#include <fmt/format.h>

#include "graph/statement_writer.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/schema_writers.hpp"

namespace dossier {
namespace {

class OwlWriter {
 public:
  OwlWriter(const ClassSlots& slots, StatementSinkRef out)
      : slots_(slots), ontology_(slots.ontology()), out_(out) {}

  void run() {
    for (std::size_t i = 0; i < ontology_.classes().size(); ++i) {
      say_class(ClassNumber(static_cast<std::uint32_t>(i)));
    }
    for (const OntologyProperty& each : ontology_.properties()) say_property(each);
    for (const OntologyLink& each : ontology_.links()) say_link(each);
    for (const OntologyEnumeration& each : ontology_.enumerations()) say_enumeration(each);
    for (const OntologyIndividual& each : ontology_.individuals()) {
      for (const ClassNumber cls : each.classes) {
        out_.type(OwnedTerm::iri(each.iri), ontology_[cls].iri);
      }
    }
  }

 private:
  void say_common(const OntologyTerm& term) {
    const OwnedTerm subject = OwnedTerm::iri(term.iri);
    for (const LanguageText& each : term.labels) {
      out_.say(subject, rdfs::kLabel, OwnedTerm::in_language(each.text, each.language));
    }
    for (const LanguageText& each : term.definitions) {
      out_.say(subject, iri_of(Name::skos_definition),
               OwnedTerm::in_language(each.text, each.language));
    }
    for (const TermMapping& each : term.mappings) {
      out_.say(subject, iri_of(each.relation), OwnedTerm::iri(each.iri));
    }
    if (!term.name.empty() && term.name != local_part(term.iri)) {
      out_.say(subject, iri_of(Name::dm_name), OwnedTerm::literal(term.name));
    }
    if (term.deprecated) {
      out_.say(subject, iri_of(Name::owl_deprecated), OwnedTerm::truth(true));
    }
  }

  void flag(const OwnedTerm& subject, Name name, bool value) {
    if (value) out_.say(subject, iri_of(name), OwnedTerm::truth(true));
  }

  void say_class(ClassNumber number) {
    const OntologyClass& cls = ontology_[number];
    if (!cls.declared) return;
    const OwnedTerm subject = OwnedTerm::iri(cls.iri);
    out_.type(subject, iri_of(Name::owl_class));
    say_common(cls);
    for (const ClassNumber each : cls.supers) {
      out_.say(subject, rdfs::kSubClassOf, OwnedTerm::iri(ontology_[each].iri));
    }
    for (const ClassNumber each : cls.disjoint) {
      if (number < each) {
        out_.say(subject, iri_of(Name::owl_disjoint_with), OwnedTerm::iri(ontology_[each].iri));
      }
    }
    flag(subject, Name::dm_abstract, cls.abstract);
    flag(subject, Name::dm_root, cls.root);
    flag(subject, Name::dm_closed, cls.closed);
    flag(subject, Name::dm_external, cls.external);
    if (cls.identifier) {
      out_.say(subject, iri_of(Name::dm_identifier), OwnedTerm::iri(ontology_[cls.identifier].iri));
    }
    say_properties(subject, Name::dm_caption, cls.caption, "caption");
    say_properties(subject, Name::dm_featured, cls.featured, "featured");
    for (std::size_t i = 0; i < cls.keys.size(); ++i) {
      say_properties(subject, Name::owl_has_key, cls.keys[i], fmt::format("key{}", i));
    }
    for (const Slot& slot : slots_.own(number)) say_slot(subject, slot);
  }

  void say_properties(const OwnedTerm& subject, Name predicate,
                      const std::vector<PropertyNumber>& properties, std::string_view kind) {
    if (properties.empty()) return;
    std::vector<OwnedTerm> terms;
    for (const PropertyNumber each : properties) {
      terms.push_back(OwnedTerm::iri(ontology_[each].iri));
    }
    out_.list(subject, iri_of(predicate), terms,
              fmt::format("{}_{}", kind, blank_label(subject.text)));
  }

  // What a class says of a property beyond its domain and range: restrictions (OWL 2, 8.2, 8.3).
  void say_slot(const OwnedTerm& cls, const Slot& slot) {
    if (slot.identifier) return;
    const OntologyProperty& property = ontology_[slot.property];
    const auto restriction = [&](std::string_view kind) {
      OwnedTerm node = OwnedTerm::blank(
          fmt::format("{}_{}_{}", kind, blank_label(cls.text), blank_label(property.iri)));
      out_.say(cls, rdfs::kSubClassOf, node);
      out_.type(node, iri_of(Name::owl_restriction));
      out_.say(node, iri_of(Name::owl_on_property), OwnedTerm::iri(property.iri));
      return node;
    };
    const auto count = [&](std::string_view kind, Name predicate, std::uint64_t number) {
      const OwnedTerm value = OwnedTerm::literal(
          fmt::format("{}", number), std::string(xsd::kNamespace) + "nonNegativeInteger");
      out_.say(restriction(kind), iri_of(predicate), value);
    };
    if (slot.least == slot.most) {
      count("exactly", Name::owl_cardinality, slot.least);
    } else {
      if (slot.least > 0) count("least", Name::owl_min_cardinality, slot.least);
      if (slot.most != UINT64_MAX && !property.functional) {
        count("most", Name::owl_max_cardinality, slot.most);
      }
    }
    if (slot.wants.unions.empty()) return;
    const OwnedTerm node = restriction("all");
    say_union(node, iri_of(Name::owl_all_values_from), slot.wants.unions.back(), node.text);
  }

  void say_union(const OwnedTerm& subject, std::string_view predicate, const ValueUnion& values,
                 const std::string& label) {
    const OntologyEnumeration* const listed = ontology_.find_enumeration(values.name);
    if (listed != nullptr) return out_.say(subject, predicate, OwnedTerm::iri(listed->iri));
    std::vector<OwnedTerm> members;
    for (const ClassNumber each : values.classes) {
      members.push_back(OwnedTerm::iri(ontology_[each].iri));
    }
    for (const std::string& each : values.datatypes) members.push_back(OwnedTerm::iri(each));
    if (values.any_thing) members.push_back(OwnedTerm::iri(iri_of(Name::owl_thing)));
    if (values.any_literal) members.push_back(OwnedTerm::iri(iri_of(Name::rdfs_literal)));
    if (members.size() == 1) return out_.say(subject, predicate, members[0]);
    const OwnedTerm node = OwnedTerm::blank("union_" + label);
    out_.say(subject, predicate, node);
    out_.type(node, iri_of(values.wants_things() ? Name::owl_class : Name::rdfs_datatype));
    out_.list(node, iri_of(Name::owl_union_of), members, "members_" + label);
  }

  void say_property(const OntologyProperty& property) {
    if (!property.declared) return;
    const OwnedTerm subject = OwnedTerm::iri(property.iri);
    Name kind = Name::rdf_property;
    if (property.kind == PropertyKind::object) kind = Name::owl_object_property;
    if (property.kind == PropertyKind::datatype) kind = Name::owl_datatype_property;
    if (property.kind == PropertyKind::annotation) kind = Name::owl_annotation_property;
    out_.type(subject, iri_of(kind));
    say_common(property);
    struct Trait {
      bool has;
      Name name;
    };
    const Trait traits[] = {
        {property.functional, Name::owl_functional_property},
        {property.inverse_functional, Name::owl_inverse_functional_property},
        {property.symmetric, Name::owl_symmetric_property},
        {property.asymmetric, Name::owl_asymmetric_property},
        {property.transitive, Name::owl_transitive_property},
        {property.irreflexive, Name::owl_irreflexive_property},
    };
    for (const Trait& each : traits) {
      if (each.has) out_.type(subject, iri_of(each.name));
    }
    // Inherited ones follow from rdfs:subPropertyOf, and saying them again changes nothing.
    const std::string label = blank_label(property.iri);
    for (std::size_t i = 0; i < property.domains.size(); ++i) {
      say_union(subject, rdfs::kDomain, property.domains[i], fmt::format("domain{}_{}", i, label));
    }
    for (std::size_t i = 0; i < property.ranges.size(); ++i) {
      say_union(subject, rdfs::kRange, property.ranges[i], fmt::format("range{}_{}", i, label));
    }
    const auto say_each = [&](Name predicate, const std::vector<PropertyNumber>& others) {
      for (const PropertyNumber each : others) {
        out_.say(subject, iri_of(predicate), OwnedTerm::iri(ontology_[each].iri));
      }
    };
    say_each(Name::rdfs_sub_property_of, property.supers);
    say_each(Name::owl_inverse_of, property.inverses);
    say_each(Name::owl_property_disjoint_with, property.disjoint);
    for (std::size_t i = 0; i < property.chains.size(); ++i) {
      say_properties(subject, Name::owl_property_chain_axiom, property.chains[i],
                     fmt::format("chain{}", i));
    }
  }

  void say_link(const OntologyLink& link) {
    const OwnedTerm subject = OwnedTerm::iri(ontology_[link.cls].iri);
    out_.type(subject, iri_of(Name::dm_link_class));
    const auto say = [&](Name predicate, PropertyNumber property) {
      if (property) out_.say(subject, iri_of(predicate), OwnedTerm::iri(ontology_[property].iri));
    };
    say(Name::dm_source_end, link.source_end);
    say(Name::dm_target_end, link.target_end);
    say(Name::dm_direct_predicate, link.direct);
    say(Name::dm_start_qualifier, link.start);
    say(Name::dm_end_qualifier, link.end);
    for (const PropertyNumber each : link.qualifiers) say(Name::dm_qualifier, each);
    flag(subject, Name::dm_symmetric, link.symmetric);
  }

  void say_enumeration(const OntologyEnumeration& each) {
    const OwnedTerm subject = OwnedTerm::iri(each.iri);
    const std::string label = blank_label(each.iri);
    const bool is_class = static_cast<bool>(ontology_.find_class(each.iri));
    std::vector<OwnedTerm> terms;
    for (const EnumerationValue& value : each.values) terms.push_back(value.term);
    out_.type(subject, iri_of(Name::dm_enumeration));
    if (!is_class) say_common(each);
    if (is_class) {
      out_.list(subject, iri_of(Name::owl_one_of), terms, "values_" + label);
    } else {
      out_.type(subject, iri_of(Name::rdfs_datatype));
      if (terms.empty()) return;
      const OwnedTerm node = OwnedTerm::blank("values_" + label);
      out_.say(subject, iri_of(Name::owl_equivalent_class), node);
      out_.type(node, iri_of(Name::rdfs_datatype));
      out_.list(node, iri_of(Name::owl_one_of), terms, "values_" + label);
    }
    say_values(each, subject, label);
  }

  // What the list cannot hold: the text of a value that is an IRI, and what is said of values.
  void say_values(const OntologyEnumeration& each, const OwnedTerm& subject,
                  const std::string& label) {
    std::vector<OwnedTerm> nodes;
    for (std::size_t i = 0; i < each.values.size(); ++i) {
      const EnumerationValue& value = each.values[i];
      const OwnedTerm node = OwnedTerm::blank(fmt::format("value_{}_{}", label, i));
      out_.say(node, iri_of(Name::dm_text), OwnedTerm::literal(value.text));
      out_.say(node, iri_of(Name::dm_value), value.term);
      if (!value.label.empty()) out_.say(node, rdfs::kLabel, OwnedTerm::literal(value.label));
      if (!value.definition.empty()) {
        out_.say(node, iri_of(Name::skos_definition), OwnedTerm::literal(value.definition));
      }
      nodes.push_back(node);
    }
    out_.list(subject, iri_of(Name::dm_values), nodes, "described_" + label);
  }

  const ClassSlots& slots_;
  const Ontology& ontology_;
  StatementWriter out_;
};

}  // namespace

void write_owl(const ClassSlots& slots, StatementSinkRef out) {
  OwlWriter(slots, out).run();
}

}  // namespace dossier
