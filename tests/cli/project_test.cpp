#include "cli/project.hpp"

#include <gtest/gtest.h>

#include "base/codes/trees.hpp"

namespace dossier {
namespace {

struct Parsed {
  Expected<Project> project;
  std::vector<Diagnostic> said;
};

Parsed parse(const std::string& text) {
  DiagnosticCollector diagnostics;
  Expected<Project> project = parse_project(text, "p/dossier.yaml", diagnostics);
  return {std::move(project), diagnostics.sorted()};
}

TEST(ProjectTest, AllKeysAreRead) {
  const Parsed parsed = parse(R"(dossier: 1
name: small
title: Small
base: http://e/
prefixes: {e: "http://e/"}
sources:
  - {path: t.csv, title: T, asserted_by: e:me, url: http://e/t, retrieved_at: 2024-01-01, licence: CC0}
source_root: ../data
copies: {"http://e/t.csv": t.csv}
allow_network: true
allow_empty_joins: true
mappings: [m.yaml]
data: [more.ttl]
ontology: {domain: false, files: [o.ttl]}
shapes: [s.ttl]
identity: [same.csv]
checks: {classes: {"e:C": {min: 1, max: 2}}}
exports:
  - {path: out/g.ttl, mode: diff-stable, prefixes: {x: "http://x/"}}
  - {path: out/g.xml, format: graphml, links: both, for: gephi}
reports: [out/r.json]
ledger: out/ledger.json
limits: {max-cell-bytes: 2G, max-columns: 10}
)");
  ASSERT_TRUE(parsed.project.has_value()) << (parsed.said.empty() ? "" : parsed.said[0].message);
  const Project& p = *parsed.project;
  EXPECT_EQ(p.name, "small");
  EXPECT_EQ(p.sources[0].info.asserted_by, "http://e/me");
  EXPECT_EQ(p.source_root, "data");
  EXPECT_EQ(p.copies.at("http://e/t.csv"), "p/t.csv");
  EXPECT_TRUE(p.allow_network);
  EXPECT_TRUE(p.allow_empty_joins);
  EXPECT_EQ(p.mappings[0].path, "p/m.yaml");
  EXPECT_FALSE(p.domain_ontology);
  EXPECT_EQ(p.class_checks[0].iri, "http://e/C");
  EXPECT_EQ(p.class_checks[0].most, 2u);
  EXPECT_EQ(p.exports[0].mode, RdfWriteMode::diff_stable);
  EXPECT_EQ(p.exports[0].prefixes.find("x"), "http://x/");
  EXPECT_EQ(p.exports[1].format, Format::graphml);
  EXPECT_EQ(p.exports[1].links, LinkForm::both);
  EXPECT_TRUE(p.exports[1].for_gephi);
  EXPECT_EQ(p.limits.at("max-cell-bytes"), std::size_t{2} << 30);
  EXPECT_EQ(p.outputs().size(), 4u);
}

TEST(ProjectTest, EveryMistakeIsReportedWithItsPlaceAndTheNearestKey) {
  const Parsed parsed = parse(
      "dossier: 1\n"
      "nam: small\n"
      "mappings: m.yaml\n"
      "checks: {classes: {\"e:C\": {mn: 1}}}\n"
      "exports: [{path: out/g.what}, {pth: out/g.ttl}]\n");
  ASSERT_FALSE(parsed.project.has_value());
  std::vector<std::string> said;
  for (const Diagnostic& each : parsed.said) {
    said.push_back(number_of(each.code) + " " + to_string(each.place) + " " + each.hint);
  }
  const std::vector<std::string> wanted = {
      "E0603 p/dossier.yaml:1:1 ",                                 // name
      "E0602 p/dossier.yaml:2:1 did you mean name?",               //
      "E0604 p/dossier.yaml:3:11 ",                                // a list is wanted
      "E0604 p/dossier.yaml:4:20 declare it under prefixes",       //
      "E0602 p/dossier.yaml:4:28 did you mean min?",               //
      "E0604 p/dossier.yaml:5:11 add format: turtle, or another",  //
      "E0603 p/dossier.yaml:5:31 ",                                // path
      "E0602 p/dossier.yaml:5:32 did you mean path?",              //
  };
  EXPECT_EQ(said, wanted);
}

TEST(ProjectTest, OptionsOfAnotherKindOfExportAreRefused) {
  EXPECT_FALSE(parse("dossier: 1\nname: n\nexports: [{path: g.ttl, for: gephi}]\n").project);
  EXPECT_FALSE(parse("dossier: 1\nname: n\nexports: [{path: g.gexf, mode: pretty}]\n").project);
  EXPECT_FALSE(parse("dossier: 1\nname: n\nexports: [{path: g.nt}, {path: ./g.nt}]\n").project);
  EXPECT_FALSE(parse("dossier: 2\nname: n\n").project);
  EXPECT_FALSE(parse("- a list\n").project);
  EXPECT_TRUE(parse("dossier: 1\nname: n\n").project);
}

TEST(ProjectTest, BrokenYamlKeepsItsPlace) {
  const Parsed parsed = parse("dossier: 1\nname: [\n");
  ASSERT_FALSE(parsed.project.has_value());
  EXPECT_EQ(parsed.project.error().code, code::yaml_syntax);
  EXPECT_GE(parsed.project.error().place.line, 2u);
}

}  // namespace
}  // namespace dossier
