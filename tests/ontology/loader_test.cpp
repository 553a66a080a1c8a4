#include "ontology/loader.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "tests/ontology/ontology_support.hpp"

namespace dossier::test {
namespace {

std::vector<std::string> problems(std::string_view text) {
  const Graph graph = turtle(text);
  DiagnosticCollector diagnostics;
  const Expected<Ontology> loaded = load_ontology(graph, diagnostics);
  EXPECT_EQ(loaded.has_value(), !diagnostics.has_errors());
  std::vector<std::string> out;
  for (const Diagnostic& each : diagnostics.sorted()) {
    EXPECT_EQ(each.place.file, "text.ttl") << render(each);
    out.push_back(std::string(info(each.code).name) + ": " + each.message +
                  (each.hint.empty() ? "" : "; " + each.hint));
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(LoaderTest, HierarchiesThatGrowWithoutBoundAreRefused) {
  std::string text = ":c0 a owl:Class . ";
  for (int i = 1; i < 600; ++i) {
    text += ":c" + std::to_string(i) + " rdfs:subClassOf :c" + std::to_string(i - 1) + " . ";
  }
  const Graph graph = turtle(text);
  DiagnosticCollector diagnostics;
  Limits limits;
  limits.max_hierarchy = 10'000;
  const Expected<Ontology> loaded = load_ontology(graph, diagnostics, source_of, limits);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, code::limit_exceeded);
  EXPECT_TRUE(load_ontology(graph, diagnostics).has_value());
}

TEST(LoaderTest, TheDomainOntologyLoadsWithoutComplaint) {
  const Ontology ontology = domain_ontology();
  EXPECT_GT(ontology.classes().size(), 40u);
  EXPECT_GT(ontology.properties().size(), 100u);
  EXPECT_GE(ontology.links().size(), 13u);
  for (const OntologyLink& link : ontology.links()) {
    EXPECT_TRUE(link.source_end && link.target_end && link.direct) << ontology[link.cls].iri;
  }
}

TEST(LoaderTest, HierarchiesAreClosedAndInherited) {
  const Ontology ontology = ontology_of(R"(
:A a owl:Class ; dm:closed true ; dm:caption ( :name ) .
:B a owl:Class ; rdfs:subClassOf :A .
:C a owl:Class ; rdfs:subClassOf :B ; rdfs:label "sea"@de , "see"@en .
:name a owl:DatatypeProperty ; rdfs:domain :A ; rdfs:range xsd:string .
:nick a owl:DatatypeProperty ; rdfs:subPropertyOf :name .
)");
  const ClassNumber c = ontology.find_class("http://example.org/C");
  ASSERT_TRUE(c);
  EXPECT_TRUE(ontology.is_below(c, ontology.find_class("http://example.org/A")));
  EXPECT_FALSE(ontology.is_below(ontology.find_class("http://example.org/A"), c));
  EXPECT_TRUE(ontology[c].closed);
  EXPECT_EQ(ontology[c].caption.size(), 1u);
  EXPECT_EQ(ontology[c].label(), "see");
  const OntologyProperty& nick = ontology[ontology.find_property("http://example.org/nick")];
  ASSERT_EQ(nick.domains.size(), 1u);
  EXPECT_EQ(nick.ranges.at(0).datatypes, Lines{"http://www.w3.org/2001/XMLSchema#string"});
}

TEST(LoaderTest, UnionsAreResolvedThroughNamedDatatypes) {
  const Ontology ontology = ontology_of(R"(
:Partial a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; owl:unionOf ( xsd:date xsd:gYear ) ] .
:when a owl:DatatypeProperty ; rdfs:domain [ a owl:Class ; owl:unionOf ( :A :B ) ] ; rdfs:range :Partial .
:A a owl:Class . :B a owl:Class .
)");
  const OntologyProperty& when = ontology[ontology.find_property("http://example.org/when")];
  EXPECT_EQ(when.domains.at(0).classes.size(), 2u);
  EXPECT_EQ(when.ranges.at(0).datatypes.size(), 2u);
  EXPECT_EQ(when.ranges.at(0).name, "http://example.org/Partial");
}

TEST(LoaderTest, LinkClassesBelowLinkClassesInheritTheirEnds) {
  const Ontology ontology = ontology_of(R"(
:Ban a owl:Class , dm:LinkClass ; dm:sourceEnd :by ; dm:targetEnd :of ; dm:directPredicate :bans ;
  dm:qualifier :from , :why ; dm:startQualifier :from .
:AppBan a owl:Class ; rdfs:subClassOf :Ban .
:CityBan a owl:Class , dm:LinkClass ; rdfs:subClassOf :Ban ; dm:targetEnd :inCity .
:by a owl:ObjectProperty . :of a owl:ObjectProperty . :inCity a owl:ObjectProperty .
:bans a owl:ObjectProperty . :from a owl:DatatypeProperty . :why a owl:DatatypeProperty .
)");
  const OntologyLink* app = ontology.find_link(ontology.find_class("http://example.org/AppBan"));
  const OntologyLink* city = ontology.find_link(ontology.find_class("http://example.org/CityBan"));
  ASSERT_TRUE(app != nullptr && city != nullptr);
  EXPECT_EQ(ontology[app->target_end].iri, "http://example.org/of");
  EXPECT_EQ(ontology[city->target_end].iri, "http://example.org/inCity");
  EXPECT_EQ(ontology[city->source_end].iri, "http://example.org/by");
  EXPECT_EQ(city->qualifiers.size(), 2u);

  const Graph data = turtle(":b a :AppBan ; :by :g ; :of :a . :g :bans :a .");
  const LinkSchema schema = link_schema(ontology, data);
  ASSERT_EQ(schema.links.size(), 1u);
  EXPECT_EQ(data.text(schema.links[0].cls), "http://example.org/AppBan");
  EXPECT_EQ(data.text(schema.links[0].direct_predicate), "http://example.org/bans");
  EXPECT_FALSE(schema.links[0].start);
}

TEST(LoaderTest, ContradictionsAreReportedWhereTheyBegin) {
  EXPECT_EQ(problems(R"(
:A a owl:Class ; owl:disjointWith :B . :B a owl:Class .
:C a owl:Class ; rdfs:subClassOf :A , :B . :D a owl:Class ; rdfs:subClassOf :C .
)"),
            Lines{"ontology_contradiction: <http://example.org/C> is below <http://example.org/A> "
                  "and <http://example.org/B>, which are disjoint"});
  EXPECT_EQ(problems(":A a owl:Class ; rdfs:subClassOf :B . :B a owl:Class ; rdfs:subClassOf :A ; "
                     "owl:disjointWith :A ."),
            (Lines{"ontology_contradiction: <http://example.org/A> is below <http://example.org/A> "
                   "and <http://example.org/B>, which are disjoint",
                   "ontology_contradiction: <http://example.org/B> is below <http://example.org/A> "
                   "and <http://example.org/B>, which are disjoint",
                   "ontology_cycle: <http://example.org/A> is below itself, through "
                   "<http://example.org/B>"}));
  EXPECT_EQ(problems(R"(
[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .
:A a owl:Class . :B a owl:Class . :C a owl:Class . :D a owl:Class ; rdfs:subClassOf :A , :C .
)")
                .size(),
            1u);
}

TEST(LoaderTest, MistakesHaveTheirMessage) {
  EXPECT_EQ(problems(":L a owl:Class , dm:LinkClass ; dm:sourceEnd :s . :s a owl:ObjectProperty ."),
            Lines{"ontology_link_ends: the link class <http://example.org/L> lacks dm:targetEnd"});
  EXPECT_EQ(
      problems(":p a rdf:Property ; rdfs:domain xsd:string ."),
      Lines{"ontology_domain: the domain of <http://example.org/p> is xsd:string, a datatype"});
  EXPECT_EQ(problems(":p a owl:ObjectProperty ; rdfs:range xsd:date ."),
            Lines{"ontology_range: <http://example.org/p> is an object property, but its range is "
                  "xsd:date"});
  EXPECT_EQ(problems(":p a owl:ObjectProperty , owl:DatatypeProperty ."),
            Lines{"ontology_property_kind: <http://example.org/p> is an object property and a "
                  "datatype property"});
  EXPECT_EQ(problems(":Person a owl:Class . :p a owl:ObjectProperty ; rdfs:domain :Preson ."),
            Lines{"ontology_undefined_term: <http://example.org/Preson> is used as a class but not "
                  "declared; did you mean <http://example.org/Person>?"});
  EXPECT_EQ(problems(":A a owl:Class ; dm:closed \"maybe\" .").size(), 1u);
  EXPECT_EQ(problems(":A a owl:Class ; rdfs:subClassOf \"B\" .").size(), 1u);
  EXPECT_EQ(problems(":p rdfs:range :A ; rdfs:domain [ owl:unionOf :A ] . :A a owl:Class .").size(),
            1u);
  EXPECT_EQ(problems(":a :b :c ."), Lines{"ontology_empty: no class and no property is declared"});
}

}  // namespace
}  // namespace dossier::test
