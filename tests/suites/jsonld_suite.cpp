// The W3C suite of the JSON-LD 1.1 API, toRdf: every case that is not for JSON-LD 1.0 alone.
#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/json_document.hpp"
#include "sources/jsonld.hpp"
#include "tests/support/isomorphism.hpp"
#include "tests/support/shared_folder.hpp"
#include "tests/support/suite_table.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kRow = "JSON-LD 1.1 toRdf";
constexpr std::size_t kCases = 456;  // 467 less the 11 whose specVersion is json-ld-1.0

std::string text_of(const Json& object, std::string_view key) {
  const Json* found = object.find(key);
  return found != nullptr ? found->text : "";
}

// Every document of the suite under the address that the manifest gives it.
std::map<std::string, std::string> documents(const std::filesystem::path& suite,
                                             const std::string& base) {
  std::map<std::string, std::string> out;
  for (const auto& file : std::filesystem::recursive_directory_iterator(suite)) {
    if (file.path().extension() != ".jsonld") continue;
    out[base + std::filesystem::relative(file.path(), suite).generic_string()] =
        load_file(file.path()).value();
  }
  return out;
}

bool is_negative(const Json& entry) {
  for (const Json& type : entry.find("@type")->items) {
    if (type.is("jld:NegativeEvaluationTest")) return true;
  }
  return false;
}

// Blank nodes as predicates are no N-Quads: these few files are compared as text.
std::string same_lines(const Dataset& got, const std::filesystem::path& expected) {
  std::vector<std::string> wanted;
  std::istringstream text(load_file(expected).value());
  for (std::string line; std::getline(text, line);) wanted.push_back(line);
  std::ranges::sort(wanted);
  std::vector<std::string> lines = got.lines();
  std::ranges::sort(lines);
  return lines == wanted ? "" : "got\n" + got.text();
}

std::string run_case(const std::filesystem::path& suite, const Json& entry, JsonLdOptions options) {
  const std::string input = text_of(entry, "input");
  if (const Json* option = entry.find("option")) {
    if (option->has("base")) options.base = text_of(*option, "base");
    options.mode_1_0 = text_of(*option, "processingMode") == "json-ld-1.0";
    const Json* generalized = option->find("produceGeneralizedRdf");
    options.generalized = generalized != nullptr && generalized->boolean;
    const std::string direction = text_of(*option, "rdfDirection");
    if (direction == "i18n-datatype") options.direction = JsonLdDirection::i18n_datatype;
    if (direction == "compound-literal") options.direction = JsonLdDirection::compound_literal;
    if (option->has("expandContext")) {
      options.expand_context = load_file(suite / text_of(*option, "expandContext")).value();
    }
  }
  const auto source = open_input(suite / input).value();
  Dataset got;
  DiagnosticCollector diagnostics;
  const auto read = read_jsonld(*source, options, got, diagnostics);
  if (is_negative(entry)) {
    const std::string wanted = text_of(entry, "expectErrorCode");
    if (read) return "was accepted, wanted " + wanted;
    return read.error().message.starts_with(wanted) || wanted == "loading remote context failed"
               ? ""
               : "wanted " + wanted + ", got " + read.error().message;
  }
  if (!read) return render(read.error());
  if (!entry.has("expect")) return "";
  if (options.generalized) return same_lines(got, suite / text_of(entry, "expect"));
  const auto expected = read_dataset_file(suite / text_of(entry, "expect"), Format::nquads);
  if (!expected) return "expected graph: " + render(expected.error());
  if (isomorphic(got, *expected)) return "";
  return "got\n" + got.text() + "wanted\n" + expected->text();
}

TEST(JsonLdSuite, EveryToRdfCasePasses) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/json-ld");
  DiagnosticCollector diagnostics;
  const std::string text = load_file(suite / "toRdf-manifest.jsonld").value();
  const Json manifest = parse_json(text, "toRdf-manifest.jsonld", 100, diagnostics).value();
  const std::string base = text_of(manifest, "baseIri");
  JsonLdOptions options;
  options.load_context = documents_in(documents(suite, base));
  options.direction = JsonLdDirection::drop;
  std::size_t cases = 0;
  for (const Json& entry : manifest.find("sequence")->items) {
    const Json* option = entry.find("option");
    if (option != nullptr && text_of(*option, "specVersion") == "json-ld-1.0") continue;
    ++cases;
    options.base = base + text_of(entry, "input");
    const std::string name = text_of(entry, "@id") + " " + text_of(entry, "name");
    const std::string problem =
        SuiteTable::instance().add(kRow, name, run_case(suite, entry, options));
    if (!problem.empty()) ADD_FAILURE() << problem;
  }
  EXPECT_EQ(cases, kCases);
}

}  // namespace
}  // namespace dossier::test
