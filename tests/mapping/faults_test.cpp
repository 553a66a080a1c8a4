// What goes wrong outside of the mapping: files, columns, paths, joins that find nothing.
#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "base/codes/mapping.hpp"
#include "base/codes/tables.hpp"
#include "tests/mapping/mapping_helpers.hpp"

namespace dossier::test {
namespace {

std::string mapping_of(std::string_view source, std::string_view po = "[[a, http://e/C]]") {
  return "mappings:\n  m:\n    sources: [[" + std::string(source) +
         "~csv]]\n    s: http://e/$(id)\n    po: " + std::string(po) + "\n";
}

TEST(MappingFaultsTest, AMisspeltColumnNamesTheNearestAndLeavesNoOutput) {
  Folder folder;
  folder.write("t.csv", "id,name\n1,a\n")
      .write("mapping.yarrrml", mapping_of("t.csv", "[[http://e/p, $(nmae)]]"));
  const RunResult run = run_folder(folder);
  EXPECT_TRUE(run.failed);
  EXPECT_EQ(run.lines, "");
  const Diagnostic& last = run.diagnostics.back();
  EXPECT_EQ(last.code, code::column_unknown);
  EXPECT_NE(last.hint.find("did you mean \"name\"?"), std::string::npos) << render(last);
  EXPECT_EQ(last.related.line, 5u) << "the place in the mapping";
  EXPECT_GT(last.related.column, 0u);
}

TEST(MappingFaultsTest, AMissingFileIsNamedWithTheSourceThatWantsIt) {
  Folder folder;
  folder.write("mapping.yarrrml", mapping_of("gone.csv"));
  const RunResult run = run_folder(folder);
  EXPECT_TRUE(run.failed);
  EXPECT_EQ(run.diagnostics.back().code, code::file_not_found);
  EXPECT_NE(run.diagnostics.back().place.file.find("gone.csv"), std::string::npos);
  EXPECT_EQ(run.diagnostics.back().related.line, 3u);
}

TEST(MappingFaultsTest, BrokenTurtleHasAPlace) {
  Folder folder;
  folder.write("mapping.ttl", "@prefix rml: <http://w3id.org/rml/> .\n<a> rml:x [ ;; .\n");
  TestRun options;
  options.mapping = "mapping.ttl";
  const RunResult run = run_folder(folder, options);
  EXPECT_TRUE(run.failed);
  EXPECT_EQ(run.diagnostics.back().place.line, 2u);
}

TEST(MappingFaultsTest, NothingOutsideOfTheRootIsRead) {
  Folder folder;
  Folder other;
  other.write("t.csv", "id\n1\n");
  folder.write("mapping.yarrrml", mapping_of((other.path() / "t.csv").string()));
  TestRun options;
  options.compile.allowed_root = folder.path();
  EXPECT_EQ(run_folder(folder, options).diagnostics.front().code, code::outside_root);
  options.compile.allowed_root = other.path();
  EXPECT_FALSE(run_folder(folder, options).failed);
  folder.write("mapping.yarrrml", mapping_of("../t.csv"));
  options.compile.allowed_root = folder.path();
  EXPECT_EQ(run_folder(folder, options).diagnostics.front().code, code::outside_root);
}

TEST(MappingFaultsTest, NothingIsFetchedFromTheNetwork) {
  Folder folder;
  folder.write("mapping.yarrrml", mapping_of("http://e/t.csv"));
  EXPECT_EQ(run_folder(folder).diagnostics.front().code, code::network_refused);
}

TEST(MappingFaultsTest, AJoinThatFindsNothingIsSaid) {
  Folder folder;
  folder.write("t.csv", "id,c\n1,at\n2,de\n")
      .write("u.csv", "code\nAT\nDE\n")
      .write("mapping.yarrrml", R"(mappings:
  m:
    sources: [[t.csv~csv]]
    s: http://e/$(id)
    po:
      - p: http://e/p
        o: {mapping: n, condition: {function: equal, parameters: [[str1, $(c)], [str2, $(code)]]}}
  n: {sources: [[u.csv~csv]], s: 'http://e/$(code)', po: [[a, 'http://e/C']]}
)");
  const RunResult run = run_folder(folder);
  ASSERT_EQ(run.diagnostics.size(), 1u);
  EXPECT_EQ(run.diagnostics[0].code, code::join_without_match);
  EXPECT_EQ(run.diagnostics[0].place.line, 7u);
  EXPECT_EQ(run.diagnostics[0].message,
            "this join found nothing: none of 2 keys is among 2 parents");
}

TEST(MappingFaultsTest, AJoinWithoutConditionIsBoundedBeforeItStarts) {
  Folder folder;
  folder.write("t.csv", "id\n1\n2\n3\n")
      .write("u.csv", "code\nA\nB\n")
      .write("mapping.yarrrml", R"(mappings:
  m:
    sources: [[t.csv~csv]]
    s: http://e/$(id)
    po: [{p: 'http://e/p', o: {mapping: n}}]
  n: {sources: [[u.csv~csv]], s: 'http://e/$(code)'}
)");
  TestRun options;
  options.run.limits.max_join_rows = 6;
  EXPECT_EQ(run_folder(folder, options).counts.statements, 6u);
  options.run.limits.max_join_rows = 5;
  const RunResult run = run_folder(folder, options);
  EXPECT_TRUE(run.failed);
  EXPECT_EQ(run.lines, "");
  EXPECT_EQ(run.diagnostics.back().code, code::limit_exceeded);
  EXPECT_EQ(run.diagnostics.back().place.line, 5u);
}

TEST(MappingFaultsTest, ADamagedFileStopsTheRun) {
  Folder folder;
  folder.write("t.csv", "id\n1\n\"open\n").write("mapping.yarrrml", mapping_of("t.csv"));
  const RunResult run = run_folder(folder);
  EXPECT_TRUE(run.failed);
  EXPECT_EQ(run.diagnostics.back().code, code::csv_unclosed_quote);
}

}  // namespace
}  // namespace dossier::test
