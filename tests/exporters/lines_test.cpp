#include "base/codes/exports.hpp"
#include "tests/exporters/write.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/small_graph.hpp"

namespace dossier {
namespace {

using test::SmallGraph;

TEST(LinesTest, EscapesAreThoseOfTheCanonicalForm) {
  SmallGraph graph;
  graph.add("ex:s", "ex:p", "\"\b\t\n\f\r\"\\'\u0001\u001f\u007f\uFFFE\uFFFF\uFFFD\u00e9\"");
  EXPECT_EQ(test::write(graph.freeze(), Format::ntriples),
            "<http://example.org/s> <http://example.org/p> "
            "\"\\b\\t\\n\\f\\r\\\"\\\\'\\u0001\\u001F\\u007F\\uFFFE\\uFFFF\uFFFD\u00e9\" .\n");
}

// One escape at each place of a text longer than a block.
TEST(LinesTest, EscapesAreFoundAtEveryOffset) {
  for (std::size_t size = 1; size < 50; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, 'x');
      text[at] = '"';
      SmallGraph graph;
      graph.add(iri_view("http://e/s"), iri_view("http://e/p"), literal_view(text));
      std::string wanted = text;
      wanted.insert(at, "\\");
      EXPECT_EQ(test::write(graph.freeze(), Format::ntriples),
                "<http://e/s> <http://e/p> \"" + wanted + "\" .\n");
    }
  }
}

TEST(LinesTest, LongTextsGoThroughInPieces) {
  std::string text;
  std::string wanted;
  for (int i = 0; i < 20'000; ++i) {
    text += "\u00e9\n";
    wanted += "\u00e9\\n";
  }
  SmallGraph graph;
  const std::string iri = "http://e/" + std::string(100'000, 'a');
  graph.add(iri_view(iri), iri_view("http://e/p"), literal_view(text));
  EXPECT_EQ(test::write(graph.freeze(), Format::ntriples),
            "<" + iri + "> <http://e/p> \"" + wanted + "\" .\n");
}

TEST(LinesTest, CanonicalLinesAreInTheOrderOfTheirBytesWithLanguagesInLowerCase) {
  SmallGraph graph;
  graph.add("ex:a", "ex:p", "\"x\"@EN-gb")
      .add("ex:a/b", "ex:p", "_:b")
      .add("ex:a", "ex:p", "ex:o")
      .add("ex:a", "ex:p", "ex:o", "ex:g");
  EXPECT_EQ(test::write(graph.freeze(), Format::nquads, {.mode = RdfWriteMode::canonical}),
            R"(<http://example.org/a/b> <http://example.org/p> _:b .
<http://example.org/a> <http://example.org/p> "x"@en-gb .
<http://example.org/a> <http://example.org/p> <http://example.org/o> .
<http://example.org/a> <http://example.org/p> <http://example.org/o> <http://example.org/g> .
)");
}

TEST(LinesTest, LabelsThatAreNoLabelsAreEncodedAndStayApart) {
  SmallGraph graph;
  for (const char* const label : {"a", "a b", "a_20b", "__a_20b", "", ".", "a.", "-a", "a:b"})
    graph.add(blank_view(label), iri_view("http://e/p"), literal_view(label));
  EXPECT_EQ(test::write(graph.freeze(), Format::ntriples), R"(_:__ <http://e/p> "" .
_:___2Da <http://e/p> "-a" .
_:___2E <http://e/p> "." .
_:___5F_5Fa_5F20b <http://e/p> "__a_20b" .
_:a <http://e/p> "a" .
_:__a_20b <http://e/p> "a b" .
_:__a_2E <http://e/p> "a." .
_:__a_3Ab <http://e/p> "a:b" .
_:a_20b <http://e/p> "a_20b" .
)");
}

// No other node is written as they are, so nothing has to change.
TEST(LinesTest, LabelsThatOnlyLookEncodedStay) {
  for (const std::string label :
       {"__b1", "___5F_5Fb1", "__x_y", "___", "__a_2e", "__a_41", "__é"}) {
    SmallGraph graph;
    graph.add(blank_view(label), iri_view("http://e/p"), literal_view(""));
    EXPECT_EQ(test::write(graph.freeze(), Format::ntriples),
              "_:" + label + " <http://e/p> \"\" .\n");
  }
}

TEST(LineWriterTest, WritesWhatTheWholeGraphWriterWrites) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const Graph graph =
        test::random_graph({.seed = seed, .named_graphs = true, .triple_terms = true});
    StringSink sink;
    LineWriter writer(Format::nquads, sink);
    for (const Statement& s : graph.statements()) {
      const TermView subject = graph.term(s.subject);
      const TermView predicate = graph.term(s.predicate);
      const TermView object = graph.term(s.object);
      const TermView name = s.graph ? graph.term(s.graph) : TermView{};
      ASSERT_TRUE(writer.statement({&subject, &predicate, &object, s.graph ? &name : nullptr}));
    }
    EXPECT_EQ(writer.count(), graph.size());
    EXPECT_EQ(sink.text(), test::write(graph, Format::nquads));
  }
}

TEST(LineWriterTest, NTriplesStopsAtANamedGraph) {
  StringSink sink;
  LineWriter writer(Format::ntriples, sink);
  const TermView iri = iri_view("http://e/a");
  EXPECT_FALSE(writer.statement({&iri, &iri, &iri, &iri}));
  ASSERT_TRUE(writer.error());
  EXPECT_EQ(writer.error()->code, code::export_named_graph);
  EXPECT_FALSE(writer.statement({&iri, &iri, &iri}));
}

}  // namespace
}  // namespace dossier
