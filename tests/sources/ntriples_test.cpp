#include <atomic>

#include <gtest/gtest.h>

#include "tests/support/dataset.hpp"

namespace dossier {
namespace {

using test::Dataset;
using test::must_read;
using test::read_dataset;

constexpr std::string_view kLine = "<http://e/s> <http://e/p> <http://e/o> .\n";

// Keeps all that it is given, in order.
struct Listing {
  std::vector<std::string> lines;
  std::size_t stop_after = SIZE_MAX;
  bool statement(const StatementView& view) {
    std::string line =
        to_string(*view.subject) + " " + to_string(*view.predicate) + " " + to_string(*view.object);
    if (view.graph != nullptr) line += " " + to_string(*view.graph);
    lines.push_back(line + " @" + std::to_string(view.offset));
    return lines.size() < stop_after;
  }
  void prefix(std::string_view, std::string_view) {}
};

struct Outcome {
  Expected<RdfReadCounts> counts;
  std::vector<std::string> lines;
  std::vector<std::string> diagnostics;
};

Outcome run(std::string_view text, const RdfReadOptions& options = {},
            Format format = Format::nquads, std::size_t stop_after = SIZE_MAX) {
  const auto source = memory_input(text, "test");
  Listing listing;
  listing.stop_after = stop_after;
  DiagnosticCollector collector;
  Outcome outcome{read_rdf(*source, format, options, listing, collector), {}, {}};
  outcome.lines = std::move(listing.lines);
  for (const Diagnostic& each : collector.sorted()) {
    outcome.diagnostics.push_back(to_string(each.place) + " " + number_of(each.code));
  }
  return outcome;
}

// Lines of every shape, `bad` ones among them on request.
std::string many_lines(bool bad) {
  std::string text;
  for (int i = 0; i < 2000; ++i) {
    const std::string n = std::to_string(i);
    text += "<http://e/s" + n + "> <http://e/p> \"v\\t" + n + "\"@en <http://g> . # c\n";
    text += "_:b" + n + " <http://e/p> \"é" + n + "\"^^<http://e/dt>.\r\n";
    text += "\n# comment " + n + "\n";
    text += "_:b <http://e/p> <<( <http://e/\\u00E9> <http://e/q> \"z\" )>> _:g .\n";
    if (bad && i % 300 == 7) text += "_:b <http://e/p> oops .\n";
    if (bad && i % 300 == 9) text += "_:b <http://e/p> \"\xFF\" .\n";
  }
  return text;
}

TEST(NTriplesTest, ThreadsAndBlocksLeaveNoTrace) {
  for (const bool bad : {false, true}) {
    const std::string text = many_lines(bad);
    RdfReadOptions options;
    options.recover = bad;
    options.blank_scope = "s.";
    const Outcome whole = run(text, options);
    ASSERT_TRUE(whole.counts);
    EXPECT_EQ(whole.counts->statements, 6000u);
    EXPECT_EQ(whole.counts->errors, bad ? 14u : 0u);
    for (const std::size_t threads : {1u, 2u, 4u}) {
      for (const std::size_t block : {64u, 1000u, 100'000u}) {
        options.threads = threads;
        options.block_bytes = block;
        const Outcome split = run(text, options);
        ASSERT_TRUE(split.counts);
        EXPECT_EQ(split.lines, whole.lines) << threads << " " << block;
        EXPECT_EQ(split.diagnostics, whole.diagnostics) << threads << " " << block;
      }
    }
  }
}

TEST(NTriplesTest, TheFirstErrorEndsStrictReadingInEveryThreading) {
  const std::string text = many_lines(true);
  std::string first;
  for (const std::size_t threads : {1u, 3u}) {
    RdfReadOptions options;
    options.threads = threads;
    options.block_bytes = 500;
    const Outcome outcome = run(text, options);
    ASSERT_FALSE(outcome.counts);
    EXPECT_EQ(to_string(outcome.counts.error().place), "test:41:18");
    EXPECT_EQ(outcome.lines.size(), 24u);
  }
}

TEST(NTriplesTest, LineEndsOfEveryKindAndNoneAtTheEnd) {
  const std::string line(kLine.substr(0, kLine.size() - 1));
  const std::string text = line + "\n" + line + "\r\n" + line + "\r" + line + "\r\r\n\n" + line;
  for (std::size_t block = 16; block < text.size() + 20; ++block) {
    RdfReadOptions options;
    options.block_bytes = block;
    EXPECT_EQ(run(text, options).lines.size(), 5u) << block;
    EXPECT_EQ(to_string(run(text + "\nx", options).counts.error().place), "test:8:1") << block;
  }
}

TEST(NTriplesTest, BlanksMayBeMissingOrMany) {
  EXPECT_EQ(must_read("<http://a><http://b><http://c>.", Format::ntriples).statements().size(), 1u);
  EXPECT_EQ(must_read("  _:a\t<http://b> \t \"x\"  .  # c", Format::ntriples).text(),
            "_:a <http://b> \"x\" .\n");
  EXPECT_EQ(must_read("_:a <http://b>_:c.", Format::ntriples).text(), "_:a <http://b> _:c .\n");
}

TEST(NTriplesTest, ALabelMayHoldDotsButNotEndWithOne) {
  EXPECT_EQ(must_read("_:a.b <http://b> _:c...d.", Format::ntriples).text(),
            "_:a.b <http://b> _:c...d .\n");
}

TEST(NTriplesTest, FaultsSayWhereAndWhat) {
  struct Case {
    std::string_view text;
    std::string_view place;
    std::string_view message;
  };
  const Case cases[] = {
      {"<http://a> <http://b> oops .", "test:1:23",
       "found 'o', wanted an object: <iri>, _:label or \"literal\""},
      {"<http://a> <http://b> <http://c>", "test:1:33", "found the end of the line, wanted '.'"},
      {"<http://é b> <http://b> <http://c> .", "test:1:10", "found ' ', wanted '>' of the IRI"},
      {"<a> <http://b> <http://c> .", "test:1:2", "<a> is relative"},
      {"<http://a> <http://b> \"x .", "test:1:23", "this string is not closed on its line"},
      {"<http://a> <http://b> \"\\x\" .", "test:1:24", "'\\x' is no escape"},
      {"<http://a> <http://b> \"x\"@1 .", "test:1:27", "'@1' is no language tag"},
      {"<http://a> _:b <http://c> .", "test:1:12", "found '_', wanted a predicate: <iri>"},
      {"<http://a> <http://b> <http://c> <http://g> .", "test:1:34", "found '<', wanted '.'"},
      {"<http://a> <http://b> <http://c> . x", "test:1:36",
       "found 'x', wanted the end of the line"},
  };
  for (const Case& each : cases) {
    const auto read = read_dataset(each.text, Format::ntriples);
    ASSERT_FALSE(read) << each.text;
    EXPECT_EQ(to_string(read.error().place), each.place) << each.text;
    EXPECT_EQ(read.error().message, each.message);
  }
}

TEST(NTriplesTest, TheSinkStopsTheReader) {
  for (const std::size_t threads : {1u, 3u}) {
    RdfReadOptions options;
    options.threads = threads;
    options.block_bytes = 100;
    const Outcome outcome = run(many_lines(false), options, Format::nquads, 5);
    ASSERT_TRUE(outcome.counts);
    EXPECT_EQ(outcome.counts->statements, 5u);
    EXPECT_EQ(outcome.lines.size(), 5u);
  }
}

TEST(NTriplesTest, OffsetsAreThoseOfTheObjects) {
  const std::string text = std::string(kLine) + "_:a <http://b> \"x\" <http://g> .\n";
  const Outcome outcome = run(text);
  ASSERT_EQ(outcome.lines.size(), 2u);
  EXPECT_TRUE(outcome.lines[0].ends_with(" @" + std::to_string(text.find("<http://e/o>"))));
  EXPECT_TRUE(outcome.lines[1].ends_with(" @" + std::to_string(text.find("\"x\""))));
}

// Counts its statements; the sink puts the counts in a row.
struct CountedPiece final : RdfPiece {
  std::vector<std::string> objects;
  bool statement(const StatementView& view) override {
    objects.push_back(to_string(*view.object));
    return true;
  }
};
struct CountedPieces final : RdfPieceSink {
  std::atomic<std::size_t> opened = 0;
  std::size_t closed = 0;
  std::vector<std::string> objects;
  std::unique_ptr<RdfPiece> open(std::size_t worker) override {
    EXPECT_LT(worker, 3u);
    ++opened;
    return std::make_unique<CountedPiece>();
  }
  bool close(std::unique_ptr<RdfPiece> piece) override {
    ++closed;
    const auto& counted = static_cast<const CountedPiece&>(*piece);
    objects.insert(objects.end(), counted.objects.begin(), counted.objects.end());
    return true;
  }
};

TEST(NTriplesTest, PiecesComeBackInTheOrderOfTheDocument) {
  std::string text;
  std::vector<std::string> wanted;
  for (int i = 0; i < 5000; ++i) {
    wanted.push_back("\"" + std::to_string(i) + "\"");
    text += "<http://e/s> <http://e/p> " + wanted.back() + " .\n";
  }
  for (const Format format : {Format::ntriples, Format::turtle}) {
    const auto source = memory_input(text, "test");
    RdfReadOptions options;
    options.threads = 3;
    options.block_bytes = 1000;
    CountedPieces pieces;
    DiagnosticCollector diagnostics;
    const auto counts = read_rdf_pieces(*source, format, options, pieces, diagnostics);
    ASSERT_TRUE(counts) << render(counts.error());
    EXPECT_EQ(counts->statements, 5000u);
    EXPECT_EQ(pieces.objects, wanted);
    EXPECT_EQ(pieces.closed, pieces.opened);
    EXPECT_GT(pieces.closed, 1u);
  }
}

TEST(NTriplesTest, AVersionIsADirective) {
  EXPECT_EQ(
      must_read("VERSION \"1.2\"\n" + std::string(kLine), Format::ntriples).statements().size(),
      1u);
  EXPECT_FALSE(read_dataset("VERSION 1.2\n", Format::ntriples));
}

}  // namespace
}  // namespace dossier
