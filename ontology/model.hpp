// The ontology as a model: classes, properties and link classes, closed over rdfs:subClassOf and
// rdfs:subPropertyOf. It owns its texts and depends on no graph, so it can outlive the one that it
// was loaded from. Immutable once loaded (loader.hpp); any number of threads read it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "graph/graph.hpp"
#include "graph/links.hpp"
#include "graph/statement_writer.hpp"
#include "ontology/shapes.hpp"

namespace dossier {

using ClassNumber = Id<struct OntologyClassTag>;
using PropertyNumber = Id<struct OntologyPropertyTag>;

// "One of these": the members of owl:unionOf, or a single class or datatype.
struct ValueUnion {
  std::vector<ClassNumber> classes;
  std::vector<std::string> datatypes;  // IRIs; named unions are resolved to their members
  bool any_literal = false;            // rdfs:Literal
  bool any_thing = false;              // owl:Thing, rdfs:Resource
  std::string name;                    // for people, when the union has one: dos:PartialDate

  bool wants_things() const { return !classes.empty() || any_thing; }
  bool wants_literals() const { return !datatypes.empty() || any_literal; }
};

enum class RestrictionKind : std::uint8_t { some, all, has_value, count };

// A superclass that is an owl:Restriction.
struct Restriction {
  RestrictionKind kind{};
  PropertyNumber property;
  ValueUnion values;  // some, all; of count: which values are counted (empty: all)
  OwnedTerm value;    // has_value
  std::uint64_t least = 0;
  std::uint64_t most = UINT64_MAX;
};

// A term of another vocabulary that means about the same.
struct TermMapping {
  Name relation{};  // skos_exact_match and its like
  std::string iri;
};

// What classes, properties and enumerations have in common.
struct OntologyTerm {
  std::string iri;
  std::string name;  // dm:name
  std::vector<TermMapping> mappings;
  std::vector<LanguageText> labels;
  std::vector<LanguageText> definitions;
  bool declared = false;  // else only referred to
  bool deprecated = false;
  std::size_t position = 0;  // of a statement about it in the graph it was loaded from

  // The English or first label, else the end of the IRI.
  std::string_view label() const;
  // The English or first definition; may be empty.
  std::string_view definition() const;
  // The key in documents (JSON), else the end of the IRI.
  std::string_view document_name() const;
};

struct OntologyClass : OntologyTerm {
  std::vector<ClassNumber> supers;                // as stated
  std::vector<ClassNumber> ancestors;             // itself and all above, in order
  std::vector<ClassNumber> disjoint;              // as stated, both ways
  std::vector<PropertyNumber> caption;            // own or inherited, best first
  std::vector<PropertyNumber> featured;           // own: what to show first
  std::vector<Restriction> restrictions;          // own
  std::vector<std::vector<PropertyNumber>> keys;  // own: owl:hasKey
  PropertyNumber identifier;  // own or inherited: what documents hold in place of the IRI
  bool abstract = false;      // own
  bool root = false;          // a document is one of these
  bool closed = false;        // own or inherited
  bool external = false;      // own or inherited
};

enum class PropertyKind : std::uint8_t { any, object, datatype, annotation };

struct OntologyProperty : OntologyTerm {
  PropertyKind kind = PropertyKind::any;
  std::vector<ValueUnion> domains;  // own and inherited; all must hold
  std::vector<ValueUnion> ranges;   // own and inherited; all must hold
  std::vector<PropertyNumber> supers;
  std::vector<PropertyNumber> ancestors;  // itself and all above, in order
  std::vector<PropertyNumber> inverses;   // as stated, both ways
  std::vector<PropertyNumber> disjoint;   // as stated, both ways
  std::vector<std::vector<PropertyNumber>> chains;
  bool functional = false;
  bool inverse_functional = false;
  bool symmetric = false;
  bool asymmetric = false;
  bool transitive = false;
  bool irreflexive = false;
};

struct OntologyLink {
  ClassNumber cls;
  PropertyNumber source_end;
  PropertyNumber target_end;
  PropertyNumber direct;  // may be none
  std::vector<PropertyNumber> qualifiers;
  PropertyNumber start;  // may be none
  PropertyNumber end;
  bool symmetric = false;
};

struct EnumerationValue {
  std::string text;  // in documents
  OwnedTerm term;    // in RDF
  std::string label;
  std::string definition;
};

// A closed list of values: owl:oneOf, or dm:values where more is known of them.
struct OntologyEnumeration : OntologyTerm {
  std::vector<EnumerationValue> values;  // in the order of the list
};

struct OntologyIndividual {
  std::string iri;
  std::vector<ClassNumber> classes;
};

// What a loader fills; an Ontology shows it.
struct OntologyParts {
  std::vector<OntologyClass> classes;             // in the order of IRIs
  std::vector<OntologyProperty> properties;       // in the order of IRIs
  std::vector<OntologyLink> links;                // in the order of classes
  std::vector<OntologyIndividual> individuals;    // in the order of IRIs
  std::vector<OntologyEnumeration> enumerations;  // in the order of IRIs
  std::vector<std::string> namespaces;            // in which terms are declared, in order

  ClassNumber find_class(std::string_view iri) const;        // none when there is no such
  PropertyNumber find_property(std::string_view iri) const;  // none when there is no such
};

class Ontology {
 public:
  Ontology() = default;
  explicit Ontology(OntologyParts parts) : parts_(std::move(parts)) {}

  std::span<const OntologyClass> classes() const { return parts_.classes; }  // in order of IRI
  std::span<const OntologyProperty> properties() const { return parts_.properties; }
  std::span<const OntologyLink> links() const { return parts_.links; }  // in order of class
  std::span<const OntologyIndividual> individuals() const { return parts_.individuals; }
  std::span<const OntologyEnumeration> enumerations() const { return parts_.enumerations; }
  const OntologyEnumeration* find_enumeration(std::string_view iri) const;  // null: none
  const OntologyClass& operator[](ClassNumber id) const { return parts_.classes[id.index()]; }
  const OntologyProperty& operator[](PropertyNumber id) const {
    return parts_.properties[id.index()];
  }
  ClassNumber find_class(std::string_view iri) const { return parts_.find_class(iri); }
  PropertyNumber find_property(std::string_view iri) const { return parts_.find_property(iri); }
  const OntologyLink* find_link(ClassNumber cls) const;     // null when it is no link class
  bool is_below(ClassNumber sub, ClassNumber super) const;  // or the same

  std::span<const std::string> namespaces() const { return parts_.namespaces; }
  bool declares_namespace_of(std::string_view iri) const;
  bool empty() const { return parts_.classes.empty() && parts_.properties.empty(); }

  // The declared name nearest to the IRI's own, of the same namespace or any: for suggestions.
  std::optional<std::string> nearest_class(std::string_view iri) const;
  std::optional<std::string> nearest_property(std::string_view iri) const;

 private:
  OntologyParts parts_;
};

// The links in ids of `graph`, for exporters and analytics.
LinkSchema link_schema(const Ontology& ontology, const Graph& graph);

}  // namespace dossier
