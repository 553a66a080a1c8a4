// Logical views beyond the suite: functions as fields, structural annotations.
#include <gtest/gtest.h>

#include "base/codes/mapping.hpp"
#include "mapping/lint.hpp"
#include "tests/mapping/mapping_helpers.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kHead =
    "@prefix rml: <http://w3id.org/rml/> .\n@prefix ex: <http://e/> .\n"
    "@prefix grel: <http://users.ugent.be/~bjdmeest/function/grel.ttl#> .\n";

TestRun view_run() {
  TestRun run;
  run.mapping = "mapping.ttl";
  return run;
}

std::string view(std::string_view name, std::string_view file, std::string_view formulation,
                 std::string_view rest) {
  std::string out = "ex:";
  out.append(name).append(
      " a rml:LogicalView ; rml:viewOn [ rml:source [ a rml:RelativePathSource ; "
      "rml:root rml:MappingDirectory ; rml:path \"");
  out.append(file).append("\" ] ; rml:referenceFormulation rml:").append(formulation);
  return out.append(" ] ;\n").append(rest).append(" .\n");
}

std::string field(std::string_view name, std::string_view value) {
  std::string out = "rml:field [ rml:fieldName \"";
  return out.append(name).append("\" ; ").append(value).append(" ]");
}

std::string column(std::string_view name) {
  return field(name, "rml:reference \"" + std::string(name) + "\"");
}

std::string upper(std::string_view reference, std::string_view function = "grel:toUpperCase") {
  std::string out = "rml:functionExecution [ rml:function ";
  out.append(function).append(
      " ; rml:input [ rml:parameter grel:valueParameter ; rml:inputValueMap [ rml:reference \"");
  return out.append(reference).append("\" ] ] ]");
}

std::string map_of(std::string_view source, std::string_view name) {
  std::string out = "ex:map a rml:TriplesMap ; rml:logicalSource ex:";
  out.append(source).append(
      " ; rml:subjectMap [ rml:template \"http://e/{id}\" ] ;\n"
      "rml:predicateObjectMap [ rml:predicate ex:p ; rml:objectMap [ rml:reference \"");
  return out.append(name).append("\" ] ] .\n");
}

TEST(ViewsTest, AFieldMayBeAFunction) {
  Folder folder;
  folder.write("t.csv", "id,name\n1,ann\n2,\n3,bob\n")
      .write("mapping.ttl",
             std::string(kHead) +
                 view("v", "t.csv", "CSV", column("id") + " ;\n" + field("loud", upper("name"))) +
                 map_of("v", "loud"));
  const RunResult run = run_folder(folder, view_run());
  EXPECT_EQ(run.complaints(), "");
  EXPECT_EQ(run.lines,
            "<http://e/1> <http://e/p> \"ANN\" .\n<http://e/2> <http://e/p> \"\" .\n"
            "<http://e/3> <http://e/p> \"BOB\" .\n");
}

TEST(ViewsTest, AFieldOfAnItemMayBeAFunction) {
  Folder folder;
  folder.write("t.json", R"([{"id": 1, "tags": [{"t": "x"}, {"t": "y"}]}, {"id": 2, "tags": []}])")
      .write("mapping.ttl",
             std::string(kHead) +
                 "ex:v a rml:LogicalView ; rml:viewOn [ rml:source [ a rml:RelativePathSource ; "
                 "rml:root rml:MappingDirectory ; rml:path \"t.json\" ] ; "
                 "rml:referenceFormulation rml:JSONPath ; rml:iterator \"$[*]\" ] ;\n" +
                 field("id", "rml:reference \"$.id\"") + " ;\n" +
                 field("tag", "a rml:IterableField ; rml:iterator \"$.tags[*]\" ; " +
                                  field("loud", upper("$.t"))) +
                 " .\n" + map_of("v", "tag.loud"));
  const RunResult run = run_folder(folder, view_run());
  EXPECT_EQ(run.complaints(), "");
  EXPECT_EQ(run.lines, "<http://e/1> <http://e/p> \"X\" .\n<http://e/1> <http://e/p> \"Y\" .\n");
}

constexpr std::string_view kPeople =
    "<list xmlns='http://n/'><p id='1'><name>Ann &amp; co</name><tag k='a'><w>x</w><w>y</w></tag>"
    "<tag k='b'><w>z&#13;</w></tag></p><p id='2'><tag k='c'/></p><p id='3'/></list>";

std::string people_view(std::string_view fields) {
  std::string out(kHead);
  out.append(
      "ex:v a rml:LogicalView ; rml:viewOn [ rml:source [ a rml:RelativePathSource ; "
      "rml:root rml:MappingDirectory ; rml:path \"t.xml\" ] ; rml:referenceFormulation [ a "
      "rml:XPathReferenceFormulation ; rml:namespace [ rml:namespacePrefix \"n\" ; "
      "rml:namespaceURL \"http://n/\" ] ] ; rml:iterator \"/n:list/n:p\" ] ;\n");
  return out.append(field("id", "rml:reference \"@id\""))
      .append(" ;\n")
      .append(fields)
      .append(" .\n");
}

TEST(ViewsTest, XmlRecordsHaveItemsAndTheseHaveTheirOwn) {
  Folder folder;
  const std::string words = field("word", "a rml:IterableField ; rml:iterator \"n:w\" ; " +
                                              field("text", "rml:reference \".\""));
  folder.write("t.xml", kPeople)
      .write("mapping.ttl",
             people_view(field("tag", "a rml:IterableField ; rml:iterator \"n:tag\" ; " +
                                          field("k", "rml:reference \"@k\"") + " ; " + words)) +
                 "ex:map a rml:TriplesMap ; rml:logicalSource ex:v ; rml:subjectMap [ rml:template "
                 "\"http://e/{id}/{tag.k}-{tag.#}\" ] ;\n"
                 "rml:predicateObjectMap [ rml:predicate ex:p ; rml:objectMap [ rml:reference "
                 "\"tag.word.text\" ] ] ;\n"
                 "rml:predicateObjectMap [ rml:predicate ex:q ; rml:objectMap [ rml:reference "
                 "\"tag.word.#\" ] ] .\n");
  const RunResult run = run_folder(folder, view_run());
  EXPECT_EQ(run.complaints(), "");
  const std::string integer = "^^<http://www.w3.org/2001/XMLSchema#integer> .\n";
  EXPECT_EQ(run.lines,
            "<http://e/1/a-0> <http://e/p> \"x\" .\n<http://e/1/a-0> <http://e/q> \"0\"" + integer +
                "<http://e/1/a-0> <http://e/p> \"y\" .\n<http://e/1/a-0> <http://e/q> \"1\"" +
                integer +
                "<http://e/1/b-1> <http://e/p> \"z\\r\" .\n<http://e/1/b-1> <http://e/q> "
                "\"0\"" +
                integer);
}

TEST(ViewsTest, TheTextOfACellMayBeXml) {
  Folder folder;
  folder.write("t.csv", "id,x\n1,\"<a><b>1</b><b>2</b></a>\"\n2,<a>\n3,\n")
      .write("mapping.ttl",
             std::string(kHead) +
                 view("v", "t.csv", "CSV",
                      column("id") + " ;\n" +
                          field("x", "rml:reference \"x\" ; " +
                                         field("b",
                                               "a rml:IterableField ; "
                                               "rml:referenceFormulation rml:XPath ; "
                                               "rml:iterator \"/a/b\" ; " +
                                                   field("n", "rml:reference \".\"")))) +
                 map_of("v", "x.b.n"));
  const RunResult run = run_folder(folder, view_run());
  EXPECT_EQ(run.lines, "<http://e/1> <http://e/p> \"1\" .\n<http://e/1> <http://e/p> \"2\" .\n");
  EXPECT_NE(run.complaints().find("xml_syntax: no element found"), std::string::npos)
      << run.complaints();
}

TEST(ViewsTest, AnXPathOfItemsThatIsNoneIsRefusedAtItsField) {
  Folder folder;
  folder.write("t.xml", kPeople)
      .write("mapping.ttl",
             people_view(field("tag", "a rml:IterableField ; rml:iterator \"n:tag[\" ; " +
                                          field("k", "rml:reference \"@k\""))) +
                 map_of("v", "tag.k"));
  const RunResult run = run_folder(folder, view_run());
  EXPECT_TRUE(run.failed);
  EXPECT_NE(run.complaints().find("the iterator n:tag[ is not an XPath"), std::string::npos)
      << run.complaints();
  EXPECT_EQ(run.diagnostics.back().place.line, 6u) << run.complaints();
}

TEST(ViewsTest, AWrongFunctionOfAFieldIsAnErrorOfTheMapping) {
  Folder folder;
  folder.write("t.csv", "id,name\n1,ann\n")
      .write("mapping.ttl",
             std::string(kHead) +
                 view("v", "t.csv", "CSV",
                      column("id") + " ;\n" + field("loud", upper("name", "grel:toUperCase"))) +
                 map_of("v", "loud"));
  const RunResult run = run_folder(folder, view_run());
  EXPECT_TRUE(run.failed);
  ASSERT_FALSE(run.diagnostics.empty());
  EXPECT_EQ(run.diagnostics[0].code, code::mapping_bad_call) << run.complaints();
  EXPECT_EQ(run.diagnostics[0].place.line, 6u) << run.complaints();
  EXPECT_NE(run.diagnostics[0].hint.find("grel:toUpperCase"), std::string::npos);
}

// ---- structural annotations

std::string annotation(std::string_view kind, std::string_view fields, std::string_view more = "") {
  std::string out = " ;\nrml:structuralAnnotation [ a rml:";
  out.append(kind).append("Annotation ; rml:onFields ").append(fields);
  return out.append(more).append(" ]");
}

std::string lint_of(const Folder& folder) {
  DiagnosticCollector diagnostics;
  const auto plan = compile_file(folder, view_run(), diagnostics);
  std::string out;
  if (plan) {
    lint_plan(*plan, {}, diagnostics);
  } else {
    out = render(plan.error()) + "\n";
  }
  for (const Diagnostic& each : diagnostics.sorted()) {
    if (each.code == code::lint_unused_column) continue;
    out += std::to_string(each.place.line) + " " + std::string(info(each.code).name) + ": " +
           each.message + "\n";
  }
  return out;
}

struct Annotated {
  const char* name;
  const char* kind;
  const char* fields;
  const char* told;  // empty: the data is as it says
};
constexpr Annotated kAnnotated[] = {
    {"KeyThatHolds", "PrimaryKey", "(\"id\")", ""},
    {"KeyThatRepeats", "PrimaryKey", "(\"name\")",
     "2 rows with values that are absent or there before"},
    {"UniqueThatHolds", "Unique", "(\"id\" \"name\")", ""},
    {"UniqueThatRepeats", "Unique", "(\"name\")",
     "1 row with values that are there before, such as \"a b\""},
    {"NeverAbsent", "NotNull", "(\"id\")", ""},
    {"Absent", "NotNull", "(\"name\")", "1 row with an absent value"},
    {"Safe", "IriSafe", "(\"id\")", ""},
    {"NotSafe", "IriSafe", "(\"name\")", "2 rows with characters that are percent-encoded in IRIs"},
};

class StructuralAnnotations : public testing::TestWithParam<Annotated> {};

TEST_P(StructuralAnnotations, AreHeldAgainstTheFirstRows) {
  const Annotated& test = GetParam();
  Folder folder;
  folder.write("t.csv", "id,name\n1,a b\n2,a b\n3,NA\n");
  std::string mapping =
      std::string(kHead) +
      view("v", "t.csv", "CSV",
           column("id") + " ;\n" + column("name") + annotation(test.kind, test.fields)) +
      map_of("v", "name");
  const std::string path = "rml:path \"t.csv\"";
  mapping.insert(mapping.find(path) + path.size(), " ; rml:null \"NA\"");
  folder.write("mapping.ttl", mapping);
  const std::string found = lint_of(folder);
  if (std::string_view(test.told).empty()) {
    EXPECT_EQ(found, "");
  } else {
    EXPECT_NE(found.find(test.told), std::string::npos) << found;
    EXPECT_TRUE(found.starts_with("7 lint_annotation: ")) << found;
  }
}

INSTANTIATE_TEST_SUITE_P(Views, StructuralAnnotations, testing::ValuesIn(kAnnotated),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(ViewsTest, AForeignKeyLeadsToValuesThatAreThere) {
  const auto mapping = [](std::string_view target_field) {
    return std::string(kHead) +
           view("v", "t.csv", "CSV",
                column("id") + " ;\n" + column("owner") +
                    annotation("ForeignKey", "(\"owner\")",
                               " ; rml:targetView ex:w ; rml:targetFields (\"" +
                                   std::string(target_field) + "\")")) +
           view("w", "u.csv", "CSV", column("key")) + map_of("v", "owner");
  };
  Folder folder;
  folder.write("t.csv", "id,owner\n1,a\n2,b\n").write("u.csv", "key\na\nb\nc\n");
  folder.write("mapping.ttl", mapping("key"));
  EXPECT_EQ(lint_of(folder), "");
  folder.write("u.csv", "key\na\nc\n");
  EXPECT_NE(
      lint_of(folder).find("1 row with values that the other view does not have, such as \"b\""),
      std::string::npos)
      << lint_of(folder);
  folder.write("mapping.ttl", mapping("kye"));
  EXPECT_NE(lint_of(folder).find("the view has no field \"kye\""), std::string::npos)
      << lint_of(folder);
}

TEST(ViewsTest, AnnotationsThatCannotBeAreRefused) {
  const auto refusal = [](const std::string& annotations) {
    Folder folder;
    folder.write("t.csv", "id\n1\n")
        .write("mapping.ttl", std::string(kHead) +
                                  view("v", "t.csv", "CSV", column("id") + annotations) +
                                  map_of("v", "id"));
    const RunResult run = run_folder(folder, view_run());
    EXPECT_TRUE(run.failed);
    return run.complaints();
  };
  EXPECT_NE(refusal(annotation("Uniqe", "(\"id\")")).find("has no known type"), std::string::npos);
  EXPECT_NE(refusal(annotation("Unique", "()")).find("names no fields"), std::string::npos);
  EXPECT_NE(refusal(annotation("Unique", "(\"di\")")).find("did you mean \"id\"?"),
            std::string::npos);
  EXPECT_NE(refusal(annotation("Inclusion", "(\"id\")")).find("names no view"), std::string::npos);
  EXPECT_NE(refusal(annotation("PrimaryKey", "(\"id\")") + annotation("PrimaryKey", "(\"id\")"))
                .find("several primary keys"),
            std::string::npos);
}

}  // namespace
}  // namespace dossier::test
