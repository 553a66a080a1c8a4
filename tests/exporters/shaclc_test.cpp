// SHACL Compact Syntax: each document means what its Turtle says, and is written so that it means
// the same again.
#include "exporters/shaclc.hpp"

#include "base/codes/exports.hpp"
#include "base/codes/rdf.hpp"
#include "tests/exporters/write.hpp"
#include "tests/support/isomorphism.hpp"
#include "tests/support/small_graph.hpp"

namespace dossier {
namespace {

constexpr std::string_view kHead = "PREFIX ex: <http://example.org/>\n";
constexpr std::string_view kTurtleHead =
    "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
    "@prefix owl: <http://www.w3.org/2002/07/owl#> . ";

Graph graph_of(std::string_view text, Format format) {
  const auto source = memory_input(text, "shapes");
  Builder builder;
  DiagnosticCollector diagnostics;
  const auto read = read_rdf(*source, format, {}, builder.shard(), diagnostics);
  EXPECT_TRUE(read.has_value()) << text << "\n" << (read ? "" : render(read.error()));
  return freeze(std::move(builder));
}

struct Pair {
  std::string_view compact;
  std::string_view turtle;
};

constexpr Pair kPairs[] = {
    {"", ""},
    {"shape ex:S {}", "ex:S a sh:NodeShape ."},
    {"shape ex:S -> ex:A ex:B {}", "ex:S a sh:NodeShape ; sh:targetClass ex:A , ex:B ."},
    {"shapeClass ex:S {}", "ex:S a sh:NodeShape , rdfs:Class ."},
    {"shape ex:S { closed=true ignoredProperties=[rdf:type ex:p] . }",
     "ex:S a sh:NodeShape ; sh:closed true ; sh:ignoredProperties ( rdf:type ex:p ) ."},
    {"shape ex:S { targetNode=ex:x . targetSubjectsOf=ex:p targetObjectsOf=ex:q . "
     "message=\"no \\\"good\\\"\"@en severity=sh:Warning . }",
     "ex:S a sh:NodeShape ; sh:targetNode ex:x ; sh:targetSubjectsOf ex:p ; "
     "sh:targetObjectsOf ex:q ; sh:message \"no \\\"good\\\"\"@en ; sh:severity sh:Warning ."},
    {"shape ex:S { datatype=xsd:string | !datatype=rdf:langString | class = ex:C . }",
     "ex:S a sh:NodeShape ; sh:or ( [ sh:datatype xsd:string ] "
     "[ sh:not [ sh:datatype rdf:langString ] ] [ sh:class ex:C ] ) ."},
    {"shape ex:S { !nodeKind=sh:Literal . }",
     "ex:S a sh:NodeShape ; sh:not [ sh:nodeKind sh:Literal ] ."},
    {"shape ex:S { ex:p . }", "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ] ."},
    {"shape ex:S { ex:p xsd:string [0..1] . ex:q ex:C IRI [1..*] . ex:r [2..5] . ex:s [0..*] . }",
     "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:datatype xsd:string ; sh:maxCount 1 ] "
     ", "
     "[ sh:path ex:q ; sh:class ex:C ; sh:nodeKind sh:IRI ; sh:minCount 1 ] , "
     "[ sh:path ex:r ; sh:minCount 2 ; sh:maxCount 5 ] , [ sh:path ex:s ] ."},
    {"shape ex:S { ex:p @ex:T @<http://example.org/U> !@ex:V . }",
     "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:node ex:T , ex:U ; "
     "sh:not [ sh:node ex:V ] ] ."},
    {"shape ex:S { ex:p BlankNode { ex:q xsd:integer|xsd:string|@ex:T maxLength=5 . "
     "class=ex:C . } | IRI . }",
     "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:nodeKind sh:BlankNode ; sh:or ( "
     "[ sh:node [ sh:property [ sh:path ex:q ; sh:maxLength 5 ; sh:or ( "
     "[ sh:datatype xsd:integer ] [ sh:datatype xsd:string ] [ sh:node ex:T ] ) ] ; "
     "sh:class ex:C ] ] [ sh:nodeKind sh:IRI ] ) ] ."},
    {"shape ex:S { ex:p in=[ex:a true \"s\" 42 -1.5 1e3 \"d\"^^xsd:date \"e\"@de] hasValue=5 . "
     "ex:q in=[] . }",
     "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:hasValue 5 ; sh:in ( ex:a true \"s\" "
     "42 "
     "-1.5 1e3 \"d\"^^xsd:date \"e\"@de ) ] , [ sh:path ex:q ; sh:in () ] ."},
    {"shape ex:S { ex:a|ex:b . ex:a/^ex:b . ^ex:a* . (^ex:a)* . (ex:a/ex:b)+ . ^(ex:a|ex:b) . "
     "(rdf:type/rdfs:subClassOf*)|ex:p? . ^(^ex:a) . (ex:a*)? . }",
     "ex:S a sh:NodeShape ; sh:property [ sh:path [ sh:alternativePath ( ex:a ex:b ) ] ] , "
     "[ sh:path ( ex:a [ sh:inversePath ex:b ] ) ] , "
     "[ sh:path [ sh:inversePath [ sh:zeroOrMorePath ex:a ] ] ] , "
     "[ sh:path [ sh:zeroOrMorePath [ sh:inversePath ex:a ] ] ] , "
     "[ sh:path [ sh:oneOrMorePath ( ex:a ex:b ) ] ] , "
     "[ sh:path [ sh:inversePath [ sh:alternativePath ( ex:a ex:b ) ] ] ] , "
     "[ sh:path [ sh:alternativePath ( ( rdf:type [ sh:zeroOrMorePath rdfs:subClassOf ] ) "
     "[ sh:zeroOrOnePath ex:p ] ) ] ] , "
     "[ sh:path [ sh:inversePath [ sh:inversePath ex:a ] ] ] , "
     "[ sh:path [ sh:zeroOrOnePath [ sh:zeroOrMorePath ex:a ] ] ] ."},
    {"# a comment\nshape ex:S { # another\n ex:p pattern=\"^\\\\d{3}$\" flags='i' minInclusive=0. "
     "}",
     "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:pattern \"^\\\\d{3}$\" ; "
     "sh:flags \"i\" ; sh:minInclusive 0 ] ."},
};

TEST(ShaclcTest, DocumentsMeanWhatTheirTurtleSays) {
  for (const Pair& each : kPairs) {
    const std::string text = std::string(kHead).append(each.compact);
    const Graph graph = graph_of(text, Format::shaclc);
    const Graph wanted = graph_of(std::string(kTurtleHead).append(each.turtle), Format::turtle);
    EXPECT_TRUE(test::isomorphic(test::dataset_of(graph), test::dataset_of(wanted))) << text;
  }
}

TEST(ShaclcTest, WhatIsWrittenMeansTheSameAgain) {
  for (const Pair& each : kPairs) {
    const Graph graph = graph_of(std::string(kTurtleHead).append(each.turtle), Format::turtle);
    const std::string text = test::write(graph, Format::shaclc, test::with_prefixes());
    EXPECT_TRUE(
        test::isomorphic(test::dataset_of(graph_of(text, Format::shaclc)), test::dataset_of(graph)))
        << text;
  }
}

TEST(ShaclcTest, BaseAndImportsDescribeTheDocument) {
  const std::string text =
      "BASE <http://example.org/shapes>\nIMPORTS <other>\nIMPORTS <http://example.org/more>\n"
      "PREFIX ex: <#>\nshape ex:S { <p> . }";
  const Graph graph = graph_of(text, Format::shaclc);
  const Graph wanted =
      graph_of(std::string(kTurtleHead) +
                   "<http://example.org/shapes> a owl:Ontology ; owl:imports ex:other , ex:more . "
                   "<http://example.org/shapes#S> a sh:NodeShape ; sh:property [ sh:path ex:p ] .",
               Format::turtle);
  EXPECT_TRUE(test::isomorphic(test::dataset_of(graph), test::dataset_of(wanted)));
  const std::string again = test::write(wanted, Format::shaclc, test::with_prefixes());
  EXPECT_TRUE(
      test::isomorphic(test::dataset_of(graph_of(again, Format::shaclc)), test::dataset_of(wanted)))
      << again;
}

TEST(ShaclcTest, WrittenForPeople) {
  const Graph graph = graph_of(
      std::string(kTurtleHead) +
          "ex:Person a sh:NodeShape ; sh:targetClass ex:Person ; sh:closed true ; "
          "sh:property [ sh:path ex:worksFor ; sh:class ex:Company ; sh:nodeKind sh:IRI ] .",
      Format::turtle);
  EXPECT_EQ(test::write(graph, Format::shaclc, test::with_prefixes()),
            "PREFIX ex: <http://example.org/>\n"
            "\n"
            "shape ex:Person -> ex:Person {\n"
            "  closed=true .\n"
            "  ex:worksFor ex:Company IRI .\n"
            "}\n");
}

TEST(ShaclcTest, FaultsHaveAPlaceAndSayWhatIsWanted) {
  const auto fault = [](std::string_view text) {
    const auto source = memory_input(text, "s.shaclc");
    Builder builder;
    DiagnosticCollector diagnostics;
    const auto read = read_rdf(*source, Format::shaclc, {}, builder.shard(), diagnostics);
    EXPECT_FALSE(read.has_value()) << text;
    return read ? std::string()
                : to_string(read.error().place) + ": " + read.error().message + "; " +
                      read.error().hint;
  };
  EXPECT_EQ(
      fault("shape <http://e/S> {\n  <http://e/p> maxLenght=5 .\n}"),
      "s.shaclc:2:16: maxLenght is no parameter of a property shape; did you mean maxLength?");
  EXPECT_EQ(fault("shape <http://e/S> {\n  lessThan=<http://e/q> .\n}").substr(0, 48),
            "s.shaclc:2:3: lessThan is no parameter of a node");
  EXPECT_EQ(fault("shape <http://e/S> { <http://e/p> [1..2 .}").substr(0, 36),
            "s.shaclc:1:41: found '.', wanted ']'");
  EXPECT_TRUE(fault("shape e:S {}").starts_with("s.shaclc:1:7: "));
  EXPECT_TRUE(fault("shape <S> {}").starts_with("s.shaclc:1:8: "));
  EXPECT_TRUE(fault("shape <http://e/S> { <http://e/p> \"open").starts_with("s.shaclc:1:35: "));
  EXPECT_TRUE(fault("shape <http://e/S> {").starts_with("s.shaclc:1:21: found the end"));
  EXPECT_TRUE(fault("IMPORTS <http://e/o>").contains("IMPORTS wants a BASE"));
  EXPECT_TRUE(fault("shape <http://e/S> {} PREFIX e: <http://e/>").contains("directives stand"));
  EXPECT_TRUE(
      fault("# x\nshape <http://e/\xF0> {}").starts_with("s.shaclc:2:17: byte 0xF0 is not UTF-8"));
  std::string deep = "shape <http://e/S> { <http://e/p> ";
  for (int i = 0; i < 100'000; ++i) deep += "{ <http://e/p> ";
  EXPECT_TRUE(fault(deep).contains("max-shape-depth"));
  EXPECT_TRUE(
      fault("shape <http://e/S> { " + std::string(100'000, '(')).contains("max-shape-depth"));
}

TEST(ShaclcTest, WhatTheSyntaxHasNoFormForIsRefusedAndNamed) {
  const std::string_view cases[] = {
      "ex:a ex:p ex:b .",
      "ex:S a sh:NodeShape ; rdfs:label \"S\" .",
      "ex:S a sh:NodeShape ; sh:property ex:P . ex:P sh:path ex:p .",
      "ex:S a sh:NodeShape ; sh:property _:p . _:p sh:path ex:p . ex:T sh:property _:p .",
      "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 0 ] .",
      "ex:S a sh:NodeShape ; sh:xone ( [ sh:class ex:A ] [ sh:class ex:B ] ) .",
      "ex:S a sh:NodeShape ; sh:or ( [ sh:class ex:A ; sh:nodeKind sh:IRI ] [ sh:class ex:B ] ) .",
      "ex:S a sh:NodeShape ; sh:and ( ex:A ) .",
      "ex:S a sh:NodeShape , rdfs:Class ; sh:targetClass ex:C .",
  };
  for (const std::string_view each : cases) {
    const Graph graph = graph_of(std::string(kTurtleHead).append(each), Format::turtle);
    StringSink out;
    const auto written = write_rdf(graph, Format::shaclc, {}, out);
    ASSERT_FALSE(written.has_value()) << each << "\n" << out.text();
    EXPECT_EQ(written.error().code, code::export_term);
    EXPECT_EQ(out.text(), "") << each;
  }
}

}  // namespace
}  // namespace dossier
