#include "ontology/report.hpp"

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "ontology/report_shacl.hpp"
#include "tests/ontology/ontology_support.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kData = R"(
:a a :Ban ; :by :g ; :from "2021"^^xsd:gYear ; :to "2020"^^xsd:gYear .
:b a :Ban ; :by "g" .
:c a :Person ; :mame "x" .
:g a :Person ; :name "\u001b[31mG" .
)";
constexpr std::string_view kOntology = R"(
:Ban a owl:Class , dm:LinkClass ; dm:sourceEnd :by ; dm:targetEnd :of ; dm:startQualifier :from ; dm:endQualifier :to .
:Person a owl:Class . :by a owl:ObjectProperty ; rdfs:range :Person . :of a owl:ObjectProperty .
:from a owl:DatatypeProperty . :to a owl:DatatypeProperty . :name a owl:DatatypeProperty .
)";
constexpr std::string_view kShapes = R"(
:PersonShape a sh:NodeShape ; sh:targetClass :Person ;
  sh:property [ sh:path :name ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "a name, please"@en ] ;
  sh:property [ sh:path :name ; sh:or ( [ sh:maxLength 3 ] [ sh:pattern "^x" ] ) ] .
)";

class ReportTest : public testing::Test {
 protected:
  void SetUp() override {
    options_.prefixes.set("ex", "http://example.org/");
    options_.place_of = [](const Graph&, std::size_t position) {
      return Place{.file = "bans.csv", .line = position + 1, .column = 3};
    };
    ValidationOptions options;
    options.own_namespaces = {"http://example.org/"};
    auto findings = validate(data_, &ontology_, shapes_, options);
    ASSERT_TRUE(findings.has_value());
    findings_ = std::make_unique<Findings>(std::move(*findings));
  }

  Graph data_ = turtle(kData);
  Ontology ontology_ = ontology_of(kOntology);
  Graph shapes_graph_ = turtle(kShapes);
  ShapeSet shapes_ = shapes_of(shapes_graph_);
  ReportOptions options_;
  std::unique_ptr<Findings> findings_;
};

TEST_F(ReportTest, TextGroupsByRuleWithPlacesAndHints) {
  StringSink sink;
  options_.line_of = [](const Place&) { return std::optional<std::string>("a,\tb"); };
  write_text_report(*findings_, options_, sink);
  EXPECT_EQ(sink.text(),
            R"(violation E0426 ex:by: end of a link is of the wrong class (wanted Person)
  ontology: 1 finding
    bans.csv:5:3 ex:b: ex:by is "g", wanted Person  #1
      | a, b
      |   ^

violation E0421 ex:mame: property is not declared
  ontology: 1 finding
    bans.csv:7:3 ex:c: the property ex:mame is not declared  #2
      did you mean ex:name?
      | a, b
      |   ^

violation E0425 ex:of: link lacks one of its ends (on Ban)
  ontology: 2 findings
    bans.csv:1:3 ex:a: ex:Ban lacks ex:of  #3
      | a, b
      |   ^
    bans.csv:5:3 ex:b: ex:Ban lacks ex:of  #4
      | a, b
      |   ^

violation E0429 ex:from: start lies after end (not after to)
  ontology: 1 finding
    bans.csv:2:3 ex:a: ex:from "2021"^^xsd:gYear lies after ex:to "2020"^^xsd:gYear  #5
      | a, b
      |   ^

violation E0470 ex:name: either at most 3 characters or text that matches ^x
  shape ex:name of ex:PersonShape: 1 finding
    bans.csv:9:3 ex:g: ex:name is "\x1B[31mG", wanted either at most 3 characters or text that matches ^x  #7
      - "\x1B[31mG": "\x1B[31mG", wanted at most 3 characters
      - "\x1B[31mG": "\x1B[31mG", wanted text that matches ^x
      | a, b
      |   ^

warning E0453 ex:name: at least 1 value
  shape ex:name of ex:PersonShape: 1 finding
    bans.csv:8:3 ex:c: a name, please  #6
      ex:name has 0 values, wanted at least 1 value
      | a, b
      |   ^

6 violations, 1 warning
)");
}

TEST_F(ReportTest, JsonHoldsEveryFindingWithPlaceAndDetails) {
  StringSink sink;
  write_json_report(*findings_, options_, sink);
  rapidjson::Document json;
  json.Parse(sink.text().c_str());
  ASSERT_FALSE(json.HasParseError()) << sink.text();
  EXPECT_FALSE(json["conforms"].GetBool());
  EXPECT_EQ(json["counts"]["violation"].GetInt(), 6);
  EXPECT_EQ(json["total"].GetInt(), 7);
  ASSERT_EQ(json["findings"].Size(), 7u);
  const auto& or_finding = json["findings"][6];
  EXPECT_STREQ(or_finding["code"].GetString(), "E0470");
  EXPECT_EQ(or_finding["details"].Size(), 2u);
  EXPECT_STREQ(or_finding["value"]["literal"].GetString(), "\x1b[31mG");
  EXPECT_STREQ(or_finding["place"]["file"].GetString(), "bans.csv");
  EXPECT_EQ(or_finding["place"]["line"].GetInt(), 9);
}

TEST_F(ReportTest, ListsAreCutButCountsAreNot) {
  options_.max_results = 2;
  StringSink sink;
  write_json_report(*findings_, options_, sink);
  rapidjson::Document json;
  json.Parse(sink.text().c_str());
  ASSERT_FALSE(json.HasParseError());
  EXPECT_EQ(json["findings"].Size(), 2u);
  EXPECT_EQ(json["total"].GetInt(), 7);
}

TEST_F(ReportTest, SarifNamesRulesAndRegions) {
  StringSink sink;
  write_sarif_report(*findings_, options_, "1.0", sink);
  rapidjson::Document json;
  json.Parse(sink.text().c_str());
  ASSERT_FALSE(json.HasParseError()) << sink.text();
  const auto& run = json["runs"][0];
  EXPECT_EQ(run["results"].Size(), 7u);
  for (const auto& result : run["results"].GetArray()) {
    const auto& rule = run["tool"]["driver"]["rules"][result["ruleIndex"].GetUint()];
    EXPECT_STREQ(rule["id"].GetString(), result["ruleId"].GetString());
    EXPECT_GT(result["locations"][0]["physicalLocation"]["region"]["startLine"].GetInt(), 0);
  }
}

TEST_F(ReportTest, ShaclReportHoldsAResultForEachFinding) {
  const Graph report = shacl_report(*findings_, options_.prefixes, options_.place_of);
  const TermId result = report.find_iri("http://www.w3.org/ns/shacl#result");
  const TermId detail = report.find_iri("http://www.w3.org/ns/shacl#detail");
  EXPECT_EQ(report.with_predicate(result).size(), 7u);
  EXPECT_EQ(report.with_predicate(detail).size(), 2u);
  const TermId place = report.find_iri("https://w3id.org/dossier/meta#place");
  EXPECT_EQ(report.with_predicate(place).size(), 9u);
  const TermId message = report.find(language_view("a name, please", "en"));
  EXPECT_TRUE(message);
}

TEST(MessagesTest, PlaceholdersAreFilledInReportsForPeople) {
  const Graph data = turtle(":a a :C ; :p \"x\" ; :q :b . :b :p 1 .");
  const Graph shapes_graph = turtle(R"(
:s sh:targetClass :C ; sh:property [ sh:path :p ; sh:minLength 2 ;
    sh:message "nein: {?value}"@de , "{$this} {$path}: {?value} has fewer than {$minLength} of {$nothing} {?"@en ] ;
  sh:property [ sh:path :q ; sh:node [ sh:message "because of {?value}" ; sh:property [ sh:path :p ;
    sh:datatype xsd:string ; sh:message "{?value} is no {$datatype}" ] ] ; sh:message "see {?value}" ] .
)");
  const ShapeSet shapes = shapes_of(shapes_graph);
  const auto findings = validate(data, nullptr, shapes, {});
  ASSERT_TRUE(findings.has_value());
  Prefixes prefixes = Prefixes::well_known();
  prefixes.set("ex", "http://example.org/");
  const Describer describer(*findings, prefixes);
  std::vector<std::string> messages;
  for (const Finding& each : findings->kept()) {
    messages.push_back(describer.describe(each).message);
  }
  std::ranges::sort(messages);
  EXPECT_EQ(messages, (std::vector<std::string>{"1 is no xsd:string",
                                                "ex:a ex:p: x has fewer than 2 of {$nothing} {?",
                                                "see ex:b"}));
  // What the shapes say is copied to the results as it stands (SHACL 1.0, section 2.1.5).
  const Graph report = shacl_report(*findings, prefixes, source_of);
  const auto said =
      report.with_predicate(report.find_iri("http://www.w3.org/ns/shacl#resultMessage"));
  EXPECT_EQ(said.size(), 4u);
}

TEST(MessageLanguageTest, IsTheOneThatIsAskedFor) {
  const Graph shapes_graph = turtle(
      ":s sh:targetNode :x ; sh:class :C ; sh:message \"ohne Klasse\"@de-AT , \"no class\"@en-GB , "
      "\"sans classe\"@fr , \"classless\" . "
      ":t sh:targetNode :x ; sh:nodeKind sh:Literal ; sh:message \"kein Text\"@de , "
      "\"plain\" . ");
  const ShapeSet shapes = shapes_of(shapes_graph);
  const Graph data = turtle(":x :p 1 .");
  const auto findings = validate(data, nullptr, shapes);
  const auto messages = [&](std::string_view language) {
    const Describer describer(*findings, Prefixes::well_known(), language);
    std::string out;
    for (const Finding& each : findings->kept()) out += describer.describe(each).message + "; ";
    return out;
  };
  EXPECT_EQ(messages("en"), "no class; plain; ");
  EXPECT_EQ(messages("DE"), "ohne Klasse; kein Text; ");
  EXPECT_EQ(messages("de-AT"), "ohne Klasse; plain; ");
  EXPECT_EQ(messages("fr"), "sans classe; plain; ");
  EXPECT_EQ(messages("it"), "no class; plain; ");
}

}  // namespace
}  // namespace dossier::test
