// What is suspicious in a mapping, and the mapping that is suggested for a table.
#include "mapping/lint.hpp"

#include <gtest/gtest.h>

#include "base/codes/tables.hpp"
#include "mapping/suggest.hpp"
#include "tests/mapping/mapping_helpers.hpp"

namespace dossier::test {
namespace {

std::string lint(const Folder& folder) {
  DiagnosticCollector diagnostics;
  const auto plan = compile_file(folder, {}, diagnostics);
  if (!plan) return render(plan.error());
  lint_plan(*plan, {}, diagnostics);
  std::string out;
  for (const Diagnostic& each : diagnostics.sorted()) {
    out += std::to_string(each.place.line) + ":" + std::to_string(each.place.column) + " " +
           std::string(info(each.code).name) + ": " + each.message + "\n";
  }
  return out;
}

constexpr std::string_view kHead =
    "prefixes: {ex: 'http://e/', xsd: 'http://www.w3.org/2001/XMLSchema#'}\nmappings:\n";

TEST(MappingLintTest, ColumnsThatNothingUsesAreListed) {
  Folder folder;
  folder.write("t.csv", "id,name,extra,more\n1,a,b,c\n");
  folder.write("mapping.yarrrml", std::string(kHead) +
                                      "  m:\n    sources: [[t.csv~csv]]\n    s: ex:$(id)\n"
                                      "    po: [[ex:name, $(name)]]\n");
  EXPECT_EQ(lint(folder),
            "4:15 lint_unused_column: nothing uses 2 columns of t.csv: extra, more\n");
}

TEST(MappingLintTest, AnUnknownColumnIsToldWithTheNearest) {
  Folder folder;
  folder.write("t.csv", "id,name\n1,a\n");
  folder.write("mapping.yarrrml", std::string(kHead) +
                                      "  m:\n    sources: [[t.csv~csv]]\n    s: ex:$(id)\n"
                                      "    po: [[ex:name, $(nmae)]]\n");
  EXPECT_NE(lint(folder).find("there is no column \"nmae\""), std::string::npos) << lint(folder);
}

TEST(MappingLintTest, AMapThatMakesNothingIsTold) {
  Folder folder;
  folder.write("t.csv", "id,name\n,a\n,b\n");
  folder.write("mapping.yarrrml", std::string(kHead) +
                                      "  m:\n    sources: [[t.csv~csv]]\n    s: ex:$(id)\n"
                                      "    po: [[ex:name, $(name)]]\n");
  EXPECT_EQ(lint(folder),
            "3:3 lint_empty_map: the triples map \"m\" makes nothing of the first 1,000 records\n");
}

TEST(MappingLintTest, AdjacentValuesInATemplateAreTold) {
  Folder folder;
  folder.write("t.csv", "a,b\nx,y\n");
  folder.write("mapping.yarrrml", std::string(kHead) +
                                      "  m:\n    sources: [[t.csv~csv]]\n    s: ex:$(a)-$(b)\n"
                                      "    po: [[ex:p, $(a)]]\n");
  EXPECT_NE(
      lint(folder).find("5:8 lint_ambiguous_template: two values stand in http://e/{}-{} without"),
      std::string::npos)
      << lint(folder);
}

TEST(MappingLintTest, OneTemplateForTwoClassesIsTold) {
  const std::string maps =
      "  m:\n    sources: [[t.csv~csv]]\n    s: ex:$(a)\n    po: [[a, ex:App]]\n"
      "  n:\n    sources: [[t.csv~csv]]\n    s: ex:$(b)\n    po: [[a, ex:Company]]\n";
  Folder folder;
  folder.write("t.csv", "a,b\nx,y\n");
  folder.write("mapping.yarrrml", std::string(kHead) + maps);
  EXPECT_EQ(
      lint(folder),
      "5:8 lint_shared_template: 2 triples maps make IRIs of one shape, http://e/{}, for things "
      "of different classes: m, n\n");
  folder.write("t.csv", "a,b\nx,y\ny,z\n");
  EXPECT_NE(
      lint(folder).find("9:8 lint_shared_template: m and n both make <http://e/y>, of classes that "
                        "differ: <http://e/App> and <http://e/Company>"),
      std::string::npos)
      << lint(folder);
}

TEST(MappingLintTest, ValuesThatAreNotOfTheirDatatypeAreTold) {
  Folder folder;
  folder.write("t.csv", "id,on\n1,2020-01-01\n2,soon\n");
  folder.write("mapping.yarrrml", std::string(kHead) +
                                      "  m:\n    sources: [[t.csv~csv]]\n    s: ex:$(id)\n"
                                      "    po: [[ex:on, $(on), xsd:date]]\n");
  EXPECT_EQ(lint(folder),
            "6:18 lint_datatype: 1 of 2 values of <http://e/on> are no xsd:date: \"soon\"\n");
}

SuggestOptions beside(const Folder& folder) {
  SuggestOptions options;
  options.beside = folder.path();
  return options;
}

TEST(SuggestTest, TheSuggestedMappingRunsAndTypesItsColumns) {
  Folder folder;
  folder.write("companies.csv",
               "id,Full name,Founded,listed,country,site,Since (about),status\n"
               "1,\"A, Ltd\",1999,true,US,http://a.example/,5.10.2020,on\n"
               "2,B's,2001,false,DE,http://b.example/,17.1.2021,on\n"
               "3,C,2004,true,FR,,1.2.2022,off\n");
  const auto text = suggest_mapping(folder.path() / "companies.csv", beside(folder));
  ASSERT_TRUE(text) << render(text.error());
  folder.write("mapping.yarrrml", *text);
  const auto ran = run_folder(folder);
  EXPECT_EQ(ran.complaints(), "") << *text;
  for (const std::string_view line : {
           "<http://example.org/company/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
           "<http://example.org/Company> .",
           "<http://example.org/company/1> <http://example.org/fullName> \"A, Ltd\" .",
           "<http://example.org/company/2> <http://example.org/founded> "
           "\"2001\"^^<http://www.w3.org/2001/XMLSchema#gYear> .",
           "<http://example.org/company/1> <http://example.org/listed> "
           "\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> .",
           "<http://example.org/company/1> <http://example.org/site> <http://a.example/> .",
           "<http://example.org/company/2> <http://example.org/sinceAbout> "
           "\"2021-01-17\"^^<http://www.w3.org/2001/XMLSchema#date> .",
       }) {
    EXPECT_NE(ran.lines.find(line), std::string::npos) << line << "\n" << ran.lines << *text;
  }
}

// As the lists of OFAC are.
TEST(SuggestTest, ATableWithoutAHeaderAndWithMarksForNoValueIsSeen) {
  Folder folder;
  folder.write("sdn.csv",
               "36,\"AERO\",-0- ,\"CUBA\",-0- \n173,\"ANGLO\",-0- ,\"CUBA\",-0- \n"
               "306,\"B, Ann\",\"individual\",\"CUBA\",-0- \n424,\"C\",-0- ,\"IRAQ\",\"x\"\n");
  const auto text = suggest_mapping(folder.path() / "sdn.csv", beside(folder));
  ASSERT_TRUE(text) << render(text.error());
  folder.write("mapping.yarrrml", *text);
  const auto ran = run_folder(folder);
  EXPECT_EQ(ran.complaints(), "") << *text;
  EXPECT_EQ(ran.counts.sources[0].records_read, 4u);
  EXPECT_NE(ran.lines.find("<http://example.org/sdn/36> <http://example.org/column2> \"AERO\" ."),
            std::string::npos)
      << ran.lines << *text;
  EXPECT_EQ(ran.lines.find("-0-"), std::string::npos) << ran.lines << *text;
}

TEST(SuggestTest, NaAmongCodesIsACodeAndElsewhereNoValue) {
  Folder folder;
  const std::string rows = "AF,AS,x\nNA,AF,NA\nUS,NA,NA\n";
  const std::pair<std::string, bool> tables[] = {{"code,continent,note\n" + rows, false},
                                                 {"note,a,b\nk,NA,long\nm,short,NA\n", true}};
  for (const auto& [table, stands] : tables) {
    folder.write("t.csv", table);
    const auto text = suggest_mapping(folder.path() / "t.csv", beside(folder));
    ASSERT_TRUE(text) << render(text.error());
    EXPECT_EQ(text->find("null: ['', 'NA']") != std::string::npos, stands) << *text;
  }
}

TEST(SuggestTest, ADoubledNameInAHeaderStaysAnError) {
  Folder folder;
  folder.write("t.csv", "name,note,name\na,b,c\nd,e,f\n");
  const auto text = suggest_mapping(folder.path() / "t.csv", beside(folder));
  ASSERT_FALSE(text) << *text;
  EXPECT_EQ(text.error().code, code::csv_duplicate_column);
}

TEST(SuggestTest, CodesStayTextsAndTheTableIsNamedFromWhereTheMappingWillLie) {
  Folder folder;
  std::filesystem::create_directories(folder.path() / "data");
  folder.write("data/t.csv", "id,Zip Code,year\n1,1010,1999\n2,2020,2001\n3,NA,2002\n");
  const auto text = suggest_mapping(folder.path() / "data" / "t.csv", beside(folder));
  ASSERT_TRUE(text) << render(text.error());
  EXPECT_NE(text->find("- ['data/t.csv~csv']"), std::string::npos) << *text;
  EXPECT_NE(text->find("['ex:zipCode', '$(Zip Code)']"), std::string::npos) << *text;
  EXPECT_NE(text->find("xsd:gYear"), std::string::npos) << *text;
}

TEST(SuggestTest, WithoutAKeyRecordsAreBlankNodes) {
  Folder folder;
  folder.write("t.csv", "a,b\nx,1\nx,1\n");
  const auto text = suggest_mapping(folder.path() / "t.csv", beside(folder));
  ASSERT_TRUE(text) << render(text.error());
  folder.write("mapping.yarrrml", *text);
  const auto ran = run_folder(folder);
  EXPECT_EQ(ran.complaints(), "") << *text;
  EXPECT_EQ(ran.counts.statements, 6u) << ran.lines;
}

}  // namespace
}  // namespace dossier::test
