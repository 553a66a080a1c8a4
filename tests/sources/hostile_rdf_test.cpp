// Inputs made to hurt: all are read or refused in linear time; the time limit of the test program
// is the judge of "linear", since the quadratic way would take hours.
#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "tests/support/dataset.hpp"

namespace dossier {
namespace {

using test::Dataset;
using test::read_dataset;

struct Counter {
  std::uint64_t statements = 0;
  std::uint64_t bytes = 0;
  bool statement(const StatementView& view) {
    ++statements;
    bytes += view.object->text.size();
    return true;
  }
  void prefix(std::string_view, std::string_view) {}
};

Expected<Counter> count(std::string_view text, Format format, const RdfReadOptions& options = {}) {
  const auto source = memory_input(text, "test");
  Counter counter;
  DiagnosticCollector diagnostics;
  const auto counts = read_rdf(*source, format, options, counter, diagnostics);
  if (!counts) return std::unexpected(counts.error());
  return counter;
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(HostileRdfTest, AMillionNestedBracketsAreRead) {
  constexpr std::size_t kDeep = 1'000'000;
  const std::string text = "PREFIX : <http://e/>\n:a :p " + repeated("[ :p ", kDeep) + "1" +
                           repeated(" ]", kDeep) + " .";
  EXPECT_EQ(count(text, Format::turtle).value().statements, kDeep + 1);
}

TEST(HostileRdfTest, AMillionNestedCollectionsAreRead) {
  constexpr std::size_t kDeep = 1'000'000;
  const std::string text =
      "<http://a> <http://p> " + repeated("( ", kDeep) + repeated(") ", kDeep) + ".";
  EXPECT_EQ(count(text, Format::turtle).value().statements, 2 * (kDeep - 1) + 1);
}

TEST(HostileRdfTest, ReifiedTriplesAndAnnotationsNestDeep) {
  constexpr std::size_t kDeep = 200'000;
  const std::string reified = "PREFIX : <http://e/>\n" + repeated("<< ", kDeep) + ":a :p :o" +
                              repeated(" >> :p :o", kDeep) + " .";
  EXPECT_EQ(count(reified, Format::turtle).value().statements, kDeep + 1);
  const std::string annotated = "PREFIX : <http://e/>\n:a :p :o" + repeated(" {| :p :o", kDeep) +
                                repeated(" |}", kDeep) + " .";
  EXPECT_EQ(count(annotated, Format::turtle).value().statements, 2 * kDeep + 1);
}

TEST(HostileRdfTest, NestingOverTheLimitIsRefused) {
  RdfReadOptions options;
  options.limits.max_depth = 100;
  for (const std::string_view open : {"[ <http://p> ", "( "}) {
    const auto read =
        count("<http://a> <http://p> " + repeated(open, 101), Format::turtle, options);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, code::limit_exceeded);
  }
}

TEST(HostileRdfTest, TripleTermsOverTheLimitAreRefused) {
  const std::string text =
      "<http://a> <http://p> " + repeated("<<( <http://a> <http://p> ", 1001) + "1";
  for (const Format format : {Format::turtle, Format::ntriples}) {
    const auto read = count(text, format);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, code::limit_exceeded);
  }
}

TEST(HostileRdfTest, ALiteralOf200MegabytesIsRead) {
  constexpr std::size_t kSize = 200'000'000;
  const std::string text = "<http://a> <http://p> \"" + std::string(kSize, 'x') + "\" .\n";
  for (const Format format : {Format::ntriples, Format::turtle}) {
    EXPECT_EQ(count(text, format).value().bytes, kSize);
  }
}

TEST(HostileRdfTest, AnIriOf20MegabytesIsRead) {
  constexpr std::size_t kSize = 20'000'000;
  const std::string text = "<http://a> <http://p> <http://" + std::string(kSize, 'x') + "> .\n";
  for (const Format format : {Format::ntriples, Format::turtle}) {
    EXPECT_EQ(count(text, format).value().bytes, kSize + 7);
  }
}

TEST(HostileRdfTest, LiteralsAndLinesOverTheLimitAreRefused) {
  RdfReadOptions options;
  options.limits.max_literal_bytes = 1'000'000;
  const std::string text = "<http://a> <http://p> \"" + std::string(4'000'000, 'x') + "\" .\n";
  for (const Format format : {Format::ntriples, Format::turtle}) {
    const auto read = count(text, format, options);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, code::limit_exceeded);
  }
}

TEST(HostileRdfTest, TwoHundredThousandDotSegmentsAreResolved) {
  RdfReadOptions options;
  options.base = "http://base/" + repeated("d/", 200'000);
  const std::string text =
      "<" + repeated("../", 200'000) + "x> <p> <" + repeated("e/../", 200'000) + "y> .";
  EXPECT_EQ(count(text, Format::turtle, options).value().statements, 1u);
}

TEST(HostileRdfTest, AHundredThousandPrefixesAreRead) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) {
    const std::string n = std::to_string(i);
    text += "PREFIX p" + n + ": <http://e/" + n + "/>\np" + n + ":a p0:b p" + n + ":c .\n";
  }
  EXPECT_EQ(count(text, Format::turtle).value().statements, 100'000u);
  RdfReadOptions options;
  options.limits.max_prefixes = 10;
  EXPECT_EQ(count(text, Format::turtle, options).error().code, code::limit_exceeded);
}

TEST(HostileRdfTest, ARawZeroIsKept) {
  const std::string text = std::string("<http://a> <http://p> \"x") + '\0' + "y\" .\n";
  for (const Format format : {Format::ntriples, Format::turtle}) {
    EXPECT_EQ(count(text, format).value().bytes, 3u);
  }
}

TEST(HostileRdfTest, InvalidUtf8IsRefusedAtEveryPosition) {
  const std::string good = "<http://a> <http://é> \"ü\"@en .\n_:b <http://p> 'c' .\n";
  for (const Format format : {Format::turtle, Format::trig, Format::ntriples, Format::nquads}) {
    const bool lines = format == Format::ntriples || format == Format::nquads;
    const std::string text = lines ? good.substr(0, good.find('\n') + 1) : good;
    for (std::size_t at = 0; at <= text.size(); ++at) {
      for (const std::string_view bad :
           {"\xFF", "\xC3", "\xED\xA0\x80", "\xC0\x80", "\xF4\x90\x80\x80"}) {
        std::string broken = text;
        broken.insert(at, bad);
        for (const std::size_t block : {16u, 4096u}) {
          RdfReadOptions options;
          options.block_bytes = block;
          EXPECT_FALSE(count(broken, format, options)) << at;
        }
      }
    }
  }
}

TEST(HostileRdfTest, InvalidUtf8InJsonLdIsRefusedAtEveryPosition) {
  const std::string text =
      R"({"@id": "http://é", "http://p": [{"@value": "ü", "@language": "en"}]})";
  EXPECT_EQ(count(text, Format::jsonld).value().statements, 1u);
  for (std::size_t at = 0; at <= text.size(); ++at) {
    for (const std::string_view bad :
         {"\xFF", "\xC3", "\xED\xA0\x80", "\xC0\x80", "\xF4\x90\x80\x80"}) {
      std::string broken = text;
      broken.insert(at, bad);
      const auto read = count(broken, Format::jsonld);
      ASSERT_FALSE(read) << at;
      EXPECT_EQ(read.error().code, code::invalid_utf8) << at;
    }
  }
}

TEST(HostileRdfTest, RecoveringFromManyErrorsIsLinear) {
  const std::string bad = repeated("<http://a> oops \"x . ( [ << {| \n", 100'000);
  RdfReadOptions options;
  options.recover = true;
  for (const Format format : {Format::turtle, Format::trig, Format::ntriples}) {
    EXPECT_TRUE(count(bad, format, options)) << static_cast<int>(format);
  }
}

TEST(HostileRdfTest, ACommentOfManyMegabytesNeedsNoMemory) {
  RdfReadOptions options;
  options.limits.max_literal_bytes = 1000;
  const std::string text = "#" + std::string(10'000'000, 'c') + "\n<http://a> <http://p> 1 .";
  EXPECT_EQ(count(text, Format::turtle, options).value().statements, 1u);
}

}  // namespace
}  // namespace dossier
