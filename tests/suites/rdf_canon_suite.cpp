// The W3C suite of RDF Dataset Canonicalization (rdf-canon): canonical N-Quads, maps of blank nodes
// and the poison graph.
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "base/codes/files.hpp"
#include "base/input.hpp"
#include "graph/canon.hpp"
#include "tests/support/manifest.hpp"
#include "tests/support/shared_folder.hpp"
#include "tests/support/suite_table.hpp"

namespace dossier::test {
namespace {

std::string text_of(const Graph& graph, const CanonicalNumbers& numbers) {
  std::string text;
  for (const std::string& line : canonical_lines(graph, numbers)) text += line;
  return text;
}

std::string check_map(const Graph& graph, const CanonicalNumbers& numbers,
                      const std::string& json) {
  rapidjson::Document wanted;
  wanted.Parse(json.data(), json.size());
  if (!wanted.IsObject() || wanted.MemberCount() != numbers.size()) return "another size of map";
  for (std::uint32_t i = 0; i < numbers.size(); ++i) {
    const std::string label(graph.text(TermId(TermKind::blank, i)));
    const auto found = wanted.FindMember(label.c_str());
    const std::string got = "c14n" + std::to_string(numbers[i]);
    if (found == wanted.MemberEnd() || got != found->value.GetString()) {
      return label + " is named " + got;
    }
  }
  return "";
}

// "" when the case passes, else what is wrong.
std::string run_case(const ManifestEntry& entry) {
  const Graph graph = read_graph(entry.action, Format::nquads);
  CanonOptions options;
  const auto hash = entry.properties.find("hashAlgorithm");
  if (hash != entry.properties.end() && hash->second == "SHA384") options.hash = DigestKind::sha384;
  const Expected<CanonicalNumbers> numbers = canonical_numbers(graph, options);
  if (entry.type == "RDFC10NegativeEvalTest") {
    if (numbers) return "was canonicalised";
    return numbers.error().code == code::limit_exceeded ? "" : render(numbers.error());
  }
  if (!numbers) return render(numbers.error());
  const std::string wanted = load_file(entry.result).value_or("");
  if (entry.type == "RDFC10MapTest") return check_map(graph, *numbers, wanted);
  const std::string got = text_of(graph, *numbers);
  return got == wanted ? "" : "got\n" + got + "wanted\n" + wanted;
}

TEST(RdfCanonSuite, EveryCasePasses) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rdf-canon");
  const auto entries = read_manifest(suite / "manifest.ttl");
  EXPECT_EQ(entries.size(), 86u);
  for (const ManifestEntry& entry : entries) {
    const std::string problem =
        SuiteTable::instance().add("RDFC-1.0 " + entry.type, entry.name, run_case(entry));
    if (!problem.empty()) ADD_FAILURE() << problem;
  }
}

}  // namespace
}  // namespace dossier::test
