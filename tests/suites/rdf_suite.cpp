// The W3C suites of the RDF syntaxes (rdf-tests), RDF 1.1 and 1.2: every syntax and evaluation
// case.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/isomorphism.hpp"
#include "tests/support/manifest.hpp"
#include "tests/support/shared_folder.hpp"
#include "tests/support/suite_table.hpp"

namespace dossier::test {
namespace {

struct Part {
  std::string_view row;
  std::string_view folder;
  Format format;
  std::size_t cases;  // that the folder has
};

constexpr Part kParts[] = {
    {"N-Triples 1.1", "rdf11/rdf-n-triples", Format::ntriples, 70},
    {"N-Quads 1.1", "rdf11/rdf-n-quads", Format::nquads, 87},
    {"Turtle 1.1", "rdf11/rdf-turtle", Format::turtle, 313},
    {"TriG 1.1", "rdf11/rdf-trig", Format::trig, 356},
    {"RDF/XML 1.1", "rdf11/rdf-xml", Format::rdfxml, 166},
    {"N-Triples 1.2 syntax", "rdf12/rdf-n-triples/syntax", Format::ntriples, 29},
    {"N-Quads 1.2 syntax", "rdf12/rdf-n-quads/syntax", Format::nquads, 27},
    {"Turtle 1.2 syntax", "rdf12/rdf-turtle/syntax", Format::turtle, 74},
    {"Turtle 1.2 evaluation", "rdf12/rdf-turtle/eval", Format::turtle, 29},
    {"TriG 1.2 syntax", "rdf12/rdf-trig/syntax", Format::trig, 35},
    {"TriG 1.2 evaluation", "rdf12/rdf-trig/eval", Format::trig, 25},
    {"RDF/XML 1.2", "rdf12/rdf-xml/eval", Format::rdfxml, 31},
};

// "" when the case passes, else what is wrong.
std::string run_case(const ManifestEntry& entry, Format format) {
  RdfReadOptions options;
  options.base = entry.base;
  const Expected<Dataset> read = read_dataset_file(entry.action, format, options);
  if (entry.type.find("NegativeSyntax") != std::string::npos) {
    return read ? "was accepted" : "";
  }
  if (!read) return render(read.error());
  if (entry.type.find("Eval") == std::string::npos) return "";
  const Format expected_format = info(format).holds_graphs ? Format::nquads : Format::ntriples;
  const Expected<Dataset> expected = read_dataset_file(entry.result, expected_format);
  if (!expected) return "expected graph: " + render(expected.error());
  if (isomorphic(*read, *expected)) return "";
  return "got\n" + read->text() + "wanted\n" + expected->text();
}

class RdfSuite : public testing::TestWithParam<Part> {};

TEST_P(RdfSuite, EveryCasePasses) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rdf-tests");
  const Part& part = GetParam();
  const auto entries = read_manifest(suite / part.folder / "manifest.ttl");
  EXPECT_EQ(entries.size(), part.cases);
  for (const ManifestEntry& entry : entries) {
    const std::string problem =
        SuiteTable::instance().add(part.row, entry.name, run_case(entry, part.format));
    if (!problem.empty()) ADD_FAILURE() << problem;
  }
}

INSTANTIATE_TEST_SUITE_P(Parts, RdfSuite, testing::ValuesIn(kParts), [](const auto& test) {
  std::string name(test.param.row);
  std::erase_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
  return name;
});

}  // namespace
}  // namespace dossier::test
