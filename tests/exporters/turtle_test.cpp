#include <algorithm>

#include "base/codes/exports.hpp"
#include "tests/exporters/write.hpp"
#include "tests/support/isomorphism.hpp"
#include "tests/support/small_graph.hpp"

namespace dossier {
namespace {

using test::SmallGraph;
using test::with_prefixes;

std::string turtle(SmallGraph& graph, const RdfWriteOptions& options = with_prefixes()) {
  return test::write(graph.freeze(), Format::turtle, options);
}

TEST(TurtleTest, SubjectsAreBlocksAndOnlyUsedPrefixesAreDeclared) {
  SmallGraph graph;
  graph.add("ex:acme", "ex:name", "\"ACME\"")
      .add("ex:acme", "rdf:type", "ex:Company")
      .add("ex:acme", "ex:name", "\"Acme Inc.\"@en")
      .add("ex:acme", "ex:founded", "\"1999-01-02\"^^xsd:date")
      .add("ex:app", "rdf:type", "ex:App");
  EXPECT_EQ(turtle(graph), R"(@prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:acme a ex:Company ;
    ex:founded "1999-01-02"^^xsd:date ;
    ex:name "ACME", "Acme Inc."@en .

ex:app a ex:App .
)");
}

TEST(TurtleTest, BlankNodesAndListsStandInPlace) {
  SmallGraph graph;
  graph.add("ex:acme", "ex:address", "_:a")
      .add("_:a", "ex:city", "\"Bonn\"")
      .add("_:a", "rdf:type", "ex:Address")
      .add("ex:acme", "ex:list", "_:l1")
      .add("_:l1", "rdf:first", "\"1\"^^xsd:integer")
      .add("_:l1", "rdf:rest", "_:l2")
      .add("_:l2", "rdf:first", "_:x")
      .add("_:l2", "rdf:rest", "rdf:nil")
      .add("ex:acme", "ex:none", "rdf:nil")
      .add("_:free", "ex:p", "ex:o");
  EXPECT_EQ(turtle(graph), R"(@prefix ex: <http://example.org/> .

ex:acme ex:address [ a ex:Address ; ex:city "Bonn" ] ;
    ex:list ( 1 [] ) ;
    ex:none () .

[] ex:p ex:o .
)");
}

TEST(TurtleTest, WhatDoesNotFitOnALineGetsALineForEachPart) {
  const std::string text = "a text of sixty characters, so that two of them fill a line.";
  SmallGraph graph;
  graph.add("ex:a", "ex:note", "\"1 " + text + "\"")
      .add("ex:a", "ex:note", "\"2 " + text + "\"")
      .add("ex:a", "ex:part", "_:p")
      .add("_:p", "ex:note", "\"3 " + text + "\"")
      .add("_:p", "ex:note", "\"4 " + text + "\"")
      .add("_:p", "ex:part", "_:l")
      .add("_:l", "rdf:first", "\"5 " + text + "\"")
      .add("_:l", "rdf:rest", "_:m")
      .add("_:m", "rdf:first", "_:q")
      .add("_:m", "rdf:rest", "rdf:nil")
      .add("_:q", "ex:note", "\"6 " + text + "\"")
      .add("_:q", "ex:p", "ex:o");
  EXPECT_EQ(turtle(graph), R"(@prefix ex: <http://example.org/> .

ex:a ex:note
        "1 a text of sixty characters, so that two of them fill a line.",
        "2 a text of sixty characters, so that two of them fill a line." ;
    ex:part [
        ex:note
            "3 a text of sixty characters, so that two of them fill a line.",
            "4 a text of sixty characters, so that two of them fill a line." ;
        ex:part (
            "5 a text of sixty characters, so that two of them fill a line."
            [
                ex:note "6 a text of sixty characters, so that two of them fill a line." ;
                ex:p ex:o
            ]
        )
    ] .
)");
}

TEST(TurtleTest, CyclesAndSharedNodesKeepTheirLabels) {
  SmallGraph graph;
  graph.add("_:a", "ex:p", "_:b")
      .add("_:b", "ex:p", "_:a")
      .add("_:self", "ex:p", "_:self")
      .add("ex:x", "ex:p", "_:shared")
      .add("ex:y", "ex:p", "_:shared")
      .add("_:shared", "ex:p", "\"1\"");
  EXPECT_EQ(turtle(graph), R"(@prefix ex: <http://example.org/> .

ex:x ex:p _:shared .

ex:y ex:p _:shared .

_:a ex:p [ ex:p _:a ] .

_:self ex:p _:self .

_:shared ex:p "1" .
)");
}

TEST(TurtleTest, BrokenListsAreWrittenAsTheStatementsTheyAre) {
  SmallGraph graph;
  graph.add("ex:two-firsts", "ex:p", "_:a")
      .add("_:a", "rdf:first", "\"1\"")
      .add("_:a", "rdf:first", "\"2\"")
      .add("_:a", "rdf:rest", "rdf:nil")
      .add("ex:shared-tail", "ex:p", "_:b")
      .add("ex:shared-tail", "ex:q", "_:c")
      .add("_:b", "rdf:first", "\"1\"")
      .add("_:b", "rdf:rest", "_:t")
      .add("_:c", "rdf:first", "\"2\"")
      .add("_:c", "rdf:rest", "_:t")
      .add("_:t", "rdf:first", "\"3\"")
      .add("_:t", "rdf:rest", "rdf:nil")
      .add("_:subject", "rdf:first", "\"4\"")
      .add("_:subject", "rdf:rest", "_:u")
      .add("_:subject", "ex:p", "ex:o")
      .add("_:u", "rdf:first", "\"5\"")
      .add("_:u", "rdf:rest", "rdf:nil");
  EXPECT_EQ(turtle(graph), R"(@prefix ex: <http://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .

ex:shared-tail ex:p [ rdf:first "1" ; rdf:rest _:t ] ;
    ex:q [ rdf:first "2" ; rdf:rest _:t ] .

ex:two-firsts ex:p [ rdf:first "1", "2" ; rdf:rest () ] .

[] ex:p ex:o ;
    rdf:first "4" ;
    rdf:rest ( "5" ) .

_:t rdf:first "3" ;
    rdf:rest () .
)");
}

TEST(TurtleTest, NumbersAreBareOnlyInTheGrammarsForm) {
  SmallGraph graph;
  for (const char* const literal :
       {"\"1\"^^xsd:integer", "\"+01\"^^xsd:integer", "\"1.\"^^xsd:integer", "\"1\"^^xsd:decimal",
        "\"1.0\"^^xsd:decimal", "\"-.5\"^^xsd:decimal", "\"1.\"^^xsd:decimal",
        "\"1.0\"^^xsd:double", "\"1.0e5\"^^xsd:double", "\"1.E-5\"^^xsd:double",
        "\"INF\"^^xsd:double", "\"true\"^^xsd:boolean", "\"1\"^^xsd:boolean", "\"1\"",
        "\"1\"^^xsd:float"}) {
    graph.add("ex:s", "ex:p", literal);
  }
  EXPECT_EQ(turtle(graph), R"(@prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:s ex:p
        +01,
        -.5,
        "1"^^xsd:boolean,
        "1"^^xsd:decimal,
        "1"^^xsd:float,
        1,
        "1",
        "1."^^xsd:decimal,
        "1."^^xsd:integer,
        1.0,
        "1.0"^^xsd:double,
        1.0e5,
        1.E-5,
        "INF"^^xsd:double,
        true .
)");
}

TEST(TurtleTest, LocalNamesFollowTheGrammar) {
  SmallGraph graph;
  for (const char* const local :
       {"a.b", "a.", ".a", "-a", "a-", "1", "", "%41", "100%", "it's", "a/b", "a#b", "q?x",
        "caf\u00e9", "\u00d7", "x\u0300", "\u0300"}) {
    graph.add("ex:" + std::string(local), "ex:p", "ex:o");
  }
  EXPECT_EQ(turtle(graph), R"(@prefix ex: <http://example.org/> .

ex: ex:p ex:o .

ex:%41 ex:p ex:o .

ex:\-a ex:p ex:o .

ex:\.a ex:p ex:o .

ex:1 ex:p ex:o .

ex:100\% ex:p ex:o .

<http://example.org/a#b> ex:p ex:o .

ex:a- ex:p ex:o .

<http://example.org/a.> ex:p ex:o .

ex:a.b ex:p ex:o .

<http://example.org/a/b> ex:p ex:o .

ex:café ex:p ex:o .

ex:it\'s ex:p ex:o .

<http://example.org/q?x> ex:p ex:o .

ex:x̀ ex:p ex:o .

<http://example.org/×> ex:p ex:o .

<http://example.org/̀> ex:p ex:o .
)");
}

TEST(TurtleTest, TheLongestNamespaceWinsAndUnusedOnesAreNotDeclared) {
  RdfWriteOptions options;
  options.prefixes.set("a", "http://example.org/");
  options.prefixes.set("b", "http://example.org/deep/");
  options.prefixes.set("c", "http://example.org/deep/er/");
  options.prefixes.set("d", "http://example.org/de");
  options.prefixes.set("_bad", "http://example.org/deep/x");
  SmallGraph graph;
  graph.add("ex:deep/x", "ex:p", "ex:deep/y/z").add("ex:deep/er/x", "ex:p", "ex:zoo");
  EXPECT_EQ(turtle(graph, options), R"(@prefix a: <http://example.org/> .
@prefix b: <http://example.org/deep/> .
@prefix c: <http://example.org/deep/er/> .

c:x a:p a:zoo .

b:x a:p <http://example.org/deep/y/z> .
)");
}

TEST(TurtleTest, TextOfSeveralLinesStandsBetweenThreeQuotes) {
  SmallGraph graph;
  graph.add("ex:a", "ex:p", "\"one\ntwo \"quoted\" and \"\"\"\n\\ \t end\"\"")
      .add("ex:a", "ex:q", "\"one\n\"")
      .add("ex:a", "ex:r", "\"a\u0001b\u007f\"");
  EXPECT_EQ(turtle(graph), R"(@prefix ex: <http://example.org/> .

ex:a ex:p """one
two "quoted" and \"\""
\\ \t end\"""" ;
    ex:q "one\n" ;
    ex:r "a\u0001b\u007F" .
)");
}

TEST(TurtleTest, TermsOfRdf12AreWritten) {
  SmallGraph graph;
  graph.add("ex:claim", "rdf:reifies", "<<( ex:a rdf:type <<( _:b ex:q \"x\"@ar--rtl )>> )>>")
      .add("_:b", "ex:p", "\"1\"");
  EXPECT_EQ(turtle(graph), R"(@prefix ex: <http://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .

ex:claim rdf:reifies <<( ex:a a <<( _:b ex:q "x"@ar--rtl )>> )>> .

_:b ex:p "1" .
)");
}

TEST(TurtleTest, ReifiersOfAssertedTriplesStandAtThem) {
  const std::string text = "a text of sixty characters, so that two of them fill a line.";
  SmallGraph graph;
  graph.add("ex:a", "ex:owns", "ex:b")
      .add("ex:own1", "rdf:reifies", "<<( ex:a ex:owns ex:b )>>")
      .add("ex:own1", "ex:since", "\"2020\"")
      .add("ex:own2", "rdf:reifies", "<<( ex:a ex:owns ex:b )>>")
      .add("_:claim", "rdf:reifies", "<<( ex:a ex:owns ex:b )>>")
      .add("_:claim", "ex:source", "ex:s")
      .add("ex:a", "ex:owns", "ex:c")
      .add("_:bare", "rdf:reifies", "<<( ex:a ex:owns ex:c )>>")
      .add("ex:a", "ex:runs", "ex:d")
      .add("_:long", "rdf:reifies", "<<( ex:a ex:runs ex:d )>>")
      .add("_:long", "ex:note", "\"1 " + text + "\"")
      .add("_:long", "ex:note", "\"2 " + text + "\"")
      .add("ex:not", "rdf:reifies", "<<( ex:a ex:owns ex:x )>>")
      .add("_:both", "rdf:reifies", "<<( ex:a ex:owns ex:b )>>")
      .add("_:both", "rdf:reifies", "<<( ex:a ex:owns ex:c )>>");
  const Graph frozen = graph.freeze();
  const std::string written = test::write(frozen, Format::turtle, with_prefixes());
  EXPECT_EQ(written, R"(@prefix ex: <http://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .

ex:a ex:owns
        ex:b ~ ex:own1 ~ ex:own2 ~ {| ex:source ex:s |},
        ex:c ~ ;
    ex:runs ex:d {|
        ex:note
            "1 a text of sixty characters, so that two of them fill a line.",
            "2 a text of sixty characters, so that two of them fill a line."
    |} .

ex:not rdf:reifies <<( ex:a ex:owns ex:x )>> .

ex:own1 ex:since "2020" .

[] rdf:reifies <<( ex:a ex:owns ex:b )>>, <<( ex:a ex:owns ex:c )>> .
)");
  EXPECT_TRUE(test::isomorphic(test::must_read(written, Format::turtle), test::dataset_of(frozen)));
}

TEST(TurtleTest, ABaseShortensWhatResolvesBack) {
  RdfWriteOptions options;
  options.base = "http://example.org/doc/file";
  SmallGraph graph;
  graph.add("ex:doc/file", "ex:p", "ex:doc/file#part")
      .add("ex:doc/other", "ex:p", "ex:doc/a:b")
      .add("ex:doc//x", "ex:p", "ex:doc/x/../y");
  EXPECT_EQ(turtle(graph, options), R"(@base <http://example.org/doc/file> .

<http://example.org/doc//x> <http://example.org/p> <http://example.org/doc/x/../y> .

<> <http://example.org/p> <#part> .

<other> <http://example.org/p> <http://example.org/doc/a:b> .
)");
}

TEST(TurtleTest, TrigGroupsByGraph) {
  SmallGraph graph;
  graph.add("ex:a", "ex:p", "ex:o")
      .add("ex:a", "ex:p", "ex:o", "ex:g")
      .add("ex:a", "ex:q", "_:n", "ex:g")
      .add("_:n", "ex:p", "\"1\"", "ex:g")
      .add("ex:b", "ex:p", "_:split", "ex:g")
      .add("_:split", "ex:p", "ex:o", "_:h");
  EXPECT_EQ(test::write(graph.freeze(), Format::trig, with_prefixes()),
            R"(@prefix ex: <http://example.org/> .

ex:a ex:p ex:o .

ex:g {
    ex:a ex:p ex:o ;
        ex:q [ ex:p "1" ] .

    ex:b ex:p _:split .
}

_:h {
    _:split ex:p ex:o .
}
)");
}

TEST(TurtleTest, ANamedGraphIsRefusedByTurtle) {
  SmallGraph graph;
  graph.add("ex:a", "ex:p", "ex:o", "ex:g");
  StringSink sink;
  const auto result = write_rdf(graph.freeze(), Format::turtle, {}, sink);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, code::export_named_graph);
}

TEST(TurtleTest, AnIriThatIsNoneIsRefusedWithStatementAndPlace) {
  Builder builder;
  const SourceId source = builder.add_source({.path = "bad.csv"});
  Shard& shard = builder.shard();
  shard.add({shard.terms().iri("http://e/s"), shard.terms().iri("http://e/p"),
             shard.terms().iri("http://e/a b")},
            shard.add_evidence({source, RuleId(), 77}));
  const Graph graph = freeze(std::move(builder));
  for (const Format format : {Format::turtle, Format::ntriples, Format::trig, Format::nquads}) {
    StringSink sink;
    const auto result = write_rdf(graph, format, with_prefixes(), sink);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, code::export_term);
    EXPECT_EQ(to_string(result.error().place), "bad.csv (byte 77)");
    EXPECT_EQ(result.error().message,
              "cannot write <http://e/s> <http://e/p> <http://e/a b> .: an IRI has characters that "
              "no IRI has");
  }
}

TEST(TurtleTest, DeepNestingNeedsNoStackAndLinearText) {
  constexpr int kDepth = 100'000;
  Builder builder;
  Shard& shard = builder.shard();
  Dictionary& terms = shard.terms();
  const TermId p = terms.iri("http://example.org/p");
  TermId at = terms.iri("http://example.org/root");
  for (int i = 0; i < kDepth; ++i) {
    const TermId next = terms.blank("n" + std::to_string(i));
    shard.add({at, p, next});
    at = next;
  }
  const std::string text = test::write(freeze(std::move(builder)), Format::turtle, with_prefixes());
  EXPECT_LT(text.size(), std::size_t{kDepth} * 170);
  EXPECT_EQ(std::ranges::count(text, '['), kDepth);
}

}  // namespace
}  // namespace dossier
