#include "exporters/turtle_stream.hpp"

#include <gtest/gtest.h>

#include "base/codes/exports.hpp"
#include "tests/support/isomorphism.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/small_graph.hpp"

namespace dossier {
namespace {

void feed(const Graph& graph, TurtleStreamWriter& writer) {
  for (const Statement& s : graph.statements()) {
    const TermView subject = graph.term(s.subject);
    const TermView predicate = graph.term(s.predicate);
    const TermView object = graph.term(s.object);
    const TermView name = s.graph ? graph.term(s.graph) : TermView{};
    ASSERT_TRUE(writer.statement({&subject, &predicate, &object, s.graph ? &name : nullptr}))
        << writer.error()->message;
  }
  writer.finish();
}

Prefixes prefixes() {
  Prefixes out = Prefixes::well_known();
  out.set("ex", "http://example.org/");
  out.set("item", "http://example.org/item_");
  return out;
}

TEST(TurtleStreamTest, GroupsSubjectsAndDeclaresPrefixesBeforeTheirFirstUse) {
  test::SmallGraph graph;
  graph.add("ex:a", "rdf:type", "ex:C")
      .add("ex:a", "ex:p", "\"1\"^^xsd:integer")
      .add("ex:a", "ex:p", "\"x\"@en")
      .add("ex:b", "ex:p", "ex:item_7")
      .add("ex:b", "ex:p", "ex:x/y")
      .add("ex:b", "ex:q", "\"2020-01-02\"^^xsd:date")
      .add("_:c", "ex:p", "<<( ex:a rdf:type ex:C )>>");
  StringSink sink;
  TurtleStreamWriter writer(Format::turtle, sink, prefixes());
  feed(graph.freeze(), writer);
  EXPECT_EQ(sink.text(), R"(@prefix ex: <http://example.org/> .

ex:a ex:p 1,
        "x"@en ;
    a ex:C .

@prefix item: <http://example.org/item_> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:b ex:p item:7,
        <http://example.org/x/y> ;
    ex:q "2020-01-02"^^xsd:date .

_:c ex:p <<( ex:a a ex:C )>> .
)");
}

TEST(TurtleStreamTest, TrigHoldsGraphs) {
  test::SmallGraph graph;
  graph.add("ex:a", "ex:p", "ex:o").add("ex:b", "ex:p", "ex:o", "ex:g");
  graph.add("ex:b", "ex:q", "ex:o", "ex:g").add("ex:c", "ex:p", "ex:o", "ex:g");
  StringSink sink;
  TurtleStreamWriter writer(Format::trig, sink, prefixes());
  feed(graph.freeze(), writer);
  EXPECT_EQ(sink.text(), R"(@prefix ex: <http://example.org/> .

ex:a ex:p ex:o .

ex:g {
    ex:b ex:p ex:o ;
        ex:q ex:o .

    ex:c ex:p ex:o .
}
)");
}

TEST(TurtleStreamTest, APrefixThatTurnsUpLateInALargeBlockEndsIt) {
  for (const Format format : {Format::turtle, Format::trig}) {
    StringSink sink;
    TurtleStreamWriter writer(format, sink, prefixes());
    Builder builder;
    const TermView subject = iri_view("http://example.org/s");
    const TermView predicate = iri_view("http://example.org/p");
    const TermView name = iri_view("http://example.org/g");
    const TermView* const graph = format == Format::trig ? &name : nullptr;
    for (int i = 0; i < 10'000; ++i) {
      const std::string iri = "http://example.org/o" + std::to_string(i);
      const TermView object = iri_view(iri);
      writer.statement({&subject, &predicate, &object, graph});
    }
    const TermView late = iri_view("http://xmlns.com/foaf/0.1/Agent");
    ASSERT_TRUE(writer.statement({&subject, &predicate, &late, graph}));
    writer.finish();
    EXPECT_NE(sink.text().find("\n\n@prefix foaf: "), std::string::npos);
    EXPECT_EQ(test::must_read(sink.text(), format).statements().size(), 10'001u);
  }
}

TEST(TurtleStreamTest, ARedeclaredPrefixKeepsWhatCameBefore) {
  StringSink sink;
  TurtleStreamWriter writer(Format::turtle, sink);
  const TermView a = iri_view("http://a.example/x");
  const TermView b = iri_view("http://b.example/x");
  writer.prefix("p", "http://a.example/");
  writer.statement({&a, &a, &a});
  writer.prefix("p", "http://b.example/");
  writer.statement({&a, &b, &b});
  writer.finish();
  EXPECT_EQ(sink.text(), R"(@prefix p: <http://a.example/> .

p:x p:x p:x .

@prefix p: <http://b.example/> .

<http://a.example/x> p:x p:x .
)");
}

TEST(TurtleStreamTest, RandomGraphsReadBackTheSame) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Graph graph = test::random_graph(
        {.seed = seed, .statements = 30, .named_graphs = seed % 2 == 0, .triple_terms = true});
    const Format format = seed % 2 == 0 ? Format::trig : Format::turtle;
    StringSink sink;
    TurtleStreamWriter writer(format, sink, prefixes());
    ASSERT_NO_FATAL_FAILURE(feed(graph, writer));
    EXPECT_EQ(writer.count(), graph.size());
    EXPECT_TRUE(test::isomorphic(test::must_read(sink.text(), format), test::dataset_of(graph)))
        << sink.text();
  }
}

TEST(TurtleStreamTest, ALiteralOfAnySizePassesThrough) {
  StringSink sink;
  TurtleStreamWriter writer(Format::turtle, sink, prefixes());
  std::string text(3'000'000, 'x');
  text[1'000'000] = '"';
  const TermView iri = iri_view("http://example.org/a");
  const TermView literal = literal_view(text, "http://example.org/type");
  writer.statement({&iri, &iri, &iri});
  // A new prefix behind the text would come too late.
  ASSERT_TRUE(writer.statement({&iri, &iri, &literal}));
  writer.finish();
  test::Dataset wanted;
  wanted.statement({&iri, &iri, &iri});
  wanted.statement({&iri, &iri, &literal});
  EXPECT_EQ(test::must_read(sink.text(), Format::turtle).text(), wanted.text());
}

TEST(TurtleStreamTest, TurtleStopsAtANamedGraph) {
  StringSink sink;
  TurtleStreamWriter writer(Format::turtle, sink);
  const TermView iri = iri_view("http://e/a");
  EXPECT_FALSE(writer.statement({&iri, &iri, &iri, &iri}));
  ASSERT_TRUE(writer.error());
  EXPECT_EQ(writer.error()->code, code::export_named_graph);
}

}  // namespace
}  // namespace dossier
