#include "sources/sparql_results.hpp"

#include <gtest/gtest.h>

#include "base/codes/rdf.hpp"
#include "base/codes/tables.hpp"
#include "sources/rdf_records.hpp"
#include "tests/sources/record_helpers.hpp"

namespace dossier {
namespace {

using Rows = std::vector<Cells>;

std::unique_ptr<ReadRecords> read_results(std::string_view text, SparqlSyntax syntax,
                                          const std::vector<std::string>& wanted,
                                          std::vector<ValueType>* types = nullptr) {
  auto out = std::make_unique<ReadRecords>();
  auto reader = open_sparql_results(memory_input(text, "results"), syntax, wanted);
  if (!reader) {
    out->error = reader.error();
    return out;
  }
  read_records(**reader, *out);
  if (types == nullptr) return out;
  reader = open_sparql_results(memory_input(text, "results"), syntax, wanted);
  while (auto block = *(*reader)->next()) {
    RecordBatch batch;
    NoDiagnostics nowhere;
    EXPECT_TRUE((*reader)->parse(std::move(*block), batch, nowhere));
    for (const Value& value : batch.values) types->push_back(value.type);
  }
  return out;
}

constexpr std::string_view kXml = R"(<?xml version="1.0"?>
<sparql xmlns="http://www.w3.org/2005/sparql-results#">
 <head><variable name="x"/><variable name="n"/></head>
 <results>
  <result><binding name="x"><uri>http://e/1</uri></binding>
   <binding name="n"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">7</literal></binding></result>
  <result><binding name="x"><bnode>b0</bnode></binding>
   <binding name="n"><literal xml:lang="de"> ä </literal></binding></result>
  <result><binding name="n"><literal></literal></binding></result>
 </results>
</sparql>)";
constexpr std::string_view kJson = R"({"head": {"vars": ["x", "n"]}, "results": {"bindings": [
  {"x": {"type": "uri", "value": "http://e/1"},
   "n": {"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "7"}},
  {"x": {"type": "bnode", "value": "b0"}, "n": {"type": "literal", "xml:lang": "de", "value": " ä "}},
  {"n": {"type": "literal", "value": ""}}]}})";
constexpr std::string_view kTsv = "?x\t?n\n<http://e/1>\t7\n_:b0\t\" \\u00E4 \"@de\n\t\"\"\n";
constexpr std::string_view kCsv = "x,n\r\nhttp://e/1,7\r\n_:b0, ä \r\n,\r\n";

// One result in the four formats of the recommendations.
TEST(SparqlResultsTest, XmlJsonAndTsvGiveTheSameRecords) {
  const std::vector<std::string> wanted = {"x", "?n", "x#type", "n#datatype", "n#language"};
  const Rows rows = {
      {"http://e/1", "7", "uri", "http://www.w3.org/2001/XMLSchema#integer", std::nullopt},
      {"b0", " ä ", "bnode", std::nullopt, "de"},
      {std::nullopt, "", std::nullopt, std::nullopt, std::nullopt}};
  const std::vector<ValueType> natural = {ValueType::integer, ValueType::text, ValueType::text};
  for (const auto& [text, syntax] :
       {std::pair(kXml, SparqlSyntax::xml), std::pair(kJson, SparqlSyntax::json),
        std::pair(kTsv, SparqlSyntax::tsv)}) {
    Rows expected = rows;
    // The local name of no node is an empty text in XPath.
    std::vector<ValueType> types;
    const auto read = read_results(text, syntax, wanted, &types);
    ASSERT_FALSE(read->error) << read->error->message;
    EXPECT_EQ(read->rows, expected) << static_cast<int>(syntax);
    ASSERT_EQ(types.size(), 15u);
    EXPECT_EQ((std::vector{types[1], types[6], types[11]}), natural);
  }
}

TEST(SparqlResultsTest, CsvHasPlainTexts) {
  const auto read = read_results(kCsv, SparqlSyntax::csv, {"?x", "n"});
  ASSERT_FALSE(read->error) << read->error->message;
  EXPECT_EQ(read->rows, (Rows{{"http://e/1", "7"}, {"_:b0", " ä "}, {std::nullopt, std::nullopt}}));
  EXPECT_EQ(read_results(kCsv, SparqlSyntax::csv, {"x#type"})->error->code, code::column_unknown);
}

TEST(SparqlResultsTest, VariablesThatAreNotThereAreTold) {
  EXPECT_EQ(read_results(kTsv, SparqlSyntax::tsv, {"y"})->error->code, code::column_unknown);
  EXPECT_EQ(read_results(kXml, SparqlSyntax::xml, {"a'b"})->error->code, code::column_unknown);
}

TEST(SparqlResultsTest, CellsOfTsvAreTerms) {
  for (const std::string_view cell :
       {"plain", "\"open", "\"x\"^^xsd:int", "<http://e", "\"\\q\""}) {
    const std::string text = "?x\n" + std::string(cell) + "\n";
    const auto read = read_results(text, SparqlSyntax::tsv, {"x"});
    ASSERT_TRUE(read->error) << cell;
    EXPECT_EQ(read->error->code, code::sparql_term) << cell;
  }
  const auto read = read_results("?x\n-1.50\n1e3\ntrue\n'a\\'b'\n\"t\\tu\"^^<http://e/d>\n",
                                 SparqlSyntax::tsv, {"x"});
  ASSERT_FALSE(read->error) << read->error->message;
  EXPECT_EQ(read->rows, (Rows{{"-1.50"}, {"1e3"}, {"true"}, {"a'b"}, {"t\tu"}}));
}

// ---- RDF files

constexpr std::string_view kTurtle = R"(@prefix ex: <http://e/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:zeta a ex:Company ; ex:name "Zeta"@en, "Zet"@de, "Z" ; ex:size 12 ; ex:seat ex:vienna .
ex:alpha a ex:Company ; ex:name "Alpha"@en-GB ; ex:seat ex:vienna, ex:graz .
ex:vienna ex:label "Wien" .
ex:graz ex:label "Graz" .
)";

std::unique_ptr<ReadRecords> read_subjects(const std::string& iterator,
                                           const std::vector<std::string>& wanted) {
  RdfRecordOptions options;
  options.iterator = iterator;
  auto out = std::make_unique<ReadRecords>();
  auto reader = open_rdf_records(memory_input(kTurtle, "g.ttl"), options, wanted);
  if (reader) {
    read_records(**reader, *out);
  } else {
    out->error = reader.error();
  }
  return out;
}

TEST(RdfRecordsTest, SubjectsStandInTheOrderOfTheFile) {
  EXPECT_EQ(read_subjects("", {"@id"})->rows,
            (Rows{{"http://e/zeta"}, {"http://e/alpha"}, {"http://e/vienna"}, {"http://e/graz"}}));
  EXPECT_EQ(read_subjects("ex:Company", {"@id"})->rows,
            (Rows{{"http://e/zeta"}, {"http://e/alpha"}}));
}

TEST(RdfRecordsTest, PathsLeadOnBackwardsAndToALanguage) {
  const auto read =
      read_subjects("<http://e/Company>", {"ex:seat/ex:label", "ex:name@en", "ex:size", "a",
                                           "ex:seat/^ex:seat/<http://e/size>", "ex:nothing"});
  ASSERT_FALSE(read->error) << read->error->message;
  EXPECT_EQ(read->rows,
            (Rows{{"Wien", "Zeta", "12", "http://e/Company", "12", std::nullopt},
                  {"[Graz|Wien]", "Alpha", std::nullopt, "http://e/Company", "12", std::nullopt}}));
}

TEST(RdfRecordsTest, WhatIsNoPathIsTold) {
  for (const std::string path : {"name", "un:name", "<http://e/x", "ex:a//ex:b", "ex:a/"}) {
    const auto read = read_subjects("", {path});
    ASSERT_TRUE(read->error) << path;
    EXPECT_EQ(read->error->code, code::rdf_path) << path;
  }
}

}  // namespace
}  // namespace dossier
