// YARRRML: what is wrong is placed in the YAML; what is short means what is long.
#include <gtest/gtest.h>

#include "tests/mapping/mapping_helpers.hpp"
#include "tests/support/model_text.hpp"

namespace dossier::test {
namespace {

struct Fault {
  const char* name;
  const char* text;
  const char* code;
  std::uint64_t line;
  std::uint64_t column;
  const char* said;
};

constexpr Fault kFaults[] = {
    {"MisspeltRootKey", "prefixes: {ex: 'http://e/'}\nmappingz: {}\n", "mapping_unknown_name", 2, 1,
     "did you mean \"mappings\"?"},
    {"MisspeltMappingKey", "mappings:\n  m:\n    sources: [[t.csv~csv]]\n    subjekt: x\n",
     "mapping_unknown_name", 4, 5, "did you mean \"subject\"?"},
    {"UnknownSource",
     "sources: {people: [t.csv~csv]}\nmappings:\n  m:\n    sources: peopel\n"
     "    s: http://e/$(id)\n",
     "mapping_unknown_reference", 4, 14, "did you mean \"people\"?"},
    {"UnknownFormulation", "mappings:\n  m:\n    sources: [[t.csv~cvs]]\n    s: http://e/$(id)\n",
     "mapping_unknown_name", 3, 16, "did you mean csv?"},
    {"OpenReference", "mappings:\n  m:\n    sources: [[t.csv~csv]]\n    s: http://e/$(id\n",
     "mapping_bad_template", 4, 8, "http://e/$(id\n         ^"},
    {"NoObject",
     "mappings:\n  m:\n    sources: [[t.csv~csv]]\n    s: http://e/$(id)\n    po:\n"
     "      - [a]\n",
     "mapping_expression", 6, 9, "has a predicate and no object"},
    {"UnknownTag",
     "mappings:\n  m:\n    sources: [[t.csv~csv]]\n    s: http://e/$(id)\n    po:\n"
     "      - [http://e/p, $(a)~irl]\n",
     "mapping_bad_value", 6, 22, "did you mean ~iri?"},
    {"UndeclaredPrefixOfADatatype",
     "mappings:\n  m:\n    sources: [[t.csv~csv]]\n    s: http://e/$(id)\n    po:\n"
     "      - [http://e/p, $(a), xds:date]\n",
     "mapping_unknown_reference", 6, 28, "did you mean \"xsd\"?"},
    {"UnknownMappingInAJoin",
     "mappings:\n  m:\n    sources: [[t.csv~csv]]\n    s: http://e/$(id)\n    po:\n"
     "      - p: http://e/p\n        o: {mapping: n}\n",
     "mapping_unknown_reference", 7, 22, "no triples map \"n\""},
    {"UnknownFunction",
     "prefixes: {f: 'http://f/'}\nmappings:\n  m:\n    sources: [[t.csv~csv]]\n"
     "    s: http://e/$(id)\n    po:\n      - p: http://e/p\n        o: {function: f:up}\n",
     "mapping_bad_call", 8, 12, "http://f/up"},
    {"UnknownTarget",
     "mappings:\n  m:\n    sources: [[t.csv~csv]]\n    s: {value: 'http://e/$(id)', targets: t}\n",
     "mapping_unknown_reference", 4, 43, "no target \"t\""},
    {"NoSource", "mappings:\n  m:\n    s: http://e/$(id)\n    po: [[a, http://e/C]]\n",
     "mapping_no_source", 2, 3, "has no source"},
    {"NoMappings", "prefixes: {ex: 'http://e/'}\n", "mapping_empty", 0, 0, "no triples map"},
    {"OtherKindOfFile",
     "mappings:\n  m:\n    sources: [[t.xml~xquery, /a]]\n    s: http://e/$(id)\n",
     "mapping_unsupported", 3, 15, "xquery cannot be read yet"},
    {"Changes",
     "mappings:\n  m:\n    sources: [[t.csv~csv]]\n    s: http://e/$(id)\n"
     "    po: [[http://e/p, $(a)]]\n    changeDetection:\n      create: {explicit: false}\n",
     "mapping_bad_call", 7, 15, "keeps no state between runs"},
    {"EventStream",
     "targets:\n  t: {access: out.nq, type: void, ldes: {id: 'http://e/s'}}\n"
     "mappings:\n  m:\n    sources: [[t.csv~csv]]\n    s: {value: 'http://e/$(id)', targets: t}\n",
     "mapping_unsupported", 2, 6, "is an event stream"},
    {"TwoSpellingsOfAKey",
     "mappings:\n  m:\n    sources: [[t.csv~csv]]\n    s: http://e/1\n    subject: http://e/2\n",
     "mapping_unknown_name", 5, 14, "another spelling"},
};

class YarrrmlFaults : public testing::TestWithParam<Fault> {};

TEST_P(YarrrmlFaults, ArePlacedInTheYaml) {
  const Fault& fault = GetParam();
  Folder folder;
  folder.write("t.csv", "id,a\n1,b\n").write("mapping.yarrrml", fault.text);
  const RunResult run = run_folder(folder);
  EXPECT_TRUE(run.failed);
  ASSERT_FALSE(run.diagnostics.empty());
  const Diagnostic& first = run.diagnostics.front();
  EXPECT_EQ(info(first.code).name, fault.code) << run.complaints();
  EXPECT_EQ(first.place.line, fault.line) << run.complaints();
  EXPECT_EQ(first.place.column, fault.column) << run.complaints();
  EXPECT_NE((first.message + " " + first.hint).find(fault.said), std::string::npos)
      << run.complaints();
}

INSTANTIATE_TEST_SUITE_P(Mappings, YarrrmlFaults, testing::ValuesIn(kFaults),
                         [](const auto& test) { return std::string(test.param.name); });

std::string text_of(std::string_view yarrrml) {
  Folder folder;
  folder.write("mapping.yarrrml", yarrrml);
  DiagnosticCollector diagnostics;
  const auto mapping = load_mapping(folder.path() / "mapping.yarrrml", {}, diagnostics);
  std::string out;
  for (const Diagnostic& each : diagnostics.sorted()) out += render(each) + "\n";
  return mapping ? model_text(mapping->model) : out + render(mapping.error());
}

TEST(YarrrmlTest, ShortFormsMeanTheLongOnes) {
  const std::string long_form = text_of(R"(prefixes: {ex: 'http://e/'}
sources:
  people: {access: people.csv, referenceFormulation: csv}
mappings:
  person:
    sources: people
    subjects: ex:$(id)
    predicateobjects:
      - predicates: rdf:type
        objects: {value: ex:Person, type: iri}
      - predicates: ex:name
        objects: {value: $(name), language: en}
      - predicates: ex:born
        objects: {value: $(born), datatype: xsd:date}
)");
  EXPECT_EQ(text_of(R"(prefixes: {ex: 'http://e/'}
mappings:
  person:
    source: people.csv~csv
    s: ex:$(id)
    po: [[a, ex:Person], [ex:name, $(name), en~lang], [ex:born, $(born), xsd:date]]
)"),
            long_form);
  EXPECT_NE(long_form.find("@\"en\""), std::string::npos) << long_form;
}

// It could be an IRI of a scheme that nobody here knows.
TEST(YarrrmlTest, APrefixThatIsNotDeclaredIsWarnedOf) {
  Folder folder;
  folder.write("t.csv", "id,a\n1,b\n")
      .write("mapping.yarrrml",
             "mappings:\n  m:\n    sources: [[t.csv~csv]]\n    s: http://e/$(id)\n    po:\n"
             "      - [foat:name, $(a)]\n      - [foaf:page, urn:x:$(a)~iri]\n");
  const RunResult run = run_folder(folder);
  EXPECT_FALSE(run.failed);
  ASSERT_EQ(run.diagnostics.size(), 1u) << run.complaints();
  EXPECT_EQ(run.diagnostics[0].severity, Severity::warning);
  EXPECT_EQ(run.diagnostics[0].place.line, 6u);
  EXPECT_EQ(run.diagnostics[0].place.column, 10u);
  EXPECT_NE(run.diagnostics[0].hint.find("did you mean \"foaf\"?"), std::string::npos);
}

TEST(YarrrmlTest, DialectsOfTablesAreSaidWithTheSource) {
  Folder folder;
  folder.write("t.txt", "# a note\nignored\n'1';'a;b';-\n2; c ;d\n")
      .write("mapping.yarrrml", R"(sources:
  t:
    access: t.txt
    referenceFormulation: csv
    delimiter: ';'
    quote: "'"
    comment: '#'
    skipRows: 1
    header: false
    columns: [id, x, y]
    null: '-'
    trim: true
mappings:
  m: {sources: t, s: 'http://e/$(id)', po: [['http://e/x', $(x)], ['http://e/y', $(y)]]}
)");
  const RunResult run = run_folder(folder);
  EXPECT_EQ(run.lines,
            "<http://e/1> <http://e/x> \"a;b\" .\n<http://e/2> <http://e/x> \"c\" .\n"
            "<http://e/2> <http://e/y> \"d\" .\n")
      << run.complaints();
}

TEST(YarrrmlTest, SeveralFilesAreOneMapping) {
  Folder folder;
  folder
      .write("a.yarrrml", "sources: {t: [t.csv~csv]}\nprefixes: {ex: 'http://e/'}\nmappings: {}\n")
      .write("b.yarrrml", "mappings: {m: {sources: t, s: 'ex:$(id)', po: [[a, ex:C]]}}\n");
  const std::vector<std::filesystem::path> files = {folder.path() / "a.yarrrml",
                                                    folder.path() / "b.yarrrml"};
  DiagnosticCollector diagnostics;
  const auto mapping = load_mapping(files, {}, diagnostics);
  ASSERT_TRUE(mapping);
  EXPECT_EQ(mapping->model.triples_maps.size(), 1u);
}

TEST(YarrrmlTest, ExternalValuesCanBeGivenFromOutside) {
  Folder folder;
  folder.write("t.csv", "id\n1\n")
      .write(
          "mapping.yarrrml",
          "external: {who: Ann}\nmappings: {m: {sources: [[t.csv~csv]], s: 'http://e/$(id)', po: "
          "[['http://e/p', $(_who)]]}}\n");
  LoadOptions options;
  DiagnosticCollector diagnostics;
  const auto object_of = [&](const Expected<Mapping>& mapping) {
    const auto& object = mapping->model.triples_maps[0].predicate_objects[0].objects[0];
    return std::get<ConstantTerm>(std::get<TermMap>(object).expression.value).text;
  };
  EXPECT_EQ(object_of(load_mapping(folder.path() / "mapping.yarrrml", options, diagnostics)),
            "Ann");
  options.externals["who"] = "$(odd) ~x";
  EXPECT_EQ(object_of(load_mapping(folder.path() / "mapping.yarrrml", options, diagnostics)),
            "$(odd) ~x");
}

}  // namespace
}  // namespace dossier::test
