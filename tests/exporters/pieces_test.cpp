#include "exporters/pieces.hpp"

#include <mutex>

#include <gtest/gtest.h>

#include "base/codes/exports.hpp"
#include "exporters/rdf.hpp"
#include "tests/support/dataset.hpp"
#include "tests/support/isomorphism.hpp"
#include "tests/support/random_graph.hpp"

namespace dossier {
namespace {

Prefixes prefixes() {
  Prefixes out = Prefixes::well_known();
  out.set("ex", "http://example.org/");
  return out;
}

// Pieces of a document, formatted where they are read and joined in order.
class Joined final : public RdfPieceSink {
 public:
  Joined(Format format, bool takes_lines)
      : format_(format), takes_lines_(takes_lines), joiner_(format, out_) {}
  std::unique_ptr<RdfPiece> open(std::size_t) override { return std::make_unique<Piece>(*this); }
  bool close(std::unique_ptr<RdfPiece> piece) override {
    FormattedPiece finished;
    static_cast<Piece&>(*piece).formatter.take(finished);
    statements += finished.statements;
    joiner_.join(finished);
    return !finished.error;
  }
  std::string text() { return out_.text(); }

  std::uint64_t statements = 0;
  std::atomic<std::uint64_t> as_lines = 0;

 private:
  struct Piece final : RdfPiece {
    explicit Piece(Joined& joined) : to(joined), formatter(joined.format_, prefixes()) {}
    bool statement(const StatementView& view) override { return formatter.statement(view); }
    bool takes_lines() const override { return to.takes_lines_; }
    void lines(std::string_view text, std::uint64_t count) override {
      to.as_lines += count;
      formatter.lines(text, count);
    }
    Joined& to;
    PieceFormatter formatter;
  };
  Format format_;
  bool takes_lines_;
  StringSink out_;
  PieceJoiner joiner_;
};

void convert(std::string_view text, Format from, Joined& to, std::size_t threads = 1,
             std::size_t block = 200) {
  const auto source = memory_input(text, "test");
  RdfReadOptions options;
  options.threads = threads;
  options.block_bytes = block;
  DiagnosticCollector diagnostics;
  const auto counts = read_rdf_pieces(*source, from, options, to, diagnostics);
  ASSERT_TRUE(counts) << render(counts.error());
  EXPECT_EQ(counts->statements, to.statements);
}

// As LineWriter writes it, statement by statement.
std::string one_by_one(std::string_view text, Format format) {
  const auto source = memory_input(text, "test");
  StringSink out;
  LineWriter writer(format, out);
  DiagnosticCollector diagnostics;
  EXPECT_TRUE(read_rdf(*source, format, {}, writer, diagnostics));
  return out.text();
}

// Each is written otherwise in canonical form, if only by its white space.
const std::string_view kNotCanonical[] = {
    " <http://e/s> <http://e/p> <http://e/o> .\n",
    "<http://e/s>  <http://e/p> <http://e/o> .\n",
    "<http://e/s>\t<http://e/p> <http://e/o> .\n",
    "<http://e/s><http://e/p><http://e/o>.\n",
    "<http://e/s> <http://e/p> <http://e/o>.\n",
    "<http://e/s> <http://e/p> <http://e/o> . \n",
    "<http://e/s> <http://e/p> <http://e/o> .# x\n",
    "<http://e/s> <http://e/p> <http://e/o> .\r\n",
    "<http://e/s> <http://e/p> <http://e/o> .\r",
    "<http://e/s> <http://e/p> \"a\tb\" .\n",
    "<http://e/s> <http://e/p> \"a\x7F\" .\n",
    "<http://e/s> <http://e/p> \"a\xEF\xBF\xBE\" .\n",
    "<http://e/s> <http://e/p> \"a\xEF\xBF\xBF\" .\n",
    "<http://e/s> <http://e/p> \"\\u0041\" .\n",
    "<http://e/s> <http://e/p> \"\\'\" .\n",
    "<http://e/s\\u0041> <http://e/p> \"a\" .\n",
    "<http://e/s> <http://e/p> \"a\" ^^ <http://e/t> .\n",
    "<http://e/s> <http://e/p> \"a\"^^ <http://e/t> .\n",
    "<http://e/s> <http://e/p> \"a\" @en .\n",
    "<http://e/s> <http://e/p> \"a\"^^<http://www.w3.org/2001/XMLSchema#string> .\n",
    "_:__a <http://e/p> \"a\" .\n",
    "<http://e/s> <http://e/p> <<(<http://e/s> <http://e/p> \"a\" )>> .\n",
    "<http://e/s> <http://e/p> <http://e/last> .",
};
const std::string_view kCanonical[] = {
    "<http://e/s> <http://e/p> <http://e/o> .\n",
    "_:a <http://e/p> _:b.c .\n",
    "<http://e/s> <http://e/p> \"a\\n\\\"\\\\\\t\\r\\b\\f\xEF\xBC\x8C\" .\n",
    "<http://e/s> <http://e/p> \"\xC3\xA4\"@de-AT .\n",
    "<http://e/s> <http://e/p> \"x\"@ar--rtl .\n",
    "<http://e/s> <http://e/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n",
};

TEST(PiecesTest, LinesThatAreNotCanonicalAreWrittenAnew) {
  for (const std::string_view line : kNotCanonical) {
    Joined joined(Format::ntriples, true);
    ASSERT_NO_FATAL_FAILURE(convert(line, Format::ntriples, joined));
    EXPECT_EQ(joined.text(), one_by_one(line, Format::ntriples));
    EXPECT_EQ(joined.as_lines, 0u) << line;
  }
}

TEST(PiecesTest, CanonicalLinesPassAsTheyAre) {
  for (const std::string_view line : kCanonical) {
    Joined joined(Format::ntriples, true);
    ASSERT_NO_FATAL_FAILURE(convert(line, Format::ntriples, joined));
    EXPECT_EQ(joined.text(), line);
    EXPECT_EQ(joined.text(), one_by_one(line, Format::ntriples));
    EXPECT_EQ(joined.as_lines, 1u) << line;
  }
}

TEST(PiecesTest, RunsOfLinesAndStatementsKeepTheirOrder) {
  std::string text;
  for (std::size_t i = 0; i < 2000; ++i) {
    // The last one has no line end.
    const std::size_t bad = i * i % (std::size(kNotCanonical) - 1);
    text += i % 3 == 0 ? kNotCanonical[bad] : kCanonical[i * 7 % std::size(kCanonical)];
    if (i % 50 == 0) text += "# a comment\n\n";
  }
  const std::string wanted = one_by_one(text, Format::ntriples);
  for (const std::size_t threads : {1u, 3u}) {
    Joined joined(Format::ntriples, true);
    ASSERT_NO_FATAL_FAILURE(convert(text, Format::ntriples, joined, threads, 500));
    EXPECT_EQ(joined.text(), wanted);
  }
}

TEST(PiecesTest, NothingIsWrittenOfALineInError) {
  const std::string text = std::string(kCanonical[0]) + std::string(kCanonical[1]) + "<a> x\n";
  Joined joined(Format::ntriples, true);
  const auto source = memory_input(text, "test");
  DiagnosticCollector diagnostics;
  EXPECT_FALSE(read_rdf_pieces(*source, Format::ntriples, {}, joined, diagnostics));
  EXPECT_EQ(joined.text(), std::string(kCanonical[0]) + std::string(kCanonical[1]));
}

TEST(PiecesTest, TurtleInPiecesReadsBackTheSameForAnyNumberOfThreads) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Graph graph = test::random_graph(
        {.seed = seed, .statements = 60, .named_graphs = seed % 2 == 0, .triple_terms = true});
    const Format from = seed % 2 == 0 ? Format::nquads : Format::ntriples;
    const Format to = seed % 2 == 0 ? Format::trig : Format::turtle;
    StringSink lines;
    ASSERT_TRUE(write_rdf(graph, from, {}, lines));
    Joined alone(to, false);
    ASSERT_NO_FATAL_FAILURE(convert(lines.text(), from, alone));
    Joined together(to, false);
    ASSERT_NO_FATAL_FAILURE(convert(lines.text(), from, together, 3));
    EXPECT_TRUE(alone.text() == together.text()) << seed;
    EXPECT_TRUE(test::isomorphic(test::must_read(alone.text(), to), test::dataset_of(graph)))
        << alone.text();
  }
}

TEST(PiecesTest, PrefixesAreDeclaredOnceBeforeTheirFirstUse) {
  std::string text;
  for (int i = 0; i < 20; ++i) {
    text += "<http://example.org/s" + std::to_string(i) + "> <http://example.org/p> \"" +
            std::string(100, 'x') + "\" .\n";
  }
  text += "<http://example.org/s> <http://xmlns.com/foaf/0.1/name> \"x\" .\n";
  Joined joined(Format::turtle, false);
  ASSERT_NO_FATAL_FAILURE(convert(text, Format::ntriples, joined));
  const std::string turtle = joined.text();
  EXPECT_TRUE(turtle.starts_with("@prefix ex: <http://example.org/> .\n\nex:s0 ex:p \"xx"));
  EXPECT_EQ(turtle.find("@prefix ex:", 1), std::string::npos);
  EXPECT_NE(turtle.find(" .\n\n@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n\nex:s foaf:name"),
            std::string::npos);
}

TEST(PiecesTest, AStatementThatTheFormatHasNoFormForEndsItAtItsOffset) {
  PieceFormatter formatter(Format::turtle, {});
  const TermView iri = iri_view("http://e/a");
  EXPECT_TRUE(formatter.statement({&iri, &iri, &iri}));
  EXPECT_FALSE(formatter.statement({&iri, &iri, &iri, &iri, 77}));
  FormattedPiece piece;
  formatter.take(piece);
  ASSERT_TRUE(piece.error);
  EXPECT_EQ(piece.error->code, code::export_named_graph);
  EXPECT_EQ(piece.error_offset, 77u);
}

}  // namespace
}  // namespace dossier
