// Turtle on several threads: whatever the document, statements, offsets, labels, errors and places
// are those of one thread.
#include <random>

#include <gtest/gtest.h>

#include "sources/rdf.hpp"

namespace dossier {
namespace {

// All that a reader told, in order.
struct Told {
  std::vector<std::string> lines;
  std::string outcome;
  friend bool operator==(const Told&, const Told&) = default;
};

struct Teller {
  std::vector<std::string>& lines;
  std::size_t wanted = SIZE_MAX;
  bool statement(const StatementView& s) {
    lines.push_back(std::to_string(s.offset) + " " + to_string(*s.subject) + " " +
                    to_string(*s.predicate) + " " + to_string(*s.object));
    return lines.size() < wanted;
  }
  void prefix(std::string_view name, std::string_view iri) {
    lines.push_back("prefix " + std::string(name) + " " + std::string(iri));
  }
};

Told read(const std::string& text, RdfReadOptions options, std::size_t threads,
          std::size_t wanted = SIZE_MAX) {
  options.threads = threads;
  Told told;
  Teller teller{told.lines, wanted};
  DiagnosticCollector diagnostics;
  const auto source = memory_input(text, "test");
  const auto counts = read_rdf(*source, Format::turtle, options, teller, diagnostics);
  told.outcome = counts ? std::to_string(counts->statements) + " statements, " +
                              std::to_string(counts->errors) + " errors"
                        : render(counts.error());
  for (const Diagnostic& each : diagnostics.sorted()) told.outcome += "\n" + render(each);
  return told;
}

void expect_same(const std::string& text, std::size_t first_block = 16) {
  for (const bool recover : {false, true}) {
    RdfReadOptions options;
    options.base = "http://base/";
    options.recover = recover;
    options.block_bytes = first_block;
    const Told alone = read(text, options, 1);
    for (; options.block_bytes < first_block + 200; options.block_bytes += 23) {
      const Told split = read(text, options, 3);
      ASSERT_EQ(split.outcome, alone.outcome) << options.block_bytes;
      ASSERT_EQ(split.lines, alone.lines) << options.block_bytes << "\n" << text;
    }
  }
}

std::string many(const std::string& statement, int times) {
  std::string out = "PREFIX : <http://e/>\n";
  for (int i = 0; i < times; ++i) out += statement;
  return out;
}

TEST(TurtleSplitTest, PlainStatements) {
  expect_same(many(":a :b :c , \"1.\" ;\n  :d 1.5 .\n", 200));
}

TEST(TurtleSplitTest, AnonymousNodesAreNumberedAsByOneThread) {
  expect_same(many(":a :b [ :c [] ; :d ( 1 [] ) ] .\n_:anon1 :p _:x .\n[] :q _:anon_2 .\n", 100));
}

TEST(TurtleSplitTest, TripleTermsWithAndWithoutAnonymousNodes) {
  expect_same(
      many(":a :b :c ~ :r {| :d 1 |} .\n<< :a :b [] >> :p 1 .\n"
           ":x :y <<( :a :b <<( _:b :c [] )>> )>> .\n:a :b :c {| :k [] |} .\n",
           60));
}

TEST(TurtleSplitTest, DirectivesBetweenStatements) {
  expect_same(
      many(":a :b <c> .\nBASE <http://other/>\n:a :b <c> .\n@prefix : <http://f/> .\n"
           ":a :b :c .\nVERSION \"1.2\"\n# behind it.\n:d :e :f .\n",
           40));
}

TEST(TurtleSplitTest, LinesInLiteralsAndCommentsThatLookLikeTheEndOfAStatement) {
  expect_same(many(
      ":a :b \"\"\"one.\ntwo.\n:c :d :e .\nthree.\n\"\"\" .\n# so.\n:c :d '''.\n.''' .\n", 80));
}

TEST(TurtleSplitTest, BlankLinesBehindStatements) {
  expect_same(many(
      ":a :b :c ,\n  :d .\n\n:e :f [] .\n \t\n\r\n# so.\n\n:g :h \"\"\"1.\n\n2\"\"\" .\n\n", 60));
}

// So that the second thread has something to do.
TEST(TurtleSplitTest, PlainDocumentsAreReadSideBySide) {
  for (const std::string statement :
       {":a :b :c .\n", ":a :b :c ,\n  :d .\n\n", ":a :b :c .\r\n\r\n", "# x\n:a :b :c .\n \n"}) {
    RdfReadOptions options;
    options.threads = 3;
    options.block_bytes = 1000;
    struct Workers final : RdfPieceSink {
      struct Piece final : RdfPiece {
        std::size_t side_by_side = 0;
        bool statement(const StatementView&) override {
          ++side_by_side;
          return true;
        }
        bool passing(const StatementView&) override { return true; }
      };
      std::size_t side_by_side = 0;
      std::unique_ptr<RdfPiece> open(std::size_t) override { return std::make_unique<Piece>(); }
      bool close(std::unique_ptr<RdfPiece> piece) override {
        side_by_side += static_cast<Piece&>(*piece).side_by_side;
        return true;
      }
    } workers;
    DiagnosticCollector diagnostics;
    const std::string text = many(statement, 2000);
    const auto source = memory_input(text, "test");
    const auto counts = read_rdf_pieces(*source, Format::turtle, options, workers, diagnostics);
    ASSERT_TRUE(counts);
    EXPECT_GT(workers.side_by_side, counts->statements * 9 / 10) << statement;
  }
}

TEST(TurtleSplitTest, BracketsAcrossLines) {
  expect_same(many(":a :b [ :c 1 .\n] .\n:d :e :f .\n:g :h (\n1 .\n) .\n", 40));
}

TEST(TurtleSplitTest, FaultsAreToldInOrderWithTheirPlaces) {
  std::string text = many(":a :b :c .\r\n:é :b \"ü\" .\n", 60);
  text += ":a oops .\n:a :b unknown:c .\n  :a :b <not an iri> .\n:a :b \"open\n";
  text += many(":a :b :c .\n", 100) + "\xFF\n:d :e :f .\n\xEF\xBB\xBF:d :e :f .\n";
  expect_same(text + ":x :y");
}

TEST(TurtleSplitTest, NothingThatLooksLikeTheEndOfAStatement) {
  expect_same(many(":a :b :c . ", 300));
  expect_same(many(":a :b :c .\r", 300));
  expect_same(many("  :a :b :c .\n", 300));
  expect_same("\xEF\xBB\xBF" + many(":a :b :c\n.\n", 300));
}

TEST(TurtleSplitTest, ASinkThatWantsNoMoreGetsNoMore) {
  const std::string text = many(":a :b :c .\n[] :b [] .\n", 500);
  RdfReadOptions options;
  options.block_bytes = 100;
  for (std::size_t wanted = 2; wanted < 1400; wanted += 99) {
    EXPECT_EQ(read(text, options, 3, wanted), read(text, options, 1, wanted)) << wanted;
  }
}

TEST(TurtleSplitTest, DocumentsPutTogetherByChance) {
  const std::vector<std::string> parts{":a :b :c .\n",
                                       "[] :b ( 1 2 ) .\n",
                                       "\"\"\"",
                                       ".\n",
                                       "# x.\n",
                                       "@prefix : <x> .\n",
                                       "BASE <y/>\n",
                                       "<r> :p 'q' .\n",
                                       "<< :a :b [] >> . \n",
                                       ":s :p 'é', 2.\n",
                                       "]",
                                       "\n.\n",
                                       "_:anon3 :p _:anon .\n",
                                       "\\",
                                       "<open",
                                       ":x :y \"z\"@en .\n"};
  std::mt19937 random(5);
  for (int round = 0; round < 60; ++round) {
    std::string text = "PREFIX : <http://e/>\n";
    for (int i = 0; i < 60; ++i) {
      // Mostly whole statements, so that there is something to split.
      const bool plain = random() % 8 != 0;
      text += plain ? parts[random() % 2] : parts[random() % parts.size()];
    }
    expect_same(text, 16 + random() % 40);
  }
}

}  // namespace
}  // namespace dossier
