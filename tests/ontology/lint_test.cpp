#include "ontology/lint.hpp"

#include <gtest/gtest.h>

#include "tests/ontology/ontology_support.hpp"

namespace dossier::test {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const DiagnosticCollector& diagnostics) {
  Lines out;
  for (const Diagnostic& each : diagnostics.sorted()) {
    out.push_back(std::string(info(each.code).name) + ": " + each.message +
                  (each.hint.empty() ? "" : "; " + each.hint));
  }
  return out;
}

Lines lint(std::string_view text) {
  const Graph graph = turtle(text);
  DiagnosticCollector diagnostics;
  const auto ontology = load_ontology(graph, diagnostics);
  if (ontology) lint_ontology(*ontology, graph, diagnostics);
  return lines_of(diagnostics);
}

Lines lint_of_shapes(std::string_view text, std::string_view ontology_text = "") {
  const Graph graph = turtle(text);
  const ShapeSet shapes = shapes_of(graph);
  DiagnosticCollector diagnostics;
  const Ontology ontology = ontology_text.empty() ? Ontology() : ontology_of(ontology_text);
  lint_shapes(shapes, ontology_text.empty() ? nullptr : &ontology, diagnostics);
  return lines_of(diagnostics);
}

TEST(LintTest, TheDomainOntologyAndItsShapesAreClean) {
  const Graph graph = turtle_files({source_path("ontology/vocabulary/dossier.ttl"),
                                    source_path("ontology/vocabulary/meta.ttl")});
  DiagnosticCollector diagnostics;
  const auto ontology = load_ontology(graph, diagnostics);
  ASSERT_TRUE(ontology.has_value());
  lint_ontology(*ontology, graph, diagnostics);
  const Graph shapes_graph = turtle_files({source_path("ontology/vocabulary/shapes.ttl")});
  const auto shapes = load_shapes(shapes_graph, {}, diagnostics);
  ASSERT_TRUE(shapes.has_value());
  lint_shapes(*shapes, &*ontology, diagnostics);
  EXPECT_EQ(lines_of(diagnostics), Lines{});
}

TEST(LintTest, OddOntologies) {
  EXPECT_EQ(
      lint(":A a owl:Class ; rdfs:label \"a\" . :a a owl:Class ; rdfs:label \"b\" ."),
      Lines{"ontology_similar_names: <http://example.org/A> and <http://example.org/a> differ "
            "in letter case only"});
  EXPECT_EQ(lint(":A a owl:Class ."),
            Lines{"ontology_no_label: the class <http://example.org/A> has "
                  "no label"});
  EXPECT_EQ(
      lint(":A a owl:Class ; rdfs:label \"a\"@en , \"x\"@en , \"y\"@de ."),
      Lines{"ontology_two_labels: <http://example.org/A> has the labels \"a\" and \"x\" in en"});
}

// Two files in one graph, with places as the command tells them.
Lines lint_of_files(std::string_view first, std::string_view second) {
  const NamedText texts[] = {{"a.ttl", std::string(first)}, {"b.ttl", std::string(second)}};
  const Graph graph = turtle_texts(texts);
  DiagnosticCollector diagnostics;
  const auto ontology = load_ontology(graph, diagnostics);
  if (ontology) lint_ontology(*ontology, graph, diagnostics);
  return lines_of(diagnostics);
}

TEST(LintTest, TermsThatTwoFilesDefineDifferently) {
  const std::string person = ":A a owl:Class ; rdfs:label \"a\" .";
  EXPECT_EQ(lint_of_files(person, person), Lines{});
  EXPECT_EQ(lint_of_files(person, ":A rdfs:label \"x\"@en ; rdfs:comment \"c\" ."), Lines{});
  EXPECT_EQ(lint_of_files(person, ":A rdfs:label \"b\" ."),
            Lines{"ontology_defined_twice: <http://example.org/A> is defined twice: the label is "
                  "\"a\" here and \"b\" at b.ttl"});
  EXPECT_EQ(lint_of_files(person + " :A rdfs:comment \"one\"@en .", ":A rdfs:comment \"two\"@en ."),
            Lines{"ontology_defined_twice: <http://example.org/A> is defined twice: the comment is "
                  "\"one\" here and \"two\" at b.ttl"});
  EXPECT_EQ(lint_of_files(person, ":A a owl:DatatypeProperty ."),
            Lines{"ontology_defined_twice: <http://example.org/A> is defined twice: the kind is "
                  "owl:Class here and owl:DatatypeProperty at b.ttl"});
}

TEST(LintTest, DomainsAndRangesThatExcludeEachOther) {
  const std::string classes =
      ":A a owl:Class ; rdfs:label \"a\" ; owl:disjointWith :B . :B a owl:Class ; rdfs:label \"b\" "
      ". "
      ":p a owl:ObjectProperty ; rdfs:label \"p\" ; ";
  for (const std::string_view what : {"rdfs:domain", "rdfs:range"}) {
    const Lines lines = lint(classes + std::string(what) + " :A , :B .");
    ASSERT_EQ(lines.size(), 1u) << what;
    EXPECT_TRUE(lines[0].starts_with("ontology_clash: ")) << lines[0];
    EXPECT_EQ(lint(classes + std::string(what) + " :A ."), Lines{});
  }
}

TEST(LintTest, ShapesThatNeverHold) {
  const auto why = [](std::string_view constraints) {
    const Lines lines = lint_of_shapes(":s sh:path :p ; " + std::string(constraints) + " .");
    const std::string start = "shape_unsatisfiable: <http://example.org/s> can never hold: ";
    if (lines.size() != 1 || !lines[0].starts_with(start)) return std::string("nothing");
    return lines[0].substr(start.size());
  };
  EXPECT_EQ(why("sh:minCount 2 ; sh:maxCount 1"), "sh:minCount 2 and sh:maxCount 1");
  EXPECT_EQ(why("sh:minCount 1 ; sh:maxCount 1"), "nothing");
  EXPECT_EQ(why("sh:minLength 5 ; sh:maxLength 4"), "sh:minLength 5 and sh:maxLength 4");
  EXPECT_EQ(why("sh:minInclusive 1 ; sh:maxExclusive 1"),
            "no value lies between \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> and "
            "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>");
  EXPECT_EQ(why("sh:minInclusive 1 ; sh:maxInclusive 1"), "nothing");
  EXPECT_EQ(why("sh:class :C ; sh:datatype xsd:string"),
            "it wants a class, which only things have, and a literal");
  EXPECT_EQ(why("sh:nodeKind sh:IRI ; sh:datatype xsd:string"), "it wants a thing and a literal");
  EXPECT_EQ(why("sh:nodeKind sh:IRI ; sh:pattern \"^h\""), "nothing");
  EXPECT_EQ(why("sh:in ( 1 2 ) ; sh:hasValue 3"),
            "sh:hasValue \"3\"^^<http://www.w3.org/2001/XMLSchema#integer> is not in sh:in");
  EXPECT_EQ(why("sh:in ( 1 2 ) ; sh:datatype xsd:string"), "nothing in sh:in is xsd:string");
}

TEST(LintTest, TermsInShapesThatNothingDeclares) {
  EXPECT_EQ(
      lint_of_shapes(":s sh:targetClass :Preson ; sh:property [ sh:path ( :naem "
                     "<http://else.org/x> ) ; sh:class :Thing ; sh:minCount 1 ] , [ sh:path "
                     ":name ; sh:datatype xsd:sting ] .",
                     ":Person a owl:Class . :name a owl:DatatypeProperty ."),
      (Lines{"shape_unknown_term: sh:class of <http://example.org/naem>/<http://else.org/x> of "
             "<http://example.org/s> names <http://example.org/Thing>, which is not declared",
             "shape_unknown_term: sh:datatype of <http://example.org/name> of "
             "<http://example.org/s> names xsd:sting, which is not declared; did you mean "
             "xsd:string?",
             "shape_unknown_term: sh:path of <http://example.org/naem>/<http://else.org/x> of "
             "<http://example.org/s> names <http://example.org/naem>, which is not declared; "
             "did you mean <http://example.org/name>?",
             "shape_unknown_term: sh:targetClass of <http://example.org/s> names "
             "<http://example.org/Preson>, which is not declared; did you mean "
             "<http://example.org/Person>?"}));
}

}  // namespace
}  // namespace dossier::test
