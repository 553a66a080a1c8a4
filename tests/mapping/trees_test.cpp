// JSON and XML as sources of mappings, end to end.
#include <gtest/gtest.h>

#include "tests/mapping/mapping_helpers.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kXmlMapping = R"(@prefix rml: <http://w3id.org/rml/> .
@prefix e: <http://e/> .
<http://m/1> rml:logicalSource [
    rml:source [ a rml:RelativePathSource; rml:root rml:MappingDirectory; rml:path "t.xml" ];
    rml:referenceFormulation [ a rml:XPathReferenceFormulation;
      rml:namespace [ rml:namespacePrefix "q"; rml:namespaceURL "urn:q" ] ];
    rml:iterator "/q:r/q:g/q:p" ];
  rml:subjectMap [ rml:template "http://e/{../@id}-{@id}" ];
  rml:predicateObjectMap [ rml:predicate e:tag; rml:objectMap [ rml:reference "q:tag" ] ] .
)";

TEST(TreesTest, XmlRecordsAreMappedWithNamespacesListsAndAttributesAround) {
  Folder folder;
  folder.write("mapping.ttl", kXmlMapping)
      .write("t.xml",
             "<r xmlns='urn:q'><g id='1'><p id='a'><tag>x</tag><tag>y &amp; z</tag></p></g>"
             "<g id='2'><p id='b'/></g></r>");
  TestRun run;
  run.mapping = "mapping.ttl";
  const RunResult result = run_folder(folder, run);
  EXPECT_FALSE(result.failed) << result.complaints();
  EXPECT_EQ(result.lines,
            "<http://e/1-a> <http://e/tag> \"x\" .\n<http://e/1-a> <http://e/tag> \"y & z\" .\n");
}

TEST(TreesTest, AnXmlFaultStopsTheRunAtItsPlace) {
  Folder folder;
  folder.write("mapping.ttl", kXmlMapping).write("t.xml", "<r xmlns='urn:q'>\n<g></p></r>");
  TestRun run;
  run.mapping = "mapping.ttl";
  const RunResult result = run_folder(folder, run);
  EXPECT_TRUE(result.failed);
  EXPECT_NE(result.complaints().find("2:6 xml_syntax"), std::string::npos) << result.complaints();
}

TEST(TreesTest, YarrrmlTakesXmlAndJsonByTheirIterators) {
  Folder folder;
  folder
      .write("mapping.yarrrml", R"(prefixes: {e: 'http://e/'}
mappings:
  x:
    sources: [[t.xml~xpath, /r/p]]
    s: e:$(@id)
    po: [[e:name, $(name)]]
  j:
    sources: [['t.json~jsonpath', '$.people[*]']]
    s: e:$(id)
    po: [[e:name, $(name)]]
)")
      .write("t.xml", "<r><p id='x1'><name>A</name></p></r>")
      .write("t.json", R"({"people":[{"id":"j1","name":"B"}]})");
  const RunResult result = run_folder(folder, {});
  EXPECT_FALSE(result.failed) << result.complaints();
  EXPECT_NE(result.lines.find("<http://e/x1> <http://e/name> \"A\" .\n"), std::string::npos);
  EXPECT_NE(result.lines.find("<http://e/j1> <http://e/name> \"B\" .\n"), std::string::npos);
}

constexpr std::string_view kKeys = R"(prefixes: {e: 'http://e/'}
mappings:
  j:
    sources: [['t.json~jsonpath', '$.people[*]']]
    s: e:$(id)
    po: [[e:name, $(nmae)]]
)";

TEST(TreesTest, AKeyThatNoRecordHasIsTold) {
  Folder folder;
  folder.write("mapping.yarrrml", kKeys).write("t.json", R"({"people":[{"id":1,"name":"B"}]})");
  const RunResult result = run_folder(folder, {});
  EXPECT_FALSE(result.failed);
  EXPECT_NE(result.complaints().find("reference_without_value"), std::string::npos)
      << result.complaints();
}

TEST(TreesTest, AKeyThatOneRecordHasIsNotTold) {
  Folder folder;
  folder.write("mapping.yarrrml", kKeys)
      .write("t.json", R"({"people":[{"id":1},{"id":2,"nmae":"B"},{"id":3}]})");
  const RunResult result = run_folder(folder, {});
  EXPECT_EQ(result.complaints().find("reference_without_value"), std::string::npos);
  EXPECT_EQ(result.lines, "<http://e/2> <http://e/name> \"B\" .\n");
}

TEST(TreesTest, AJsonFaultStopsTheRunAtItsPlace) {
  Folder folder;
  folder.write("mapping.yarrrml", kKeys).write("t.json", "{\"people\":[\n {\"id\": nul}]}");
  const RunResult result = run_folder(folder, {});
  EXPECT_TRUE(result.failed);
  EXPECT_NE(result.complaints().find("2:"), std::string::npos) << result.complaints();
  EXPECT_NE(result.complaints().find("json_syntax"), std::string::npos) << result.complaints();
}

}  // namespace
}  // namespace dossier::test
