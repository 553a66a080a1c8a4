#include <gtest/gtest.h>

#include "base/codes/rdf.hpp"
#include "tests/support/dataset.hpp"
#include "tests/support/isomorphism.hpp"

namespace dossier {
namespace {

using test::Dataset;
using test::must_read;
using test::read_dataset;

constexpr std::string_view kPrefix = "PREFIX : <http://e/>\n";

Error error_of(std::string_view text, const RdfReadOptions& options = {},
               Format format = Format::turtle) {
  const auto read = read_dataset(text, format, options);
  if (read) {
    ADD_FAILURE() << "was accepted: " << text;
    return {};
  }
  return read.error();
}

std::string with_prefix(std::string_view text) {
  return std::string(kPrefix).append(text);
}

// One of every construct, for tests that read it in several ways.
constexpr std::string_view kEverything = R"(@prefix : <http://e/> .
BASE <http://base/dir/>
VERSION "1.2"
@version '1.2' .
# a comment
<rel> a :C ; :p-1 "x", 'y'@en-GB , """long "quoted" \"text\"
over lines"""@ar--rtl , '''a'b''' ; .
:s :p 1, -2.5, +3e10, .5e-1, true, false, "7" ^^ :dt .
:l :list ( 1 ( ) [ :q :r ] "s" ( :x _:b1 ) ) .
[ :p :o ; :q [ ] ] :r _:anon1 .
( :a ) :p :o .
[] :p "é\u00E9\t\U0001F600" .
<< :s :p :o ~ :id >> :says "so" .
<< :s :p << _:b1 :q 'z' >> >> .
:a :t <<( :s :p <<( :x :y "z"@en )>> )>> .
:s :p :o ~ :r1 {| :since 2001 |} ~ {| :by :me ; :at [ :n 1 ] |} , :o2 {| :k :v |} .
:with\,escape :p:q%20 :0local:name.x .
)";

TEST(TurtleTest, EveryConstructGivesItsStatements) {
  const Dataset read = must_read(kEverything, Format::turtle);
  EXPECT_EQ(read.statements().size(), 51u) << read.text();
  const std::string text = read.text();
  for (const std::string_view line :
       {"<http://base/dir/rel> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/C> .",
        "<http://base/dir/rel> <http://e/p-1> \"long \\\"quoted\\\" \\\"text\\\"\\nover "
        "lines\"@ar--rtl .",
        "<http://e/s> <http://e/p> \"+3e10\"^^<http://www.w3.org/2001/XMLSchema#double> .",
        "<http://e/s> <http://e/p> \"7\"^^<http://e/dt> .",
        "<http://e/id> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> "
        "<<( <http://e/s> <http://e/p> <http://e/o> )>> .",
        "<http://e/r1> <http://e/since> \"2001\"^^<http://www.w3.org/2001/XMLSchema#integer> .",
        "<http://e/with,escape> <http://e/p:q%20> <http://e/0local:name.x> ."}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "\nnot in\n" << text;
  }
}

TEST(TurtleTest, TheSizeOfBlocksLeavesNoTrace) {
  const std::vector<std::string> whole = must_read(kEverything, Format::turtle).lines();
  RdfReadOptions options;
  for (options.block_bytes = 16; options.block_bytes < 200; ++options.block_bytes) {
    ASSERT_EQ(must_read(kEverything, Format::turtle, options).lines(), whole)
        << options.block_bytes;
  }
}

TEST(TurtleTest, EveryCutDocumentIsReadOrRefusedWithAPlaceInside) {
  for (std::size_t size = 0; size < kEverything.size(); ++size) {
    const std::string_view cut = kEverything.substr(0, size);
    const auto read = read_dataset(cut, Format::trig);
    if (read) continue;
    EXPECT_GE(read.error().place.line, 1u);
    EXPECT_LE(read.error().place.line,
              1u + static_cast<std::size_t>(std::count(cut.begin(), cut.end(), '\n')));
    EXPECT_FALSE(read.error().message.empty());
  }
}

TEST(TurtleTest, PlacesCountLinesAndCodePoints) {
  const Error error = error_of(with_prefix(":a :é \"ü\" \"x\" ."));
  EXPECT_EQ(error.code, code::rdf_syntax);
  EXPECT_EQ(to_string(error.place), "test:2:11");
  EXPECT_EQ(error.message, "found the literal \"x\", wanted '.', ';' or ','");
}

TEST(TurtleTest, PlacesHoldFarBehindTheFirstBlock) {
  std::string text(kPrefix);
  for (int i = 0; i < 50'000; ++i) text += ":a :b :c .\r\n";
  RdfReadOptions options;
  options.block_bytes = 1000;
  EXPECT_EQ(to_string(error_of(text + "  :a :b", options).place), "test:50002:8");
}

TEST(TurtleTest, AnUnknownPrefixNamesTheNearestOne) {
  const Error error = error_of("PREFIX people: <http://e/>\npeopel:a a people:b .");
  EXPECT_EQ(error.code, code::rdf_unknown_prefix);
  EXPECT_EQ(to_string(error.place), "test:2:1");
  EXPECT_EQ(error.hint, "did you mean 'people:'?");
  EXPECT_EQ(error_of("foaf:a a foaf:b .").hint,
            "declare it: PREFIX foaf: <http://xmlns.com/foaf/0.1/>");
}

TEST(TurtleTest, FaultsHaveTheirCodes) {
  const std::pair<std::string_view, DiagnosticCode> cases[] = {
      {"<a> :p :o .", code::rdf_bad_iri},
      {"<http://e/ a> :p :o .", code::rdf_bad_iri},
      {"<http://e/\\u0020> :p :o .", code::rdf_bad_iri},
      {":a :p \"\\q\" .", code::rdf_bad_escape},
      {":a :p \"\\uD800\" .", code::rdf_bad_escape},
      {":a :p \"x\"@toolongsubtag .", code::rdf_bad_language_tag},
      {":a :p \"x\"@en--up .", code::rdf_bad_language_tag},
      {"\"x\" :p :o .", code::rdf_position},
      {":a \"x\" :o .", code::rdf_position},
      {"<<( :a :b :c )>> :p :o .", code::rdf_position},
      {":a :p \"open .", code::rdf_syntax},
      {":a :p \"\"\"open .", code::rdf_syntax},
      {":a :p :o", code::rdf_syntax},
      {":a :p [ :q .", code::rdf_syntax},
      {":a :p ( 1 2 .", code::rdf_syntax},
  };
  for (const auto& [text, code] : cases) {
    EXPECT_EQ(error_of(with_prefix(text)).code, code) << text;
  }
}

TEST(TurtleTest, AnonymousNodesNeverMeetLabelsOfTheDocument) {
  const Dataset read = must_read(with_prefix("_:anon1 :p [ ] . _:anon_1 :p [ ] ."), Format::turtle);
  EXPECT_EQ(read.text(), "_:anon_1 <http://e/p> _:anon1 .\n_:anon__1 <http://e/p> _:anon2 .\n");
}

TEST(TurtleTest, TheScopeStandsInFrontOfEveryLabel) {
  RdfReadOptions options;
  options.blank_scope = "f1.";
  const Dataset read = must_read(with_prefix("_:x :p ( [] ) ."), Format::turtle, options);
  for (std::uint32_t i = 0; i < read.terms().size(TermKind::blank); ++i) {
    EXPECT_TRUE(read.terms().record(TermId(TermKind::blank, i)).text().starts_with("f1."));
  }
}

TEST(TurtleTest, AbsoluteIrisKeepTheirDotSegments) {
  RdfReadOptions options;
  options.base = "http://base/x/y";
  const Dataset read = must_read("<http://e/a/../b> <../p> <.> .", Format::turtle, options);
  EXPECT_EQ(read.text(), "<http://e/a/../b> <http://base/p> <http://base/x/> .\n");
}

TEST(TurtleTest, ABaseThatIsNotAbsoluteIsRefused) {
  RdfReadOptions options;
  options.base = "dir/file";
  EXPECT_EQ(error_of("<a> <b> <c> .", options).code, code::rdf_bad_iri);
}

TEST(TurtleTest, ALanguageTagMayStandApartButADirectiveIsNone) {
  EXPECT_EQ(must_read(with_prefix(":a :p \"x\" @en ."), Format::turtle).text(),
            "<http://e/a> <http://e/p> \"x\"@en .\n");
  EXPECT_EQ(must_read("VERSION \"1.2\"\n@prefix : <http://e/> . :a :b :c .", Format::turtle)
                .statements()
                .size(),
            1u);
}

TEST(TurtleTest, AByteOrderMarkIsNoPartOfTheText) {
  EXPECT_EQ(must_read("\xEF\xBB\xBF<http://a> <http://b> <http://c> .", Format::turtle)
                .statements()
                .size(),
            1u);
}

struct Recorder {
  std::vector<std::uint64_t> offsets;
  std::vector<std::string> prefixes;
  std::size_t stop_after = 1000;
  bool statement(const StatementView& view) {
    offsets.push_back(view.offset);
    return offsets.size() < stop_after;
  }
  void prefix(std::string_view name, std::string_view iri) {
    prefixes.push_back(std::string(name) + "=" + std::string(iri));
  }
};

TEST(TurtleTest, OffsetsAreThoseOfTheObjects) {
  const std::string text = with_prefix(":a :p :o , \"x\"@en ; :q [ :r 7 ] .");
  const auto source = memory_input(text, "test");
  Recorder recorder;
  DiagnosticCollector diagnostics;
  RdfReadOptions options;
  options.block_bytes = 16;
  ASSERT_TRUE(read_rdf(*source, Format::turtle, options, recorder, diagnostics));
  EXPECT_EQ(recorder.offsets, (std::vector<std::uint64_t>{text.find(":o "), text.find("\"x\""),
                                                          text.find("[ :r"), text.find("7 ]")}));
  EXPECT_EQ(recorder.prefixes, std::vector<std::string>{"=http://e/"});
}

TEST(TurtleTest, TheSinkStopsTheReader) {
  const std::string text = with_prefix(":a :p 1, 2, 3, 4 . this is never looked at");
  const auto source = memory_input(text, "test");
  Recorder recorder;
  recorder.stop_after = 2;
  DiagnosticCollector diagnostics;
  const auto counts = read_rdf(*source, Format::turtle, {}, recorder, diagnostics);
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->statements, 2u);
}

TEST(TurtleTest, RecoveringReportsEveryErrorAndReadsTheRest) {
  const std::string text = with_prefix(
      ":a :p 1 .\n"
      ":b :p oops .\n"
      ":c nope:p 3 .\n"
      ":d :p \"open .\n"
      ":e :p 5 .\n"
      ":f :p \xFF 6 .\n"
      ":g :p 7 .\n"
      "@prefix x <http://x/> .\n"
      ":h :p ( 1 [ :q ) .\n"
      ":i :p 9 .");
  const auto source = memory_input(text, "test");
  Dataset read;
  DiagnosticCollector diagnostics;
  RdfReadOptions options;
  options.recover = true;
  const auto counts = read_rdf(*source, Format::turtle, options, read, diagnostics);
  ASSERT_TRUE(counts) << render(counts.error());
  std::vector<std::uint64_t> lines;
  for (const Diagnostic& each : diagnostics.sorted()) lines.push_back(each.place.line);
  EXPECT_EQ(lines, (std::vector<std::uint64_t>{3, 4, 5, 7, 9, 10}));
  EXPECT_EQ(counts->errors, 6u);
  for (const std::string_view good : {"<http://e/a>", "<http://e/g>", "<http://e/i>"}) {
    EXPECT_NE(read.text().find(good), std::string::npos) << good;
  }
}

TEST(TurtleTest, ALongStringIsReadWholeBehindOneThatBroke) {
  std::string quotes;
  for (int i = 0; i < 100; ++i) quotes += "\"\"y";
  const std::string text =
      with_prefix(":a :p \"\"\"" + std::string(100, 'x') + "\xFF .\n" +
                  ":b :p \"\"\"a\"\"\" . :c :p \"\"\"" + quotes + "\\n\"\"\" .");
  for (const std::size_t block : {16u, 4096u}) {
    const auto source = memory_input(text, "test");
    Dataset read;
    DiagnosticCollector diagnostics;
    RdfReadOptions options;
    options.recover = true;
    options.block_bytes = block;
    ASSERT_TRUE(read_rdf(*source, Format::turtle, options, read, diagnostics));
    EXPECT_EQ(diagnostics.count(), 1u);
    EXPECT_EQ(read.statements().size(), 2u) << read.text();
  }
}

TEST(TrigTest, ErrorsInsideAGraphLeaveItsOtherStatementsThere) {
  const std::string text = with_prefix(
      ":g { :a :p 1 . :b :p oops . :c :p 3 . @prefix y: <http://y/> . :d :p 4 } :e :p 5 . }"
      " :f :p 6 .");
  const auto source = memory_input(text, "test");
  Dataset read;
  DiagnosticCollector diagnostics;
  RdfReadOptions options;
  options.recover = true;
  const auto counts = read_rdf(*source, Format::trig, options, read, diagnostics);
  ASSERT_TRUE(counts) << render(counts.error());
  EXPECT_EQ(counts->errors, 3u);
  EXPECT_EQ(read.statements().size(), 4u) << read.text();
}

TEST(TrigTest, GraphsAreNamedByIrisLabelsAndEmptyBrackets) {
  const Dataset read = must_read(
      with_prefix(":g { :a :b :c , :d . } GRAPH _:g { :a :b :c } [] { :a :b :c . :x a :y }"
                  "{ :a :b :c } :a :b :d . << :s :p :o >> :q :r ."),
      Format::trig);
  EXPECT_EQ(read.statements().size(), 9u) << read.text();
  EXPECT_EQ(read.terms().size(TermKind::blank), 3u);
}

}  // namespace
}  // namespace dossier
