// Collections, quoted statements and views beyond the suites: threads, places of blank nodes,
// faults.
#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/mapping/mapping_helpers.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kPrefixes =
    "@prefix rml: <http://w3id.org/rml/> .\n@prefix ex: <http://e/> .\n"
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n";

std::string source(std::string_view file) {
  return "rml:logicalSource [ rml:source [ a rml:RelativePathSource; rml:root "
         "rml:MappingDirectory;\n"
         "  rml:path \"" +
         std::string(file) + "\" ]; rml:referenceFormulation rml:CSV ];\n";
}

TestRun turtle(std::size_t threads = 1) {
  TestRun run;
  run.mapping = "mapping.ttl";
  run.run.threads = threads;
  return run;
}

TEST(CompoundsTest, ANamedListIsTheSameForAnyNumberOfThreads) {
  Folder folder;
  std::string table = "id,v\n";
  for (int i = 0; i < 60'000; ++i)
    table += std::to_string(i % 7) + ",value" + std::to_string(i) + "\n";
  folder.write("t.csv", table);
  folder.write(
      "mapping.ttl",
      std::string(kPrefixes) + "ex:m " + source("t.csv") +
          "rml:subjectMap [ rml:template \"http://e/{id}\" ];\n"
          "rml:predicateObjectMap [ rml:predicate ex:all; rml:objectMap [\n"
          "  rml:template \"http://e/list/{id}\"; rml:gather ( [ rml:reference \"v\" ] );\n"
          "  rml:gatherAs rdf:List ] ] .\n");
  const auto one = run_folder(folder, turtle(1));
  EXPECT_EQ(one.complaints(), "");
  EXPECT_EQ(one.counts.statements, 60'000u + 2 * 60'000u);
  EXPECT_EQ(run_folder(folder, turtle(4)).lines, one.lines);
}

std::string list_map(std::string_view name, std::string_view file) {
  std::string out = "ex:";
  out.append(name).append(" ").append(source(file));
  return out.append(
      "rml:subjectMap [ rml:template \"http://e/{id}\" ];\n"
      "rml:predicateObjectMap [ rml:predicate ex:all; rml:objectMap [\n"
      "  rml:template \"http://e/list/{id}\"; rml:gather ( [ rml:reference \"v\" ] );\n"
      "  rml:gatherAs rdf:Bag ] ] .\n");
}

// A bag of one name is one bag, whatever files its members stand in.
TEST(CompoundsTest, ANamedCollectionGoesOnInTheNextFileAndTheNextSource) {
  Folder folder;
  folder.write("t-1.csv", "id,v\n1,a\n2,b\n")
      .write("t-2.csv", "id,v\n1,c\n")
      .write("other.csv", "id,v\n2,d\n1,e\n")
      .write("mapping.ttl",
             std::string(kPrefixes) + list_map("m", "t-*.csv") + list_map("n", "other.csv"));
  const std::string member = "> <http://www.w3.org/1999/02/22-rdf-syntax-ns#_";
  const auto has = [&](const std::string& text, const std::string& list, const std::string& rest) {
    return text.find("<http://e/list/" + list + member + rest + "\" .\n") != std::string::npos;
  };
  const RunResult run = run_folder(folder, turtle(2));
  EXPECT_EQ(run.complaints(), "");
  for (const std::string& text : {run.lines, build_folder(folder, turtle(2))}) {
    for (const char* first : {"1> \"a", "2> \"c", "3> \"e"})
      EXPECT_TRUE(has(text, "1", first)) << text;
    for (const char* second : {"1> \"b", "2> \"d"}) EXPECT_TRUE(has(text, "2", second)) << text;
  }
}

constexpr std::string_view kOnlyX =
    "rml:condition [ rml:functionExecution [\n"
    "  rml:function <https://w3id.org/imec/idlab/function#equal> ; rml:input\n"
    "  [ rml:parameter <http://users.ugent.be/~bjdmeest/function/grel.ttl#valueParameter> ;\n"
    "    rml:inputValueMap [ rml:reference \"a\" ] ] ,\n"
    "  [ rml:parameter <http://users.ugent.be/~bjdmeest/function/grel.ttl#valueParameter2> ;\n"
    "    rml:inputValue \"x\" ] ] ]";

TEST(CompoundsTest, ACollectionIsMadeOnlyWhereItsConditionIsTrue) {
  Folder folder;
  folder.write("t.csv", "id,a\n1,x\n2,y\n");
  folder.write(
      "mapping.ttl",
      std::string(kPrefixes) + "ex:m " + source("t.csv") +
          "rml:subjectMap [ rml:template \"http://e/{id}\" ];\n"
          "rml:predicateObjectMap [ rml:predicate ex:all; rml:objectMap [\n"
          "  rml:template \"http://e/list/{id}\"; rml:gather ( [ rml:reference \"a\" ] );\n"
          "  rml:gatherAs rdf:Bag; " +
          std::string(kOnlyX) + " ] ] .\n");
  const auto ran = run_folder(folder, turtle());
  EXPECT_EQ(ran.complaints(), "");
  EXPECT_NE(ran.lines.find("<http://e/list/1>"), std::string::npos) << ran.lines;
  EXPECT_EQ(ran.lines.find("<http://e/list/2>"), std::string::npos) << ran.lines;
}

TEST(CompoundsTest, AStatementIsQuotedOnlyWhereItsConditionIsTrue) {
  Folder folder;
  folder.write("t.csv", "id,a\n1,x\n2,y\n");
  folder.write("mapping.ttl",
               std::string(kPrefixes) + "ex:inner a rml:NonAssertedTriplesMap; " + source("t.csv") +
                   "rml:subjectMap [ rml:template \"http://e/{id}\" ];\n"
                   "rml:predicateObjectMap [ rml:predicate ex:p; "
                   "rml:objectMap [ rml:reference \"a\" ] ] .\n"
                   "ex:outer " +
                   source("t.csv") + "rml:subjectMap [ rml:quotedTriplesMap ex:inner;\n" +
                   std::string(kOnlyX) +
                   " ];\nrml:predicateObjectMap [ rml:predicate ex:says; rml:object \"z\" ] .\n");
  const auto ran = run_folder(folder, turtle());
  EXPECT_EQ(ran.complaints(), "");
  EXPECT_EQ(ran.counts.statements, 2u) << ran.lines;
  EXPECT_NE(ran.lines.find("<<( <http://e/1> <http://e/p> \"x\" )>>"), std::string::npos)
      << ran.lines;
}

TEST(CompoundsTest, ACompoundMadeBothWaysIsTheSame) {
  Folder folder;
  folder.write("t.csv", "id,a,b\n1,x,\"y \"\"z\"\"\"\n2,é,w\n");
  folder.write(
      "mapping.ttl",
      std::string(kPrefixes) + "ex:inner a rml:NonAssertedTriplesMap; " + source("t.csv") +
          "rml:subjectMap [ rml:template \"http://e/{id}\" ];\n"
          "rml:predicateObjectMap [ rml:predicate ex:p; rml:objectMap [ rml:reference \"b\" ] ] .\n"
          "ex:outer " +
          source("t.csv") +
          "rml:subjectMap [ rml:quotedTriplesMap ex:inner ];\n"
          "rml:predicateObjectMap [ rml:predicate ex:says; rml:objectMap [ rml:reference \"a\" ] ] "
          ".\n");
  const auto ran = run_folder(folder, turtle());
  EXPECT_EQ(ran.complaints(), "");
  std::vector<std::string> lines;
  std::istringstream in(ran.lines);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::ranges::sort(lines);
  std::string sorted;
  for (const std::string& line : lines) sorted += line + "\n";
  std::istringstream built(build_folder(folder, turtle()));
  std::vector<std::string> built_lines;
  for (std::string line; std::getline(built, line);) built_lines.push_back(line);
  std::ranges::sort(built_lines);
  EXPECT_EQ(built_lines, lines) << sorted;
}

TEST(CompoundsTest, QuotedMapsInACircleAreRefused) {
  Folder folder;
  folder.write("t.csv", "id\n1\n");
  folder.write("mapping.ttl",
               std::string(kPrefixes) + "ex:a " + source("t.csv") +
                   "rml:subjectMap [ rml:quotedTriplesMap ex:b ];\n"
                   "rml:predicateObjectMap [ rml:predicate ex:p; rml:object ex:o ] .\n"
                   "ex:b " +
                   source("t.csv") +
                   "rml:subjectMap [ rml:quotedTriplesMap ex:a ];\n"
                   "rml:predicateObjectMap [ rml:predicate ex:p; rml:object ex:o ] .\n");
  const auto ran = run_folder(folder, turtle());
  EXPECT_TRUE(ran.failed);
  EXPECT_NE(ran.complaints().find("nested deeper than 100 (max-mapping-depth), or in a circle"),
            std::string::npos);
}

TEST(CompoundsTest, AnUnknownKeyOfAViewIsToldWithTheNearest) {
  Folder folder;
  folder.write("t.csv", "id,name\n1,x\n");
  folder.write(
      "mapping.ttl",
      std::string(kPrefixes) +
          "ex:view a rml:LogicalView; rml:viewOn [ a rml:LogicalSource;\n"
          "  rml:source [ a rml:RelativePathSource; rml:root rml:MappingDirectory; rml:path "
          "\"t.csv\" ];\n"
          "  rml:referenceFormulation rml:CSV ];\n"
          "  rml:field [ rml:fieldName \"title\"; rml:reference \"name\" ] .\n"
          "ex:m rml:logicalSource ex:view; rml:subjectMap [ rml:template \"http://e/{titel}\" ];\n"
          "rml:predicateObjectMap [ rml:predicate ex:p; rml:object ex:o ] .\n");
  const auto ran = run_folder(folder, turtle());
  EXPECT_NE(ran.complaints().find("the view has no key \"titel\" | did you mean \"title\"?"),
            std::string::npos)
      << ran.complaints();
}

}  // namespace
}  // namespace dossier::test
