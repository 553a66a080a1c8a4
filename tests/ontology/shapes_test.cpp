// Shapes: what is refused, and behaviour beyond the W3C suite.
#include "ontology/shapes.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "base/codes/ontology.hpp"
#include "ontology/patterns.hpp"
#include "tests/ontology/ontology_support.hpp"

namespace dossier::test {
namespace {

// "code: message; hint" of the first complaint; empty when the shapes load silently.
std::string complaint(std::string_view shapes, const ShapeOptions& options = {}) {
  const Graph graph = turtle(shapes);
  DiagnosticCollector diagnostics;
  const Expected<ShapeSet> loaded = load_shapes(graph, options, diagnostics);
  EXPECT_EQ(loaded.has_value(), !diagnostics.has_errors());
  for (const Diagnostic& each : diagnostics.sorted()) {
    return std::string(info(each.code).name) + ": " + each.message +
           (each.hint.empty() ? "" : "; " + each.hint);
  }
  return {};
}

TEST(ShapesTest, MalformedShapesAreRefused) {
  const std::string_view cases[] = {
      ":s a sh:PropertyShape .",
      ":s a sh:NodeShape ; sh:path :p .",
      ":s sh:targetNode :x ; sh:minCount 1 .",
      ":s sh:path :p ; sh:minCount 1 , 2 .",
      ":s sh:path :p ; sh:minCount -1 .",
      ":s sh:path :p ; sh:minCount \"1\" .",
      ":s sh:path :p ; sh:minCount 1.0 .",
      ":s sh:path :p ; sh:maxCount :x .",
      ":s sh:path :p , :q ; sh:minCount 1 .",
      ":s sh:path \"p\" ; sh:minCount 1 .",
      ":s sh:path ( :p ) ; sh:minCount 1 .",
      ":s sh:path [ sh:inversePath :p ; sh:zeroOrMorePath :q ] ; sh:minCount 1 .",
      ":s sh:path [ ] ; sh:minCount 1 .",
      ":s sh:path _:a ; sh:minCount 1 . _:a sh:inversePath _:a .",
      ":s sh:path _:a ; sh:minCount 1 . _:a rdf:first :p ; rdf:rest _:a .",
      ":s sh:targetNode :x ; sh:nodeKind :Thing .",
      ":s sh:targetNode :x ; sh:class \"C\" .",
      ":s sh:targetNode :x ; sh:datatype xsd:string , xsd:date .",
      ":s sh:targetNode :x ; sh:datatype \"d\" .",
      ":s sh:targetNode :x ; sh:in 5 .",
      ":s sh:targetNode :x ; sh:in _:l . _:l rdf:first 1 .",
      ":s sh:targetNode :x ; sh:languageIn ( en ) .",
      ":s sh:targetNode :x ; sh:languageIn ( 5 ) .",
      ":s sh:path :p ; sh:uniqueLang 5 .",
      ":s sh:path :p ; sh:lessThan \"q\" .",
      ":s sh:targetNode :x ; sh:lessThan :q .",
      ":s sh:targetNode :x ; sh:and ( :a \"b\" ) . :a sh:nodeKind sh:IRI .",
      ":s sh:targetNode :x ; sh:and :a .",
      ":s sh:targetNode :x ; sh:property [ sh:nodeKind sh:IRI ] .",
      ":s sh:targetNode :x ; sh:node [ sh:path :p ; sh:nodeKind sh:IRI ] .",
      ":s sh:targetNode :x ; sh:closed 5 .",
      ":s sh:targetNode :x ; sh:closed true ; sh:ignoredProperties ( 5 ) .",
      ":s sh:targetNode :x ; sh:severity \"high\" ; sh:nodeKind sh:IRI .",
      ":s sh:targetNode :x ; sh:message 5 ; sh:nodeKind sh:IRI .",
      ":s sh:targetNode :x ; sh:deactivated \"yes\" .",
      ":s sh:targetNode [ ] ; sh:nodeKind sh:IRI .",
      ":s sh:targetClass \"C\" ; sh:nodeKind sh:IRI .",
      ":s sh:targetNode :x ; sh:pattern 5 .",
      ":s sh:targetNode :x ; sh:pattern \"a\" ; sh:flags 5 .",
  };
  for (const std::string_view each : cases) {
    std::string text(each);
    if (const std::size_t at = text.find("( en )"); at != std::string::npos) {
      text.replace(at, 6, "( :en )");
    }
    EXPECT_TRUE(complaint(text).starts_with("shape_malformed: ")) << text << "\n"
                                                                  << complaint(text);
  }
}

TEST(ShapesTest, OtherComplaints) {
  EXPECT_EQ(complaint(":s sh:targetNode :x ; sh:pattern \"(\" ."),
            "shape_pattern: sh:pattern of <http://example.org/s>: missing ): (");
  EXPECT_TRUE(complaint(":s sh:targetNode :x ; sh:pattern \"a\" ; sh:flags \"z\" .")
                  .starts_with("shape_pattern"));
  EXPECT_EQ(complaint(":s sh:path :p ; sh:minCuont 1 ; sh:maxCount 1 ."),
            "shape_unknown_parameter: sh:minCuont on <http://example.org/s> is no term of SHACL "
            "Core; did you mean sh:minCount?");
  EXPECT_TRUE(complaint(":s sh:targetNode :x ; sh:node :Nowhere .").starts_with("shape_undefined"));
  EXPECT_TRUE(complaint(":s sh:targetNode :x ; sh:sparql [ sh:select \"\" ] .")
                  .starts_with("shape_needs_sparql"));
  EXPECT_TRUE(complaint(":c a sh:ConstraintComponent ; sh:parameter [ sh:path :max ] ."
                        ":s sh:targetNode :x ; :max 5 ; sh:nodeKind sh:IRI .")
                  .starts_with("shape_needs_sparql"));
  EXPECT_TRUE(complaint(":s sh:targetNode :x ; sh:node :s .").starts_with("shape_recursive"));
  EXPECT_EQ(complaint(":s sh:path :p ; sh:order 1 ; sh:group :g ; sh:name \"n\" ; sh:minCount 0 ."),
            "");
}

TEST(ShapesTest, SparqlCanBeLeftOut) {
  EXPECT_TRUE(
      complaint(":s sh:targetNode :x ; sh:sparql [ sh:select \"\" ] .", {.skip_sparql = true})
          .ends_with("; left out"));
}

TEST(ShapesTest, DeepShapesAreRefusedAndLongListsAreNot) {
  std::string deep = ":s0 sh:targetNode :x .";
  for (int i = 0; i < 300; ++i) {
    deep += " :s" + std::to_string(i) + " sh:not :s" + std::to_string(i + 1) + " .";
  }
  deep += " :s300 sh:nodeKind sh:IRI .";
  EXPECT_TRUE(complaint(deep).starts_with("limit_exceeded"));
  std::string path = ":s sh:path _:a0 ; sh:minCount 1 .";
  for (int i = 0; i < 300; ++i) {
    path += " _:a" + std::to_string(i) + " sh:inversePath _:a" + std::to_string(i + 1) + " .";
  }
  path += " _:a300 sh:inversePath :p .";
  EXPECT_EQ(complaint(path),
            "shape_malformed: sh:path of <http://example.org/s>: paths are nested too deeply "
            "(max-shape-depth)");
  std::string list = ":s sh:targetNode :n5000 , :x ; sh:in (";
  for (int i = 0; i < 10'000; ++i) list += " :n" + std::to_string(i);
  list += " ) .";
  const Graph graph = turtle(list);
  const ShapeSet shapes = shapes_of(graph);
  EXPECT_EQ(validate(graph, nullptr, shapes)->count(), 1u);
}

// A path that is a tree of shared lists would have 2^60 steps.
TEST(ShapesTest, PathsThatGrowWithoutBoundAreRefused) {
  std::string path = ":s sh:path _:l0 ; sh:minCount 1 .";
  for (int i = 0; i < 60; ++i) {
    const std::string next = "_:l" + std::to_string(i + 1);
    path += " _:l" + std::to_string(i) + " rdf:first " + next + " ; rdf:rest [ rdf:first " + next +
            " ; rdf:rest () ] .";
  }
  path += " _:l60 sh:inversePath :p .";
  EXPECT_EQ(complaint(path),
            "shape_malformed: sh:path of <http://example.org/s>: the path has too many steps "
            "(max-path-length)");
}

std::string results(std::string_view shapes, std::string_view data, std::size_t threads = 1) {
  const Graph shapes_graph = turtle(shapes);
  const ShapeSet set = shapes_of(shapes_graph);
  const Graph graph = turtle(data);
  ValidationOptions options;
  options.threads = threads;
  const auto findings = validate(graph, nullptr, set, options);
  return findings ? listing(*findings) : render(findings.error());
}

TEST(ShapesTest, TargetsThatTheDataDoNotHoldAreChecked) {
  EXPECT_EQ(
      results(":s sh:targetNode :absent , 5 ; sh:property [ sh:path :p ; sh:minCount 1 ] ; "
              "sh:nodeKind sh:IRI .",
              ":a :b :c ."),
      "shacl_node_kind \"5\"^^xsd:integer \"5\"^^xsd:integer: \"5\"^^xsd:integer, wanted an IRI\n"
      "shacl_min_count <http://example.org/absent> <http://example.org/p>: "
      "<http://example.org/p> has 0 values, wanted at least 1 value\n"
      "shacl_min_count \"5\"^^xsd:integer <http://example.org/p>: <http://example.org/p> has 0 "
      "values, wanted at least 1 value\n");
}

TEST(ShapesTest, ClassesAreClosedOverDataShapesAndOntology) {
  const Graph shapes_graph = turtle(":s sh:targetClass :A ; sh:class :Z . :B rdfs:subClassOf :A .");
  const ShapeSet shapes = shapes_of(shapes_graph);
  const Ontology ontology = ontology_of(":C a owl:Class ; rdfs:subClassOf :B .");
  const Graph data =
      turtle(":D rdfs:subClassOf :C . :x a :D . :y a :B . :z a :A , :Y . :Y rdfs:subClassOf :Z .");
  const auto findings = validate(data, &ontology, shapes);
  EXPECT_EQ(findings->count(code::shacl_class), 2u) << listing(*findings);
}

TEST(ShapesTest, CirclesOfShapesAreRefusedAndNamed) {
  EXPECT_EQ(complaint(":s sh:targetNode :a ; sh:property [ sh:path :knows ; sh:node :t ] ."
                      ":t sh:not [ sh:or ( :s :u ) ] . :u sh:nodeKind sh:IRI ."),
            "shape_recursive: shapes refer to each other in a circle: <http://example.org/s> -> "
            "<http://example.org/t> -> <http://example.org/s>");
}

TEST(ShapesTest, ShapesThatHoldOthersTooOftenAreRefused) {
  std::string text = ":s0 sh:targetNode :a . ";
  for (int i = 0; i < 60; ++i) {
    text += fmt::format(":s{0} sh:and ( :s{1} :t{1} ) . :t{0} sh:or ( :s{1} :t{1} ) . ", i, i + 1);
  }
  text += ":s60 sh:nodeKind sh:IRI . :t60 sh:nodeKind sh:IRI .";
  EXPECT_TRUE(complaint(text).starts_with("limit_exceeded: <http://example.org/s"))
      << complaint(text);
  EXPECT_TRUE(complaint(text).contains("1,000,000 shapes (max-shapes-within)")) << complaint(text);
  std::string list = ":s sh:targetNode :a ; sh:or ( ";
  for (int i = 0; i < 10'000; ++i) list += "[ sh:nodeKind sh:IRI ] ";
  EXPECT_EQ(complaint(list + ") ."), "");
}

TEST(ShapesTest, DetailsTellWhyANestedShapeFails) {
  EXPECT_EQ(results(":s sh:targetNode :a ; sh:property [ sh:path :p ; sh:node :t ] . "
                    ":t sh:property [ sh:path :q ; sh:minCount 1 ; sh:datatype xsd:string ] .",
                    ":a :p :b , :c . :b :q 5 . :c :q \"ok\" ."),
            "shacl_node <http://example.org/a> <http://example.org/p> <http://example.org/b>: "
            "<http://example.org/p> is <http://example.org/b>, wanted the shape "
            "<http://example.org/t>\n"
            "  shacl_datatype <http://example.org/b> <http://example.org/q> \"5\"^^xsd:integer: "
            "<http://example.org/q> is \"5\"^^xsd:integer, wanted xsd:string\n");
}

TEST(PatternsTest, XPathExpressionsAreTranslated) {
  const auto matches = [](std::string_view pattern, std::string_view text,
                          std::string_view flags = "") {
    const auto compiled = compile_pattern(pattern, flags);
    EXPECT_TRUE(compiled.has_value()) << pattern << ": " << compiled.error();
    return compiled && (*compiled)->search(text) == PatternMatch::yes;
  };
  EXPECT_TRUE(matches("b", "abc"));
  EXPECT_FALSE(matches("^b", "abc"));
  EXPECT_TRUE(matches("^\\d+$", "\xD9\xA3"));  // an Arabic digit
  EXPECT_FALSE(matches("^\\D+$", "a1"));
  EXPECT_TRUE(matches("^[\\w\\-]+$", "a_\xC3\xA9-1"));
  EXPECT_TRUE(matches("^[^\\s]+$", "ab"));
  EXPECT_FALSE(matches("^\\S+$", "a b"));
  EXPECT_TRUE(matches("^\\i\\c*$", "a1-b"));
  EXPECT_TRUE(matches("A.C", "xa\nc", "is"));
  EXPECT_FALSE(matches("A.C", "xa\nc", "i"));
  EXPECT_TRUE(matches("^b$", "a\nb\nc", "m"));
  EXPECT_TRUE(matches("a b", "ab", "x"));
  EXPECT_TRUE(matches("a.b", "xa.b", "q"));
  EXPECT_FALSE(matches("a.b", "xaxb", "q"));
  EXPECT_TRUE(matches("[[]", "["));
  EXPECT_FALSE(compile_pattern("\\p{IsGreek}", "").has_value());
}

// Back-tracking engines need 2^30 steps here.
TEST(PatternsTest, PatternsThatBlowUpOthersAreLinear) {
  const auto compiled = compile_pattern("^(a+)+$", "");
  ASSERT_TRUE(compiled.has_value());
  EXPECT_EQ((*compiled)->search(std::string(100'000, 'a') + "b"), PatternMatch::no);
}

TEST(PatternsTest, WhatRe2LacksIsRunUnderLimits) {
  const auto match = [](std::string_view pattern, std::string_view text,
                        std::string_view flags = "") {
    const auto compiled = compile_pattern(pattern, flags);
    EXPECT_TRUE(compiled.has_value()) << pattern << ": " << compiled.error();
    return compiled ? (*compiled)->search(text) : PatternMatch::too_costly;
  };
  EXPECT_EQ(match("^(.+)-\\1$", "ab-ab"), PatternMatch::yes);
  EXPECT_EQ(match("^(.+)-\\1$", "ab-ac"), PatternMatch::no);
  EXPECT_EQ(match("^(?!tmp)\\w+$", "tmpfile"), PatternMatch::no);
  EXPECT_EQ(match("^(?!tmp)\\w+$", "f\xC3\xBCr"), PatternMatch::yes);
  EXPECT_EQ(match("(?<=a)b", "ab"), PatternMatch::yes);
  EXPECT_EQ(match("^(A)\\1$", "aa", "i"), PatternMatch::yes);
  EXPECT_EQ(match("^(a)\\1$", "aa\n"), PatternMatch::no);
  EXPECT_EQ(match("^(a)\\1$", "b\naa", "m"), PatternMatch::yes);
  EXPECT_EQ(match("^(a).\\1$", "a\na"), PatternMatch::no);
  EXPECT_EQ(match("^(a).\\1$", "a\na", "s"), PatternMatch::yes);
  EXPECT_EQ(match("^[a-z-[aeiou]]+$", "xyz"), PatternMatch::yes);
  EXPECT_EQ(match("^[a-z-[aeiou]]+$", "xaz"), PatternMatch::no);
  EXPECT_EQ(match("^[a-z-[a-m-[e]]]+$", "exz"), PatternMatch::yes);
  EXPECT_EQ(match("^[a-z-[a-m-[e]]]+$", "fxz"), PatternMatch::no);
  EXPECT_EQ(match("^[\\d-[5]]+$", "15"), PatternMatch::no);
  EXPECT_EQ(match("^[a\\-[]+$", "a-["), PatternMatch::yes);
  EXPECT_FALSE(compile_pattern("(?<=a+)b", "").has_value());
  EXPECT_FALSE(compile_pattern("[a-z-[aeiou]x]", "").has_value());
  EXPECT_EQ(match("^(a+)+(?=c)\\1$", std::string(100, 'a') + "b"), PatternMatch::too_costly);
  EXPECT_EQ(match("^(?:a|(b))*(?=c)$", std::string(200'000, 'a')), PatternMatch::too_costly);
}

TEST(PatternsTest, AValueOnWhichAPatternIsTooCostlyIsAFinding) {
  const std::string data = ":x :p \"" + std::string(40, 'a') + "!\" , \"aa\" .";
  const std::string pattern = "sh:pattern \"^(a+)+(?=!!)\\\\1\"";
  const std::string found =
      results(":s sh:targetNode :x ; sh:property [ sh:path :p ; " + pattern + " ] .", data);
  EXPECT_NE(found.find("on which the pattern ^(a+)+(?=!!)\\1 takes too many steps"),
            std::string::npos)
      << found;
  // Where only a verdict counts, nothing can be said of the shape.
  const Graph shapes_graph =
      turtle(":s sh:targetNode :x ; sh:property [ sh:path :p ; sh:not [ " + pattern + " ] ] .");
  const ShapeSet shapes = shapes_of(shapes_graph);
  const Graph graph = turtle(data);
  for (const std::size_t threads : {1u, 4u}) {
    const auto findings = validate(graph, nullptr, shapes, {.threads = threads});
    ASSERT_FALSE(findings.has_value());
    EXPECT_EQ(findings.error().code, code::limit_exceeded);
    EXPECT_TRUE(findings.error().message.contains("takes too many steps on aaaa"))
        << findings.error().message;
  }
}

}  // namespace
}  // namespace dossier::test
