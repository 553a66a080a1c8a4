// The W3C suite of the JSON-LD 1.1 API, fromRdf: every case that is not for JSON-LD 1.0 alone.
// Documents are compared as the suite asks: order matters in @list (and in JSON literals) only.
#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/json_document.hpp"
#include "exporters/jsonld.hpp"
#include "graph/freeze.hpp"
#include "tests/support/dataset.hpp"
#include "tests/support/shared_folder.hpp"
#include "tests/support/suite_table.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kRow = "JSON-LD 1.1 fromRdf";

Json parse(std::string_view text, const std::string& name) {
  DiagnosticCollector diagnostics;
  auto json = parse_json(text, name, 200, diagnostics);
  if (json) return std::move(*json);
  ADD_FAILURE() << render(json.error()) << "\n" << text;
  return {};
}

// A text that is the same for documents that mean the same. Recursion is bounded by parse_json.
std::string normal_form(const Json& value, bool ordered) {
  switch (value.kind) {
    case JsonKind::null:
      return "null";
    case JsonKind::boolean:
      return value.boolean ? "true" : "false";
    case JsonKind::number:
      return fmt::format("{}", std::strtod(value.text.c_str(), nullptr));
    case JsonKind::string:
      return "\"" + value.text + "\"";
    case JsonKind::array: {
      std::vector<std::string> items;
      for (const Json& item : value.items) items.push_back(normal_form(item, ordered));
      if (!ordered) std::ranges::sort(items);
      return fmt::format("[{}]", fmt::join(items, ","));
    }
    case JsonKind::object: {
      const Json* type = value.find("@type");
      const bool is_json = type != nullptr && type->is("@json");
      std::vector<std::string> members;
      for (const auto& [key, member] : value.members) {
        const bool in_order = ordered || key == "@list" || (key == "@value" && is_json);
        members.push_back("\"" + key + "\":" + normal_form(member, in_order));
      }
      std::ranges::sort(members);
      return fmt::format("{{{}}}", fmt::join(members, ","));
    }
  }
  return {};
}

bool is_negative(const Json& entry) {
  return std::ranges::any_of(entry.find("@type")->items, [](const Json& type) {
    return type.is("jld:NegativeEvaluationTest");
  });
}

JsonLdWriteOptions options_of(const Json& entry) {
  JsonLdWriteOptions options = JsonLdWriteOptions::specification();
  const Json* option = entry.find("option");
  if (option == nullptr) return options;
  const auto flag = [&](std::string_view name) {
    const Json* found = option->find(name);
    return found != nullptr && found->boolean;
  };
  if (flag("useNativeTypes")) options.natives = JsonLdNatives::all;
  options.use_rdf_type = flag("useRdfType");
  if (const Json* direction = option->find("rdfDirection")) {
    options.directions = direction->is("i18n-datatype") ? JsonLdDirections::i18n_datatype
                                                        : JsonLdDirections::compound_literal;
  }
  return options;
}

std::string run_case(const std::filesystem::path& suite, const Json& entry) {
  const auto source = open_input(suite / entry.find("input")->text);
  if (!source) return render(source.error());
  Builder builder;
  DiagnosticCollector diagnostics;
  const auto read = read_rdf(**source, Format::nquads, {}, builder.shard(), diagnostics);
  if (!read) return render(read.error());
  const Graph graph = freeze(std::move(builder));
  StringSink out;
  const auto written = write_jsonld(graph, WriteOrder(graph), {}, options_of(entry), out);
  if (is_negative(entry)) return written ? "was written" : "";
  if (!written) return render(written.error());
  const std::string wanted = load_file(suite / entry.find("expect")->text).value();
  const std::string got = normal_form(parse(out.text(), "got"), false);
  if (got == normal_form(parse(wanted, "wanted"), false)) return "";
  return "got\n" + out.text() + "wanted\n" + wanted;
}

TEST(JsonLdSuite, EveryFromRdfCasePasses) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/json-ld");
  const std::string text = load_file(suite / "fromRdf-manifest.jsonld").value();
  const Json manifest = parse(text, "fromRdf-manifest.jsonld");
  std::size_t cases = 0;
  for (const Json& entry : manifest.find("sequence")->items) {
    const Json* option = entry.find("option");
    const Json* version = option != nullptr ? option->find("specVersion") : nullptr;
    if (version != nullptr && version->is("json-ld-1.0")) continue;
    ++cases;
    const std::string name = entry.find("@id")->text + " " + entry.find("name")->text;
    const std::string problem = SuiteTable::instance().add(kRow, name, run_case(suite, entry));
    if (!problem.empty()) ADD_FAILURE() << problem;
  }
  EXPECT_EQ(cases, 53u);
}

}  // namespace
}  // namespace dossier::test
