#include <algorithm>
#include <random>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "base/codes/mapping.hpp"
#include "tests/mapping/mapping_helpers.hpp"

namespace dossier::test {
namespace {

std::string sorted_lines(const std::string& text) {
  std::set<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.insert(line);
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

// One table of the shape "id,name,..." and the statements it must give, both ways.
struct Case {
  const char* name;
  const char* mapping;  // what stands below the mapping `m`
  const char* table;
  const char* expected;  // N-Quads in any order, without the namespace http://e/
};

constexpr Case kCases[] = {
    {"EmptyTable", "s: ex:$(id)\n    po: [[ex:p, $(name)]]", "id,name\n", ""},
    {"TemplateAndReference", "s: ex:$(id)\n    po: [[ex:p, $(name)]]", "id,name\n1,Venus\n",
     "<1> <p> \"Venus\" .\n"},
    {"TwoColumnsInASubject", "s: ex:$(id)/$(name)\n    po: [[ex:p, $(name)]]",
     "id,name\n1,Venus Williams\n", "<1/Venus%20Williams> <p> \"Venus Williams\" .\n"},
    {"ConstantsAndClasses", "s: ex:$(id)\n    po:\n      - [a, [ex:A, ex:B]]\n      - [ex:p, x]",
     "id\n1\n", "<1> <T> <A> .\n<1> <T> <B> .\n<1> <p> \"x\" .\n"},
    {"IriObject", "s: ex:$(id)\n    po: [[ex:p, 'ex:c-$(c)~iri']]", "id,c\n1,a b\n2,\n",
     "<1> <p> <c-a%20b> .\n"},
    {"DatatypeAndLanguage",
     "s: ex:$(id)\n    po:\n      - [ex:p, $(n), xsd:integer]\n      - [ex:q, $(n), en~lang]",
     "id,n\n1,5\n", "<1> <p> \"5\"^^<X#integer> .\n<1> <q> \"5\"@en .\n"},
    {"LanguageFromAColumn",
     "s: ex:$(id)\n    po:\n      - p: ex:p\n        o: {value: $(n), language: $(l)}",
     "id,n,l\n1,pomme,fr\n2,apple,en\n", "<1> <p> \"pomme\"@fr .\n<2> <p> \"apple\"@en .\n"},
    {"DatatypeFromATemplate",
     "s: ex:$(id)\n    po:\n      - p: ex:p\n        o: {value: $(n), datatype: 'xsd:$(t)'}",
     "id,n,t\n1,5,int\n", "<1> <p> \"5\"^^<X#int> .\n"},
    {"AbsentValuesMakeNothing", "s: ex:$(id)\n    po: [[ex:p, $(a)], [ex:q, $(b)]]",
     "id,a,b\n1,,x\n,y,y\n", "<1> <q> \"x\" .\n"},
    {"GraphsOfSubjectAndGroup",
     "s: ex:$(id)\n    g: ex:g\n    po:\n      - [ex:p, $(n)]\n      - {p: ex:q, o: $(n), g: "
     "'ex:h-$(n)'}",
     "id,n\n1,5\n", "<1> <p> \"5\" <g> .\n<1> <q> \"5\" <g> .\n<1> <q> \"5\" <h-5> .\n"},
    {"BlankNodesByValue", "s: {value: '$(id)-$(n)', type: blank}\n    po: [[ex:p, $(n)]]",
     "id,n\n1,a\n1,a\n", "_:1_2Da <p> \"a\" .\n"},
    {"InversePredicate", "s: ex:$(id)\n    po: [{i: ex:p, o: 'ex:c-$(c)~iri'}]", "id,c\n1,x\n",
     "<c-x> <p> <1> .\n"},
    {"SeveralPredicatesAndObjects", "s: ex:$(id)\n    po: [[[ex:p, ex:q], [$(a), $(b)]]]",
     "id,a,b\n1,x,y\n", "<1> <p> \"x\" .\n<1> <p> \"y\" .\n<1> <q> \"x\" .\n<1> <q> \"y\" .\n"},
    {"SelfJoinWithoutCondition", "s: ex:$(id)\n    po: [{p: ex:p, o: {mapping: m}}]", "id\n1\n2\n",
     "<1> <p> <1> .\n<2> <p> <2> .\n"},
    {"JoinOnTheSameTable",
     "s: ex:$(id)\n    po:\n      - p: ex:boss\n        o:\n          mapping: m\n          "
     "condition: "
     "{function: equal, parameters: [[str1, $(boss)], [str2, $(id)]]}",
     "id,boss\n1,\n2,1\n3,1\n4,9\n", "<2> <boss> <1> .\n<3> <boss> <1> .\n"},
    {"JoinOnTwoKeysByTemplate",
     "s: ex:$(id)\n    po:\n      - p: ex:p\n        o:\n          mapping: m\n          "
     "condition:\n"
     "            - {function: equal, parameters: [[str1, 'k$(a)'], [str2, 'k$(b)']]}\n"
     "            - {function: equal, parameters: [[str1, '1'], [str2, $(c)]]}",
     "id,a,b,c\n1,x,y,1\n2,y,x,2\n", "<2> <p> <1> .\n"},
    {"QuotesBreaksAndBackslashes", "s: ex:$(id)\n    po: [[ex:p, $(n)]]",
     "id,n\n1,\"a \"\"q\"\" \\ line\r\nbreak\"\n",
     "<1> <p> \"a \\\"q\\\" \\\\ line\\r\\nbreak\" .\n"},
    {"UnsafeIri", "s: {value: 'http://e/$(id)', type: unsafeiri}\n    po: [[ex:p, x]]",
     "id\na/b c\n", "<a/b c> <p> \"x\" .\n"},
};

std::string with_namespaces(std::string text) {
  const auto replace = [&](std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
      text.replace(at, from.size(), to);
    }
  };
  replace("<", "<http://e/");
  replace("<http://e/T>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>");
  replace("<http://e/X#", "<http://www.w3.org/2001/XMLSchema#");
  return text;
}

class EngineCases : public testing::TestWithParam<Case> {};

TEST_P(EngineCases, GiveTheirStatementsBothWays) {
  const Case& test = GetParam();
  Folder folder;
  folder.write("t.csv", test.table)
      .write("mapping.yarrrml", std::string("prefixes: {ex: 'http://e/'}\nmappings:\n  m:\n    "
                                            "sources: [[t.csv~csv]]\n    ") +
                                    test.mapping + "\n");
  const RunResult run = run_folder(folder);
  EXPECT_EQ(run.complaints(), "");
  EXPECT_EQ(sorted_lines(run.lines), sorted_lines(with_namespaces(test.expected)));
  EXPECT_EQ(sorted_lines(build_folder(folder)), sorted_lines(with_namespaces(test.expected)));
}

INSTANTIATE_TEST_SUITE_P(Tables, EngineCases, testing::ValuesIn(kCases),
                         [](const auto& test) { return std::string(test.param.name); });

// Companies with owners among themselves: joins, duplicates, absent and bad values.
std::string companies(std::size_t rows) {
  std::mt19937 random(11);
  std::string out = "id,name,owner,page\n";
  for (std::size_t i = 0; i < rows; ++i) {
    out += std::to_string(random() % (rows / 2)) + ",\"N, " + std::to_string(random() % 50) +
           "\"," + (random() % 4 == 0 ? "" : std::to_string(random() % rows)) + "," +
           (random() % 100 == 0 ? "no iri" : "http://p/" + std::to_string(random() % 9)) + "\n";
  }
  return out;
}

constexpr std::string_view kCompanies = R"(prefixes: {ex: 'http://e/'}
mappings:
  company:
    sources: [[companies.csv~csv]]
    s: ex:$(id)
    po:
      - [a, ex:Company]
      - [ex:name, $(name), en~lang]
      - [ex:page, $(page)~iri]
      - p: ex:owner
        o: {mapping: company, condition: {function: equal, parameters: [[str1, $(owner)], [str2, $(id)]]}}
)";

TEST(EngineTest, TheNumberOfThreadsLeavesNoTrace) {
  Folder folder;
  folder.write("companies.csv", companies(30'000)).write("mapping.yarrrml", kCompanies);
  TestRun one;
  TestRun four;
  four.run.threads = 4;
  const RunResult a = run_folder(folder, one);
  const RunResult b = run_folder(folder, four);
  EXPECT_TRUE(a.lines == b.lines);
  EXPECT_EQ(a.complaints(), b.complaints());
  EXPECT_EQ(a.counts.duplicates, b.counts.duplicates);
  EXPECT_TRUE(build_folder(folder, one) == build_folder(folder, four));
}

TEST(EngineTest, BothWaysGiveTheSameStatements) {
  Folder folder;
  folder.write("companies.csv", companies(5'000)).write("mapping.yarrrml", kCompanies);
  EXPECT_TRUE(sorted_lines(run_folder(folder).lines) == sorted_lines(build_folder(folder)));
}

TEST(EngineTest, DuplicatesAreRemovedUnlessTheyAreWanted) {
  Folder folder;
  folder.write("companies.csv", companies(5'000)).write("mapping.yarrrml", kCompanies);
  TestRun keep;
  keep.run.keep_duplicates = true;
  const RunResult without = run_folder(folder);
  const RunResult with = run_folder(folder, keep);
  const auto count = [](const std::string& text) {
    return static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
  };
  EXPECT_EQ(count(without.lines), without.counts.written());
  EXPECT_EQ(count(with.lines), without.counts.statements);
  EXPECT_GT(without.counts.duplicates, 0u);
  EXPECT_EQ(sorted_lines(with.lines), sorted_lines(without.lines));
}

TEST(EngineTest, TheLedgerBalances) {
  Folder folder;
  folder
      .write("companies.csv",
             "id,name,owner,page\n1,A,2,http://p/1\n2,,1,no iri\n,C,1,http://p/3\n")
      .write("mapping.yarrrml", kCompanies);
  const RunResult run = run_folder(folder);
  ASSERT_EQ(run.counts.sources.size(), 1u);
  const SourceCounts& counts = run.counts.sources[0];
  EXPECT_EQ(counts.path, "companies.csv");
  EXPECT_EQ(counts.records_read, 3u);
  EXPECT_EQ(counts.records_rejected, 0u);
  EXPECT_EQ(counts.absent_terms, 2u);  // a name, a subject
  EXPECT_EQ(counts.statements, 6u);
  EXPECT_EQ(counts.rejected.at(code::map_bad_iri), 1u);
  ASSERT_EQ(run.counts.joins.size(), 1u);
  EXPECT_EQ(run.counts.joins[0].parents, 2u);
  EXPECT_EQ(run.counts.joins[0].matches, 2u);
}

TEST(EngineTest, ABadValueIsReportedAtItsCellWithTheRuleBehindIt) {
  Folder folder;
  folder.write("companies.csv", "id,name,owner,page\n1,\"two\nlines\",,http://p/1\n2,B,,no iri\n")
      .write("mapping.yarrrml", kCompanies);
  const RunResult run = run_folder(folder);
  ASSERT_EQ(run.diagnostics.size(), 1u);
  const Diagnostic& bad = run.diagnostics[0];
  EXPECT_EQ(to_string(bad.place), "companies.csv:4:6");
  EXPECT_EQ(bad.message, "\"no iri\" from page is not an IRI: U+0020 is at character 3");
  EXPECT_EQ(bad.related.line, 9u);
  EXPECT_FALSE(run.failed);
}

TEST(EngineTest, RelativeIrisStandBehindTheBase) {
  Folder folder;
  folder.write("t.csv", "id\na\nhttp://x/y\n")
      .write("mapping.yarrrml",
             "mappings:\n  m: {sources: [[t.csv~csv]], s: $(id), po: [['http://e/p', x]]}\n");
  TestRun options;
  options.compile.base = "http://base/";
  EXPECT_EQ(run_folder(folder, options).lines,
            "<http://base/a> <http://e/p> \"x\" .\n<http://x/y> <http://e/p> \"x\" .\n");
  EXPECT_EQ(run_folder(folder).diagnostics.size(), 1u);
}

TEST(EngineTest, BlankNodesOfRecordsAreNamedFromTheirPlace) {
  Folder folder;
  folder.write("t.csv", "n\na\na\n")
      .write("mapping.yarrrml",
             "mappings:\n  m: {sources: [[t.csv~csv]], po: [['http://e/p', $(n)]]}\n");
  const std::string lines = run_folder(folder).lines;
  EXPECT_EQ(std::ranges::count(lines, '\n'), 2);
  EXPECT_EQ(sorted_lines(lines), sorted_lines(build_folder(folder)));
  // The label depends on what the mapping says, not on where its folder lies.
  Folder other;
  other.write("t.csv", "n\na\na\n")
      .write("mapping.yarrrml",
             "mappings:\n  m: {sources: [[t.csv~csv]], po: [['http://e/p', $(n)]]}\n");
  EXPECT_EQ(run_folder(other).lines, lines);
}

TEST(EngineTest, NTriplesRefusesNamedGraphsBeforeAnythingRuns) {
  Folder folder;
  folder.write("t.csv", "id\n1\n")
      .write("mapping.yarrrml",
             "mappings:\n  m: {sources: [[t.csv~csv]], s: 'http://e/$(id)', g: 'http://e/g', po: "
             "[['http://e/p', x]]}\n");
  TestRun options;
  options.run.format = Format::ntriples;
  const RunResult run = run_folder(folder, options);
  EXPECT_TRUE(run.failed);
  EXPECT_EQ(run.lines, "");
}

TEST(EngineTest, EvidenceNamesRecordAndRuleOnceForAllTheirStatements) {
  Folder folder;
  folder.write("companies.csv", "id,name,owner,page\n1,A,2,http://p/1\n2,B,,http://p/2\n")
      .write("mapping.yarrrml", kCompanies);
  DiagnosticCollector diagnostics;
  const auto plan = compile_file(folder, {}, diagnostics);
  ASSERT_TRUE(plan);
  Builder builder;
  ASSERT_TRUE(run_to_builder(*plan, builder, {}, diagnostics));
  const Graph graph = freeze(std::move(builder));
  EXPECT_EQ(graph.size(), 7u);
  ASSERT_EQ(graph.evidence_rows().size(), 2u);
  EXPECT_EQ(graph.evidence_rows()[0].offset, 19u);
  EXPECT_EQ(graph.evidence_rows()[1].offset, 36u);
  EXPECT_EQ(graph.sources()[0].path, "companies.csv");
  EXPECT_EQ(graph.rules()[0].name, "company");
  EXPECT_EQ(graph.rules()[0].offset, kCompanies.find("company:"));
}

}  // namespace
}  // namespace dossier::test
