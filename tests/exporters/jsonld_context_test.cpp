// JSON-LD compacted by a context of the user's: the same statements, or a refusal.
#include "base/codes/exports.hpp"
#include "base/codes/rdf.hpp"
#include "exporters/relative_iri.hpp"
#include "tests/exporters/write.hpp"
#include "tests/support/compaction_contexts.hpp"
#include "tests/support/isomorphism.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/small_graph.hpp"

namespace dossier {
namespace {

RdfWriteOptions with_context(std::string_view text) {
  RdfWriteOptions options;
  options.context = std::make_shared<const JsonLdContext>(JsonLdContext{
      .name = "context.jsonld", .text = std::string(text), .address = {}, .load = {}});
  return options;
}

test::SmallGraph company() {
  test::SmallGraph graph;
  graph.add("ex:acme", "rdf:type", "ex:Company")
      .add("ex:acme", "ex:name", "\"ACME\"")
      .add("ex:acme", "ex:label", "\"Firma\"@de")
      .add("ex:acme", "ex:label", "\"Company\"@en")
      .add("ex:acme", "ex:founded", "\"1999-01-02\"^^xsd:date")
      .add("ex:acme", "ex:staff", "\"12\"^^xsd:integer")
      .add("ex:acme", "ex:owner", "ex:holding")
      .add("ex:acme", "ex:address", "_:a")
      .add("_:a", "ex:city", "\"Bonn\"")
      .add("ex:acme", "ex:list", "_:l")
      .add("_:l", "rdf:first", "\"1\"")
      .add("_:l", "rdf:rest", "_:m")
      .add("_:m", "rdf:first", "ex:x")
      .add("_:m", "rdf:rest", "rdf:nil");
  return graph;
}

TEST(JsonLdContextTest, NodesAreSaidByTheTermsOfTheContext) {
  const Graph graph = company().freeze();
  const std::string text = test::write(graph, Format::jsonld, with_context(R"({"@context": {
    "@vocab": "http://example.org/", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id", "a": "@type",
    "founded": {"@type": "xsd:date"}, "owner": {"@type": "@vocab"},
    "label": {"@container": "@language"}, "list": {"@container": "@list"},
    "name": {"@container": "@set"}}})"));
  EXPECT_TRUE(test::isomorphic(test::must_read(text, Format::jsonld), test::dataset_of(graph)))
      << text;
  const std::string nodes = R"(  "@graph": [
    {
      "id": "http://example.org/acme",
      "a": "Company",
      "address": {"city": "Bonn"},
      "founded": "1999-01-02",
      "label": {"en": "Company", "de": "Firma"},
      "list": ["1", {"id": "http://example.org/x"}],
      "name": ["ACME"],
      "owner": "holding",
      "staff": {"a": "xsd:integer", "@value": "12"}
    }
  ]
}
)";
  EXPECT_TRUE(text.ends_with(nodes)) << text;
}

TEST(JsonLdContextTest, AnAddressIsWrittenInsteadOfTheContext) {
  const Graph graph = company().freeze();
  const std::string address = "http://example.org/context.jsonld";
  const std::string text = R"({"@context": {"ex": "http://example.org/"}})";
  RdfWriteOptions options;
  options.context =
      std::make_shared<const JsonLdContext>(JsonLdContext{address, text, address, {}});
  const std::string written = test::write(graph, Format::jsonld, options);
  EXPECT_TRUE(written.starts_with("{\n  \"@context\": \"http://example.org/context.jsonld\",\n"))
      << written;
  RdfReadOptions reading;
  reading.load_context = documents_in({{address, text}});
  EXPECT_TRUE(
      test::isomorphic(test::must_read(written, Format::jsonld, reading), test::dataset_of(graph)));
}

TEST(JsonLdContextTest, RandomGraphsReadBackTheSame) {
  std::size_t refused = 0;
  std::size_t written = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Graph graph = test::random_graph({.seed = seed,
                                            .statements = 5 + seed % 40,
                                            .named_graphs = seed % 3 == 0,
                                            .odd_iris = false});
    const test::Dataset wanted = test::dataset_of(graph);
    for (const std::string_view context : test::kCompactionContexts) {
      StringSink out;
      const auto counts = write_rdf(graph, Format::jsonld, with_context(context), out);
      if (!counts) {
        EXPECT_EQ(counts.error().code, code::export_context) << render(counts.error());
        ++refused;
        continue;
      }
      ++written;
      ASSERT_TRUE(test::isomorphic(test::must_read(out.text(), Format::jsonld), wanted))
          << "seed " << seed << "\n"
          << out.text();
    }
  }
  EXPECT_GT(written, refused * 4) << written << " written, " << refused << " refused";
}

struct Reference {
  const char* iri;
  const char* reference;  // null: none
};

// The references of the W3C's case of compaction t0066, and what is none.
constexpr Reference kReferences[] = {
    {"https://w3c.github.io/tests/compact/link", "link"},
    {"https://w3c.github.io/tests/compact/in.jsonld#part", "#part"},
    {"https://w3c.github.io/tests/compact/in.jsonld?query=works", "?query=works"},
    {"https://w3c.github.io/tests/compact/in.jsonld", "in.jsonld"},
    {"https://w3c.github.io/tests/compact/", "./"},
    {"https://w3c.github.io/tests/compact/@id", "./@id"},
    {"https://w3c.github.io/tests/compact/a:b", "./a:b"},
    {"https://w3c.github.io/tests/", "../"},
    {"https://w3c.github.io/tests/parent#part", "../parent#part"},
    {"https://w3c.github.io/root", "../../root"},
    {"https://w3c.github.io/tests/a/../b", nullptr},
    {"https://w3c.github.io", nullptr},
    {"http://w3c.github.io/root", nullptr},
    {"urn:x", nullptr},
};

TEST(JsonLdContextTest, ReferencesAreShortAndResolveBack) {
  for (const Reference& each : kReferences) {
    const auto reference =
        relative_reference("https://w3c.github.io/tests/compact/in.jsonld", each.iri);
    EXPECT_EQ(reference.has_value(), each.reference != nullptr) << each.iri;
    if (reference && each.reference != nullptr) {
      EXPECT_EQ(*reference, each.reference);
    }
  }
  EXPECT_FALSE(relative_reference("urn:x", "urn:y"));
  EXPECT_FALSE(relative_reference("http://example.org", "http://example.org/a"));
}

struct Hiding {
  const char* context;
  const char* why;
};

constexpr Hiding kHiding[] = {
    {R"({"http://example.org/name": null})", "it would be read differently"},
    {R"({"urn": {"@id": "http://example.org/", "@prefix": true}})",
     "IRI confused with prefix: urn:x"},
};

TEST(JsonLdContextTest, AContextThatWouldChangeAStatementIsRefused) {
  test::SmallGraph small = company();
  const Graph graph = small.add("<urn:x>", "ex:name", "\"x\"").freeze();
  for (const Hiding& each : kHiding) {
    StringSink out;
    const auto counts = write_rdf(graph, Format::jsonld, with_context(each.context), out);
    ASSERT_FALSE(counts) << out.text();
    EXPECT_EQ(counts.error().code, code::export_context);
    EXPECT_NE(counts.error().message.find(each.why), std::string::npos) << counts.error().message;
  }
}

TEST(JsonLdContextTest, AContextThatIsNoneIsToldWithItsPlace) {
  const Graph graph = company().freeze();
  StringSink out;
  const auto counts = write_rdf(graph, Format::jsonld,
                                with_context("{\"@context\": {\n  \"a\": {\"@id\": 1}}}"), out);
  ASSERT_FALSE(counts);
  EXPECT_EQ(counts.error().code, code::jsonld_error);
  EXPECT_EQ(counts.error().place.file + ":" + std::to_string(counts.error().place.line) + ":" +
                std::to_string(counts.error().place.column),
            "context.jsonld:2:15")
      << render(counts.error());
  const auto remote = write_rdf(graph, Format::jsonld,
                                with_context("{\"@context\": \"http://example.org/c\"}"), out);
  ASSERT_FALSE(remote);
  EXPECT_NE(remote.error().message.find("loading remote context failed"), std::string::npos);
}

}  // namespace
}  // namespace dossier
