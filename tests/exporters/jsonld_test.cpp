#include "exporters/jsonld.hpp"

#include "base/codes/exports.hpp"
#include "tests/exporters/write.hpp"
#include "tests/support/isomorphism.hpp"
#include "tests/support/small_graph.hpp"

namespace dossier {
namespace {

using test::SmallGraph;
using test::with_prefixes;

std::string jsonld(SmallGraph& graph, const RdfWriteOptions& options = with_prefixes()) {
  const Graph frozen = graph.freeze();
  const std::string text = test::write(frozen, Format::jsonld, options);
  EXPECT_TRUE(test::isomorphic(test::must_read(text, Format::jsonld), test::dataset_of(frozen)))
      << text;
  return text;
}

TEST(JsonLdTest, NodesNestAndTheContextHoldsTheUsedPrefixes) {
  SmallGraph graph;
  graph.add("ex:acme", "rdf:type", "ex:Company")
      .add("ex:acme", "ex:name", "\"A \"quoted\"\n\"")
      .add("ex:acme", "ex:name", "\"ACME\"@en")
      .add("ex:acme", "ex:founded", "\"1999-01-02\"^^xsd:date")
      .add("ex:acme", "ex:staff", "\"12\"^^xsd:integer")
      .add("ex:acme", "ex:staff2", "\"012\"^^xsd:integer")
      .add("ex:acme", "ex:listed", "\"true\"^^xsd:boolean")
      .add("ex:acme", "ex:address", "_:a")
      .add("_:a", "ex:city", "\"Bonn\"")
      .add("_:a", "ex:none", "rdf:nil")
      .add("ex:acme", "ex:list", "_:l")
      .add("_:l", "rdf:first", "ex:x/y")
      .add("_:l", "rdf:rest", "_:m")
      .add("_:m", "rdf:first", "_:shared")
      .add("_:m", "rdf:rest", "rdf:nil")
      .add("ex:y", "ex:p", "_:shared");
  EXPECT_EQ(jsonld(graph), R"({
  "@context": {
    "ex": "http://example.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#"
  },
  "@graph": [
    {
      "@id": "ex:acme",
      "@type": "ex:Company",
      "ex:address": {
        "ex:city": "Bonn",
        "ex:none": {"@list": []}
      },
      "ex:founded": {"@value": "1999-01-02", "@type": "xsd:date"},
      "ex:list": {"@list": [{"@id": "ex:x/y"}, {"@id": "_:shared"}]},
      "ex:listed": true,
      "ex:name": ["A \"quoted\"\n", {"@value": "ACME", "@language": "en"}],
      "ex:staff": 12,
      "ex:staff2": {"@value": "012", "@type": "xsd:integer"}
    },
    {
      "@id": "ex:y",
      "ex:p": {"@id": "_:shared"}
    }
  ]
}
)");
}

TEST(JsonLdTest, GraphsStandInTheNodeOfTheirName) {
  SmallGraph graph;
  graph.add("ex:g", "ex:source", "\"report\"")
      .add("ex:a", "ex:p", "ex:o", "ex:g")
      .add("ex:a", "ex:p", "ex:o", "ex:h");
  EXPECT_EQ(jsonld(graph), R"({
  "@context": {
    "ex": "http://example.org/"
  },
  "@graph": [
    {
      "@id": "ex:g",
      "ex:source": "report",
      "@graph": [
        {
          "@id": "ex:a",
          "ex:p": {"@id": "ex:o"}
        }
      ]
    },
    {
      "@id": "ex:h",
      "@graph": [
        {
          "@id": "ex:a",
          "ex:p": {"@id": "ex:o"}
        }
      ]
    }
  ]
}
)");
}

TEST(JsonLdTest, APrefixThatWouldBeMisreadIsNotUsed) {
  SmallGraph graph;
  RdfWriteOptions options;
  options.prefixes.set("ex", "http://example.org/");
  options.prefixes.set("urn", "http://other.example/");
  options.prefixes.set("item", "http://example.org/item_");
  graph.add("ex:item_1", "ex:p", "<urn:x>").add("ex:item_1", "ex:p", "<http://other.example/y>");
  graph.add("ex://x", "ex:p", "<ex://y>");
  EXPECT_EQ(jsonld(graph, options), R"({
  "@context": {
    "ex": "http://example.org/"
  },
  "@graph": [
    {
      "@id": "http://example.org///x",
      "ex:p": {"@id": "ex://y"}
    },
    {
      "@id": "ex:item_1",
      "ex:p": [{"@id": "http://other.example/y"}, {"@id": "urn:x"}]
    }
  ]
}
)");
}

TEST(JsonLdTest, TypesThatAreNoResourcesStayAProperty) {
  SmallGraph graph;
  graph.add("ex:a", "rdf:type", "ex:C")
      .add("ex:a", "rdf:type", "_:b")
      .add("_:b", "ex:p", "\"1\"")
      .add("ex:a", "rdf:type", "\"text\"");
  EXPECT_EQ(jsonld(graph), R"({
  "@context": {
    "ex": "http://example.org/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  },
  "@graph": [
    {
      "@id": "ex:a",
      "@type": ["ex:C", "_:b"],
      "rdf:type": "text"
    },
    {
      "@id": "_:b",
      "ex:p": "1"
    }
  ]
}
)");
}

TEST(JsonLdTest, AnEmptyGraphIsAnEmptyDocument) {
  SmallGraph graph;
  EXPECT_EQ(jsonld(graph), "[]\n");
}

TEST(JsonLdTest, ATripleTermIsRefused) {
  SmallGraph graph;
  graph.add("ex:a", "rdf:reifies", "<<( ex:s ex:p ex:o )>>");
  StringSink sink;
  const auto result = write_rdf(graph.freeze(), Format::jsonld, {}, sink);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, code::export_term);
}

TEST(JsonLdTest, AnIriThatReadersWouldLeaveOutIsRefused) {
  SmallGraph graph;
  graph.add("ex:100%", "ex:p", "ex:o");
  StringSink sink;
  const auto result = write_rdf(graph.freeze(), Format::jsonld, {}, sink);
  ASSERT_FALSE(result);
  EXPECT_EQ(
      result.error().message,
      "cannot write <http://example.org/100%> <http://example.org/p> <http://example.org/o> .: "
      "an IRI breaks RFC 3987, and readers of JSON-LD leave out what names it");
}

TEST(JsonLdTest, DeepNestingStaysShallow) {
  SmallGraph graph;
  graph.add("ex:root", "ex:p", "_:n0").add("ex:list", "ex:p", "_:l0");
  for (int i = 0; i < 200; ++i) {
    const std::string n = std::to_string(i);
    const std::string next = std::to_string(i + 1);
    graph.add("_:n" + n, "ex:p", "_:n" + next);
    graph.add("_:l" + n, "rdf:first", "_:l" + next).add("_:l" + n, "rdf:rest", "rdf:nil");
  }
  const std::string text = jsonld(graph);
  EXPECT_EQ(text.find(std::string(2 * 3 * 40, ' ')), std::string::npos);
}

}  // namespace
}  // namespace dossier
