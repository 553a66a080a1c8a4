// Sources of several files, and of files that are no tables or trees.
#include "base/codes/files.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "base/codes/mapping.hpp"
#include "mapping/explain.hpp"
#include "tests/mapping/mapping_helpers.hpp"

namespace dossier::test {
namespace {

std::string map_over(const std::string& source, const std::string& rest) {
  return "prefixes: {ex: http://e/}\nmappings:\n  m:\n    sources:\n      - " + source + "\n" +
         rest;
}

constexpr const char* kNames = "    s: ex:$(id)\n    po: [[ex:name, $(name)]]\n";

TEST(SourceFilesTest, APatternIsReadByNameAsOneSource) {
  Folder folder;
  folder.write("mapping.yarrrml", map_over("[part-*.csv~csv]", kNames));
  folder.write("part-b.csv", "id,name\n3,c\n1,a\n")
      .write("part-a.csv", "id,name\n1,a\n2,b\n")
      .write("other.csv", "id\n9\n");
  const RunResult result = run_folder(folder);
  ASSERT_FALSE(result.failed) << result.complaints();
  EXPECT_EQ(result.lines,
            "<http://e/1> <http://e/name> \"a\" .\n<http://e/2> <http://e/name> \"b\" .\n"
            "<http://e/3> <http://e/name> \"c\" .\n");
  ASSERT_EQ(result.counts.sources.size(), 2u);
  EXPECT_EQ(result.counts.sources[0].path, "part-a.csv");
  EXPECT_EQ(result.counts.duplicates, 1u);
}

TEST(SourceFilesTest, AListKeepsItsOrder) {
  Folder folder;
  folder.write("mapping.yarrrml",
               map_over("{access: [b.csv, 'a?.csv'], referenceFormulation: csv}", kNames));
  folder.write("b.csv", "id,name\n2,b\n").write("a1.csv", "id,name\n1,a\n");
  const RunResult result = run_folder(folder);
  ASSERT_FALSE(result.failed) << result.complaints();
  EXPECT_EQ(result.lines,
            "<http://e/2> <http://e/name> \"b\" .\n<http://e/1> <http://e/name> \"a\" .\n");
}

TEST(SourceFilesTest, APathThatExistsIsNoPattern) {
  Folder folder;
  folder.write("mapping.yarrrml", map_over("['t[1].csv~csv']", kNames));
  folder.write("t[1].csv", "id,name\n1,a\n").write("t1.csv", "id,name\n2,b\n");
  EXPECT_EQ(run_folder(folder).lines, "<http://e/1> <http://e/name> \"a\" .\n");
}

TEST(SourceFilesTest, APatternWithoutAFileIsToldBeforeTheRun) {
  Folder folder;
  folder.write("mapping.yarrrml", map_over("[no-*.csv~csv]", kNames));
  const RunResult result = run_folder(folder);
  ASSERT_TRUE(result.failed);
  EXPECT_NE(result.complaints().find("5:9 source_no_match"), std::string::npos)
      << result.complaints();
}

TEST(SourceFilesTest, LinksOutOfTheAllowedFolderAreRefused) {
  Folder outside;
  outside.write("x.csv", "id,name\n1,a\n");
  Folder folder;
  folder.write("mapping.yarrrml", map_over("['*.csv~csv']", kNames));
  std::filesystem::create_symlink(outside.path() / "x.csv", folder.path() / "x.csv");
  TestRun options;
  options.compile.allowed_root = folder.path();
  const RunResult result = run_folder(folder, options);
  ASSERT_TRUE(result.failed);
  EXPECT_NE(result.complaints().find("outside_root"), std::string::npos) << result.complaints();
}

// Records at the same place of two files are two records.
TEST(SourceFilesTest, BlankNodesOfRecordsDifferByFileAndJoinsFindThem) {
  Folder folder;
  folder.write("mapping.yarrrml", R"(prefixes: {ex: http://e/}
mappings:
  child:
    sources: [['c*.csv~csv']]
    s: ex:c/$(id)
    po:
      - p: ex:parent
        o: {mapping: parent, condition: {function: equal, parameters: [[str1, $(p), s], [str2, $(id), o]]}}
  parent:
    sources: [['p*.csv~csv']]
    po: [[ex:id, $(id)]]
)");
  folder.write("c1.csv", "id,p\n1,1\n2,2\n").write("c2.csv", "id,p\n3,1\n");
  folder.write("p1.csv", "id\n1\n").write("p2.csv", "id\n2\n");
  for (const std::size_t threads : {1u, 2u}) {
    TestRun options;
    options.run.threads = threads;
    const RunResult result = run_folder(folder, options);
    ASSERT_FALSE(result.failed) << result.complaints();
    const auto node_of = [&](const std::string& before) {
      const std::size_t at = result.lines.find(before) + before.size();
      return result.lines.substr(at, result.lines.find(' ', at) - at);
    };
    const std::string first = node_of("<http://e/c/1> <http://e/parent> ");
    const std::string second = node_of("<http://e/c/2> <http://e/parent> ");
    EXPECT_NE(first, second);
    EXPECT_EQ(first, node_of("<http://e/c/3> <http://e/parent> "));
    EXPECT_NE(result.lines.find(first + " <http://e/id> \"1\""), std::string::npos);
    EXPECT_NE(result.lines.find(second + " <http://e/id> \"2\""), std::string::npos);
  }
}

TEST(SourceFilesTest, AReferenceIsMissedOnlyWhereNoFileHasIt) {
  Folder folder;
  folder.write("mapping.yarrrml",
               map_over("['*.json~jsonpath', '$[*]']",
                        "    s: ex:$(id)\n    po: [[ex:a, $(a)], [ex:b, $(b)]]\n"));
  folder.write("1.json", R"([{"id": 1, "a": 2}])").write("2.json", R"([{"id": 2}])");
  const RunResult result = run_folder(folder);
  ASSERT_FALSE(result.failed);
  ASSERT_EQ(result.diagnostics.size(), 1u) << result.complaints();
  EXPECT_NE(result.diagnostics[0].message.find("b gave no value in any of 2 records of *.json"),
            std::string::npos)
      << result.complaints();
}

TEST(SourceFilesTest, EvidenceNamesTheVeryFile) {
  Folder folder;
  folder.write("mapping.yarrrml", map_over("['t*.csv~csv']", kNames));
  folder.write("t1.csv", "id,name\n1,a\n").write("t2.csv", "id,name\n2,b\n");
  DiagnosticCollector diagnostics;
  const auto plan = compile_file(folder, {}, diagnostics);
  ASSERT_TRUE(plan);
  Builder builder;
  ASSERT_TRUE(run_to_builder(*plan, builder, {}, diagnostics));
  const Graph graph = freeze(std::move(builder));
  EXPECT_EQ(graph.rules().size(), 1u);
  const std::vector<std::size_t> positions = {0, 1};
  const auto origins = Explainer(*plan, graph).explain(positions);
  ASSERT_EQ(origins[1].size(), 1u);
  EXPECT_EQ(origins[1][0].source, "t2.csv");
  EXPECT_EQ(origins[1][0].text, "b");
  EXPECT_EQ(origins[1][0].place.line, 2u);
}

// ---- kinds of files

TEST(FileKindsTest, ResultsOfQueriesAreMappedWithTheirTypes) {
  Folder folder;
  folder.write("mapping.yarrrml",
               map_over("[r.srj]", "    s: $(s)\n    po: [[ex:n, \"$(?n)\"], [ex:l, $(l)]]\n"));
  folder.write("r.srj", R"({"head": {"vars": ["s", "n", "l"]}, "results": {"bindings": [
    {"s": {"type": "uri", "value": "http://e/1"},
     "n": {"type": "literal", "value": "7", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
     "l": {"type": "literal", "value": "x"}}]}})");
  const RunResult result = run_folder(folder);
  ASSERT_FALSE(result.failed) << result.complaints();
  EXPECT_EQ(result.lines,
            "<http://e/1> <http://e/n> \"7\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
            "<http://e/1> <http://e/l> \"x\" .\n");
}

TEST(FileKindsTest, AFileThatIsNoPasswordIsNotReadOn) {
  Folder folder;
  folder.write("mapping.yarrrml",
               "mappings:\n  m:\n    sources:\n      - access: shop.db\n        type: sqlite\n"
               "        query: SELECT 1\n        credentials: {username: me, password: "
               "'file:secret'}\n    s: http://e/x\n    po: [[http://e/p, x]]\n");
  folder.write("secret", std::string(70'000, 'x'));
  const RunResult result = run_folder(folder);
  ASSERT_TRUE(result.failed);
  EXPECT_EQ(result.diagnostics.front().code, code::limit_exceeded) << result.complaints();
  EXPECT_NE(result.complaints().find("(max-secret-bytes)"), std::string::npos)
      << result.complaints();
  EXPECT_EQ(result.complaints().find("xxx"), std::string::npos) << result.complaints();
}

// ---- queries

struct QueryCase {
  std::string formulation;
  std::string query;
  std::string po;
  std::string expected;  // lines, or a part of the complaint
};

RunResult run_query(const QueryCase& test) {
  Folder folder;
  folder.write("mapping.yarrrml",
               "prefixes: {ex: http://e/}\nmappings:\n  m:\n    sources:\n      - access: g.ttl\n"
               "        referenceFormulation: " +
                   test.formulation + "\n        iterator: |\n          " + test.query +
                   "\n    s: ex:$(n)\n    po: " + test.po + "\n");
  folder.write("g.ttl", R"(@prefix e: <http://e/> .
e:a e:name "Ann"@en ; e:age 007 ; e:knows e:b , _:x ; e:self e:a .
e:b e:name "Bob" ; e:age 41 ; e:self e:a . _:x e:name "Xi" . e:c e:score 1.5e0 , true .)");
  return run_folder(folder);
}

TEST(SparqlQueryTest, SolutionsAreRecords) {
  const std::string integer = "\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n";
  const QueryCase kCases[] = {
      {"sparql-json", "SELECT ?n ?a { ?p <http://e/name> ?n ; <http://e/age> ?a } ORDER BY ?n",
       "[[ex:age, $(a)], [ex:l, \"$(?n#language)\"]]",
       "<http://e/Ann> <http://e/age> \"007" + integer + "<http://e/Ann> <http://e/l> \"en\" .\n" +
           "<http://e/Bob> <http://e/age> \"41" + integer},
      {"sparql-csv", "SELECT ?n ?a { ?p <http://e/name> ?n ; <http://e/age> ?a FILTER(?a > 40) }",
       "[[ex:age, $(a)]]", "<http://e/Bob> <http://e/age> \"41\" .\n"},
      // What is bound by one pattern is asked of the next: IRIs, blank nodes, literals.
      {"sparql-xml",
       "SELECT ?n ?o { ?p <http://e/knows> ?q . ?q <http://e/name> ?n . ?r <http://e/name> ?n . "
       "OPTIONAL { ?r <http://e/age> ?o } } ORDER BY ?n",
       "[[ex:o, $(o)], [ex:t, \"$(n#type)\"]]",
       "<http://e/Bob> <http://e/o> \"41" + integer +
           "<http://e/Bob> <http://e/t> \"literal\" .\n" +
           "<http://e/Xi> <http://e/t> \"literal\" .\n"},
      // One variable in two places.
      {"sparql-json", "SELECT ?n ?p { ?p <http://e/self> ?p ; <http://e/name> ?n }",
       "[[ex:p, $(p)~iri]]", "<http://e/Ann> <http://e/p> <http://e/a> .\n"},
      {"sparql-json",
       "SELECT ?n (COUNT(?k) AS ?c) { ?p <http://e/name> ?n ; <http://e/knows> ?k } "
       "GROUP BY ?n",
       "[[ex:c, $(c)]]", "<http://e/Ann> <http://e/c> \"2" + integer},
  };
  for (const QueryCase& test : kCases) {
    const RunResult result = run_query(test);
    EXPECT_EQ(result.complaints(), "") << test.query;
    EXPECT_EQ(result.lines, test.expected) << test.query;
  }
}

TEST(SparqlQueryTest, QueriesThatCannotBeRunAreTold) {
  const QueryCase kCases[] = {
      {"sparql-json", "SELECT ?n { ?p <http://e/name> }", "[[ex:p, $(n)]]", "line 1: "},
      {"sparql-json", "ASK { ?n <http://e/name> ?o }", "[[ex:p, $(n)]]", "it is no SELECT"},
      {"sparql-json", "SELECT ?n FROM <http://example.org/x> { ?n ?b ?c }", "[[ex:p, $(n)]]",
       "it asks for other graphs than the file itself"},
      {"sparql-json", "SELECT ?n { SERVICE <http://example.org/x> { ?n ?b ?c } }", "[[ex:p, $(n)]]",
       "it asks for other graphs than the file itself"},
      {"sparql-json", "SELECT ?n { OPTIONAL { GRAPH ?g { ?n ?b ?c } } }", "[[ex:p, $(n)]]",
       "it asks for other graphs than the file itself"},
      {"sparql-json", "SELECT ?n ?name { ?n <http://e/name> ?name }", "[[ex:p, $(nmae)]]",
       "did you mean \"name\"? it selects: n, name"},
  };
  for (const QueryCase& test : kCases) {
    const RunResult result = run_query(test);
    EXPECT_TRUE(result.failed) << test.query;
    EXPECT_NE(result.complaints().find(test.expected), std::string::npos) << test.query << "\n"
                                                                          << result.complaints();
  }
}

TEST(SparqlQueryTest, AnRdfFileWithoutAQueryIsNoFileOfResults) {
  for (const char* formulation : {"sparql-csv", "sparql-json"}) {
    Folder folder;
    folder.write("mapping.yarrrml", map_over(std::string("['g.nt~") + formulation + "']",
                                             "    s: ex:$(s)\n    po: [[ex:p, $(o)]]\n"));
    folder.write("g.nt", "<http://e/1> <http://e/p> \"o\" .\n");
    const std::string said = run_folder(folder).complaints();
    EXPECT_NE(said.find("g.nt is an RDF file"), std::string::npos) << said;
    EXPECT_NE(said.find("SELECT"), std::string::npos) << said;
  }
}

TEST(FileKindsTest, RdfIsMappedByPathsWithThePrefixesOfTheMapping) {
  Folder folder;
  folder.write("mapping.yarrrml",
               map_over("['g.ttl~turtle', 'ex:Company']",
                        "    s: $(@id)\n    po: [[ex:seatName, $(ex:seat/ex:label)]]\n"));
  folder.write("g.ttl", R"(<http://e/1> a <http://e/Company> ; <http://e/seat> <http://e/2> .
<http://e/2> <http://e/label> "Wien" .)");
  const RunResult result = run_folder(folder);
  ASSERT_FALSE(result.failed) << result.complaints();
  EXPECT_EQ(result.lines, "<http://e/1> <http://e/seatName> \"Wien\" .\n");
}

TEST(FileKindsTest, DialectsOfCsvwAreReadWhole) {
  Folder folder;
  folder.write("mapping.ttl", R"(@prefix rml: <http://w3id.org/rml/> .
@prefix csvw: <http://www.w3.org/ns/csvw#> .
@prefix ex: <http://e/> .
<#m> rml:logicalSource [ rml:referenceFormulation rml:CSV ; rml:source [
    a csvw:Table ; csvw:url "t.csv" ; csvw:null "-" ; csvw:dialect [ a csvw:Dialect ;
      csvw:delimiter ";" ; csvw:quoteChar "'" ; csvw:doubleQuote false ; csvw:commentPrefix "//" ;
      csvw:headerRowCount 2 ; csvw:skipRows 1 ; csvw:skipColumns 1 ; csvw:trim "end" ;
      csvw:skipBlankRows true ; csvw:encoding "latin1" ; csvw:lineTerminators ( "|" "\r\n" ) ] ] ] ;
  rml:subjectMap [ rml:template "http://e/{id}" ] ;
  rml:predicateObjectMap [ rml:predicate ex:v ; rml:objectMap [ rml:reference "value" ] ] .
)");
  folder.write("t.csv",
               "a title|no;id;|no;;value|//c;'|0;1; a\xE4 |;;|0;2;'it\\'s | one'\r\n0;3;-|");
  TestRun options;
  options.mapping = "mapping.ttl";
  const RunResult result = run_folder(folder, options);
  ASSERT_FALSE(result.failed) << result.complaints();
  EXPECT_EQ(result.lines,
            "<http://e/1> <http://e/v> \" aä\" .\n<http://e/2> <http://e/v> \"it's | one\" .\n");
}

}  // namespace
}  // namespace dossier::test
