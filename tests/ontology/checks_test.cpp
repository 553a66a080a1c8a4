// The closed-world checks of an ontology: each rule with what breaks it and what does not.
#include <gtest/gtest.h>

#include "tests/ontology/ontology_support.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kOntology = R"(
own:Thing a owl:Class .
own:Agent a owl:Class ; rdfs:subClassOf own:Thing ; owl:disjointWith own:App .
own:Person a owl:Class ; rdfs:subClassOf own:Agent .
own:Company a owl:Class ; rdfs:subClassOf own:Agent .
own:App a owl:Class ; rdfs:subClassOf own:Thing .
own:Page a owl:Class ; dm:external true .
own:Address a owl:Class ; dm:closed true .
own:Status a owl:Class . own:active a own:Status .
own:Ownership a owl:Class , dm:LinkClass ; dm:sourceEnd own:owner ; dm:targetEnd own:asset ;
  dm:directPredicate own:owns ; dm:startQualifier own:from ; dm:endQualifier own:to ;
  dm:qualifier own:from , own:to .
own:owner a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:domain own:Ownership ; rdfs:range own:Agent .
own:asset a owl:ObjectProperty ; rdfs:domain own:Ownership ; rdfs:range [ owl:unionOf ( own:App own:Company ) ] .
own:owns a owl:ObjectProperty , owl:IrreflexiveProperty , owl:AsymmetricProperty .
own:from a owl:DatatypeProperty ; rdfs:domain own:Ownership ; rdfs:range own:Date .
own:to a owl:DatatypeProperty ; rdfs:domain own:Ownership ; rdfs:range own:Date .
own:Date a rdfs:Datatype ; owl:equivalentClass [ owl:unionOf ( xsd:date xsd:gYear xsd:gYearMonth ) ] .
own:name a owl:DatatypeProperty ; rdfs:domain own:Thing ; rdfs:range xsd:string .
own:size a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:domain own:Thing ; rdfs:range xsd:integer .
own:code a owl:DatatypeProperty , owl:InverseFunctionalProperty ; rdfs:domain own:Thing .
own:street a owl:DatatypeProperty ; rdfs:domain own:Address .
own:status a owl:ObjectProperty ; rdfs:range own:Status .
own:page a owl:ObjectProperty ; rdfs:range own:Page .
own:Person owl:hasKey ( own:born own:name ) . own:born a owl:DatatypeProperty .
own:likes a owl:ObjectProperty ; owl:propertyDisjointWith own:hates . own:hates a owl:ObjectProperty .
)";

std::map<std::string, std::uint64_t> found(std::string_view data) {
  const Ontology ontology = ontology_of(kOntology);
  const Graph graph = turtle(data);
  const ShapeSet none;
  ValidationOptions options;
  options.own_namespaces = {"http://example.org/"};
  const Expected<Findings> findings = validate(graph, &ontology, none, options);
  if (!findings) {
    ADD_FAILURE() << render(findings.error());
    return {};
  }
  EXPECT_EQ(findings->kept_count(), findings->count());
  for (const Finding& each : findings->kept()) EXPECT_NE(each.statement, kNoStatement);
  return rule_counts(*findings);
}

using Counts = std::map<std::string, std::uint64_t>;

TEST(ChecksTest, GoodDataHasNoFindings) {
  EXPECT_EQ(found(R"(
:p a own:Person ; own:name "P" ; own:size 3 ; own:status own:active ; own:page <http://w.org/p> , <http://example.org/page> .
:a a own:App ; own:name "A" ; rdfs:label "A"@en .
:o a own:Ownership ; own:owner :p ; own:asset :a ; own:from "2020"^^xsd:gYear ; own:to "2020-03-01"^^xsd:date .
:p own:owns :a .
:address a own:Address ; own:street "S" ; rdfs:label "x" .
:other a <http://elsewhere.org/Thing> ; <http://elsewhere.org/name> "x" ; <http://elsewhere.org/knows> <http://nowhere.org/x> .
)"),
            Counts{});
}

TEST(ChecksTest, UnknownTermsOfDeclaredNamespaces) {
  EXPECT_EQ(
      found(R"(:p a own:Persona , own:Person ; own:nmae "x" , "y" ; <http://else.org/p> 1 .)"),
      (Counts{{"unknown_class Persona", 1}, {"unknown_property nmae", 2}}));
}

TEST(ChecksTest, StrictKnowsNoOtherNamespaces) {
  const Ontology ontology = ontology_of(kOntology);
  const Graph graph = turtle(":p a own:Person , <http://else.org/C> ; <http://else.org/p> 1 .");
  const ShapeSet none;
  ValidationOptions options;
  options.strict = true;
  const auto findings = validate(graph, &ontology, none, options);
  EXPECT_EQ(rule_counts(*findings), (Counts{{"unknown_class C", 1}, {"unknown_property p", 1}}));
}

TEST(ChecksTest, SuggestionsNameTheNearestTerm) {
  const Ontology ontology = ontology_of(kOntology);
  const Graph graph = turtle(":p a own:Persona ; own:nmae 1 .");
  const ShapeSet none;
  const auto findings = validate(graph, &ontology, none);
  std::set<std::string> hints;
  const Describer describer(*findings, Prefixes::well_known());
  for (const Finding& each : findings->kept()) hints.insert(describer.describe(each).hint);
  EXPECT_TRUE(hints.contains("did you mean <http://example.org/own/Person>?"));
  EXPECT_TRUE(hints.contains("did you mean <http://example.org/own/name>?"));
}

TEST(ChecksTest, DomainAndRange) {
  EXPECT_EQ(found(R"(
:p a own:Person ; own:street "x" , "y" ; own:name 5 , "ok" , :a ; own:size "x" , 1.5 ; own:status :a .
:a a own:App ; own:owns "x" .
)"),
            (Counts{{"domain_mismatch street", 1},
                    {"range_mismatch name", 2},
                    {"range_mismatch size", 2},
                    {"functional_property size", 1},
                    {"range_mismatch status", 1},
                    {"range_mismatch owns", 1}}));
  // A derived datatype is of its base; a value without a class is judged elsewhere.
  EXPECT_EQ(found(R"(
:p a own:Person ; own:size "5"^^xsd:byte ; own:status <http://else.org/s> .)"),
            Counts{});
}

TEST(ChecksTest, LinkEnds) {
  EXPECT_EQ(found(R"(
:p a own:Person . :q a own:Person . :a a own:App . :b a own:App .
:o1 a own:Ownership ; own:asset :a .
:o2 a own:Ownership .
:o3 a own:Ownership ; own:owner :p , :q ; own:asset :a , :b .
:o4 a own:Ownership ; own:owner :b ; own:asset :p .
)"),
            (Counts{{"link_end_missing owner", 2},
                    {"link_end_missing asset", 1},
                    {"link_end_repeated owner", 1},
                    {"link_end_class owner", 1},
                    {"link_end_class asset", 1}}));
}

TEST(ChecksTest, LiteralsAndDates) {
  EXPECT_EQ(
      found(R"(
:p a own:Person . :a a own:App ; own:size "many"^^xsd:integer ; rdfs:label "31.2.24"^^xsd:date .
:o a own:Ownership ; own:owner :p ; own:asset :a ; own:from "2024-02-30"^^xsd:date .
:o1 a own:Ownership ; own:owner :p ; own:asset :a ; own:from "2021"^^xsd:gYear ; own:to "2020-03"^^xsd:gYearMonth .
:o2 a own:Ownership ; own:owner :p ; own:asset :a ; own:from "2020-03"^^xsd:gYearMonth ; own:to "2020"^^xsd:gYear .
)"),
      (Counts{
          {"bad_lexical_form date", 2}, {"bad_lexical_form integer", 1}, {"date_order from", 1}}));
}

TEST(ChecksTest, ClosedDisjointAndKeys) {
  EXPECT_EQ(found(R"(
:x a own:Address ; own:street "s" ; own:name "n" ; <http://else.org/p> 1 .
:y a own:Person , own:App ; own:code "1" . :z a own:App ; own:code "1" . :w a own:App ; own:code "2" .
)"),
            (Counts{{"closed_class Address", 2},
                    {"disjoint_classes App", 1},
                    {"inverse_functional_property code", 1}}));
}

TEST(ChecksTest, KeysOfSeveralProperties) {
  EXPECT_EQ(found(R"(
:a a own:Person ; own:name "n" ; own:born 1970 . :b a own:Person ; own:name "n" ; own:born 1971 .
:c a own:Person ; own:name "n" . :d a own:Company ; own:name "n" ; own:born 1970 .
)"),
            Counts{});
  EXPECT_EQ(found(R"(
:a a own:Person ; own:name "n" ; own:born 1970 . :b a own:Person ; own:name "n" ; own:born 1971 .
:c a own:Person ; own:name "m" , "n" ; own:born 1970 .
)"),
            (Counts{{"shared_key Person", 2}}));
}

TEST(ChecksTest, RelationsBetweenThings) {
  EXPECT_EQ(found(R"(
:p a own:Person ; own:owns :p , :c ; own:likes :c , :p ; own:hates :c . :c a own:Company ; own:owns :p .
)"),
            (Counts{{"irreflexive_property owns", 1},
                    {"asymmetric_property owns", 2},
                    {"disjoint_properties hates", 1}}));
}

TEST(ChecksTest, DanglingReferencesAndThingsWithoutAClass) {
  EXPECT_EQ(found(R"(
:p a own:Person ; own:owns :nothing , <http://else.org/x> , own:active ; <http://else.org/p> :nobody .
:q own:name "x" . :r <http://else.org/p> 1 .
)"),
            (Counts{{"dangling_reference owns", 1},
                    {"dangling_reference p", 1},
                    {"untyped_subject", 1},
                    {"domain_mismatch name", 1}}));
}

TEST(ChecksTest, RestrictionsAreChecks) {
  const Ontology ontology = ontology_of(R"(
own:Firm a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty own:boss ; owl:someValuesFrom own:Person ] ,
  [ a owl:Restriction ; owl:onProperty own:staff ; owl:allValuesFrom own:Person ] ,
  [ a owl:Restriction ; owl:onProperty own:seat ; owl:cardinality 1 ] ,
  [ a owl:Restriction ; owl:onProperty own:kind ; owl:hasValue "firm" ] ,
  [ a owl:Restriction ; owl:onProperty own:staff ; owl:maxQualifiedCardinality 1 ; owl:onClass own:Chief ] .
own:Person a owl:Class . own:Chief a owl:Class ; rdfs:subClassOf own:Person . own:Small a owl:Class ; rdfs:subClassOf own:Firm .
own:boss a owl:ObjectProperty . own:staff a owl:ObjectProperty . own:seat a owl:DatatypeProperty . own:kind a owl:DatatypeProperty .
)");
  const Graph graph = turtle(R"(
:p a own:Person . :c a own:Chief . :d a own:Chief . :x a own:Firm ; own:boss :c ; own:seat "s" ; own:kind "firm" ; own:staff :c , :p .
:y a own:Small ; own:boss :x ; own:seat "s" , "t" ; own:kind "shop" ; own:staff :x , :c , :d .
:z a own:Firm ; own:kind "firm" .
)");
  const ShapeSet none;
  const auto findings = validate(graph, &ontology, none);
  EXPECT_EQ(rule_counts(*findings), (Counts{{"cardinality_restriction seat", 2},
                                            {"cardinality_restriction staff", 1},
                                            {"value_restriction boss", 2},
                                            {"value_restriction staff", 1},
                                            {"value_restriction kind", 1}}))
      << listing(*findings);
}

}  // namespace
}  // namespace dossier::test
