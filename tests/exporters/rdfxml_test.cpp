#include "base/codes/exports.hpp"
#include "tests/exporters/write.hpp"
#include "tests/support/isomorphism.hpp"
#include "tests/support/redland.hpp"
#include "tests/support/small_graph.hpp"

namespace dossier {
namespace {

using test::SmallGraph;
using test::with_prefixes;

std::string rdfxml(SmallGraph& graph, const RdfWriteOptions& options = with_prefixes()) {
  return test::write(graph.freeze(), Format::rdfxml, options);
}

Error refusal(const Graph& graph) {
  StringSink sink;
  const auto result = write_rdf(graph, Format::rdfxml, with_prefixes(), sink);
  return result ? Error{} : result.error();
}

TEST(RdfXmlTest, SubjectsAreNodeElementsTypedByTheirFirstClass) {
  SmallGraph graph;
  graph.add("ex:acme", "rdf:type", "ex:Company")
      .add("ex:acme", "rdf:type", "ex:Owner")
      .add("ex:acme", "ex:name", "\"A & <B>\"@en")
      .add("ex:acme", "ex:founded", "\"1999-01-02\"^^xsd:date")
      .add("ex:acme", "ex:owns", "<http://example.org/q?a=1&b=2>")
      .add("ex:acme", "ex:address", "_:a")
      .add("_:a", "ex:city", "\"Bonn\"")
      .add("ex:acme", "ex:head", "_:h")
      .add("_:h", "rdf:type", "ex:Person")
      .add("ex:acme", "ex:list", "_:l")
      .add("_:l", "rdf:first", "ex:x")
      .add("_:l", "rdf:rest", "_:m")
      .add("_:m", "rdf:first", "_:shared")
      .add("_:m", "rdf:rest", "rdf:nil")
      .add("ex:y", "ex:p", "_:shared");
  EXPECT_EQ(rdfxml(graph), R"(<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:ex="http://example.org/">

  <ex:Company rdf:about="http://example.org/acme">
    <rdf:type rdf:resource="http://example.org/Owner"/>
    <ex:address rdf:parseType="Resource">
      <ex:city>Bonn</ex:city>
    </ex:address>
    <ex:founded rdf:datatype="http://www.w3.org/2001/XMLSchema#date">1999-01-02</ex:founded>
    <ex:head>
      <ex:Person/>
    </ex:head>
    <ex:list rdf:parseType="Collection">
      <rdf:Description rdf:about="http://example.org/x"/>
      <rdf:Description rdf:nodeID="shared"/>
    </ex:list>
    <ex:name xml:lang="en">A &amp; &lt;B&gt;</ex:name>
    <ex:owns rdf:resource="http://example.org/q?a=1&amp;b=2"/>
  </ex:Company>

  <rdf:Description rdf:about="http://example.org/y">
    <ex:p rdf:nodeID="shared"/>
  </rdf:Description>

</rdf:RDF>
)");
}

TEST(RdfXmlTest, NamespacesAreMadeUpWhereNoneFits) {
  SmallGraph graph;
  RdfWriteOptions options;
  options.prefixes.set("ns1", "http://taken.example/");
  options.prefixes.set("xmlish", "http://reserved.example/");
  options.prefixes.set("", "http://default.example/");
  options.prefixes.set("deep", "http://example.org/deep/");
  graph.add("ex:a", "<http://default.example/p>", "ex:o")
      .add("ex:a", "<http://reserved.example/p>", "ex:o")
      .add("ex:a", "<http://example.org/deep/p>", "ex:o")
      .add("ex:a", "<http://example.org/deep/er/p>", "ex:o")
      .add("ex:a", "<http://example.org/deep/1p>", "ex:o");
  EXPECT_EQ(rdfxml(graph, options), R"(<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns="http://default.example/"
    xmlns:deep="http://example.org/deep/"
    xmlns:ns2="http://example.org/deep/1"
    xmlns:ns3="http://example.org/deep/er/"
    xmlns:ns4="http://reserved.example/">

  <rdf:Description rdf:about="http://example.org/a">
    <p rdf:resource="http://example.org/o"/>
    <ns2:p rdf:resource="http://example.org/o"/>
    <ns3:p rdf:resource="http://example.org/o"/>
    <deep:p rdf:resource="http://example.org/o"/>
    <ns4:p rdf:resource="http://example.org/o"/>
  </rdf:Description>

</rdf:RDF>
)");
}

TEST(RdfXmlTest, APredicateWithoutXmlNameIsRefused) {
  for (const char* const predicate :
       {"<http://example.org/1bad/>", "<http://example.org/12>", "<urn:x:%41%>",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#li>",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#Description>",
        "<http://www.w3.org/2000/xmlns/p>"}) {
    SmallGraph graph;
    graph.add("ex:a", predicate, "\"1\"");
    const Error error = refusal(graph.freeze());
    EXPECT_EQ(error.code, code::export_predicate_name) << predicate;
    EXPECT_NE(error.message.find(predicate), std::string::npos) << error.message;
  }
}

TEST(RdfXmlTest, ACharacterThatXmlDoesNotHaveIsRefused) {
  for (const char* const literal : {"\"a\u0001b\"", "\"\u001f\"", "\"\uFFFE\"", "\"\f\""}) {
    SmallGraph graph;
    graph.add("ex:a", "ex:p", literal);
    EXPECT_EQ(refusal(graph.freeze()).code, code::export_character) << literal;
  }
}

TEST(RdfXmlTest, DeepNestingStaysShallow) {
  SmallGraph graph;
  graph.add("ex:root", "ex:p", "_:n0").add("ex:list", "ex:p", "_:l0");
  for (int i = 0; i < 200; ++i) {
    const std::string n = std::to_string(i);
    const std::string next = std::to_string(i + 1);
    graph.add("_:n" + n, "ex:p", "_:n" + next).add("_:l" + n, "rdf:first", "\"" + n + "\"");
    graph.add("_:l" + n, "rdf:rest", i == 199 ? "rdf:nil" : "_:l" + next);
  }
  const Graph frozen = graph.freeze();
  const std::string text = test::write(frozen, Format::rdfxml, with_prefixes());
  EXPECT_EQ(text.find(std::string(2 * 55, ' ')), std::string::npos);
  EXPECT_TRUE(test::isomorphic(test::must_read(text, Format::rdfxml), test::dataset_of(frozen)));
}

TEST(RdfXmlTest, TermsOfRdf12AreWritten) {
  SmallGraph graph;
  graph.add("ex:claim", "rdf:reifies", "<<( _:b rdf:type <<( ex:a ex:q \"x\"@ar--rtl )>> )>>");
  EXPECT_EQ(rdfxml(graph), R"(<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:ex="http://example.org/"
    xmlns:its="http://www.w3.org/2005/11/its"
    its:version="2.0"
    rdf:version="1.2">

  <rdf:Description rdf:about="http://example.org/claim">
    <rdf:reifies rdf:parseType="Triple">
      <rdf:Description rdf:nodeID="b">
        <rdf:type rdf:parseType="Triple">
          <rdf:Description rdf:about="http://example.org/a">
            <ex:q xml:lang="ar" its:dir="rtl">x</ex:q>
          </rdf:Description>
        </rdf:type>
      </rdf:Description>
    </rdf:reifies>
  </rdf:Description>

</rdf:RDF>
)");
}

TEST(RdfXmlTest, ABaseShortensIris) {
  SmallGraph graph;
  RdfWriteOptions options = with_prefixes();
  options.base = "http://example.org/doc";
  graph.add("ex:doc#a", "ex:p", "ex:doc");
  EXPECT_EQ(rdfxml(graph, options), R"(<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:ex="http://example.org/"
    xml:base="http://example.org/doc">

  <rdf:Description rdf:about="#a">
    <ex:p rdf:resource=""/>
  </rdf:Description>

</rdf:RDF>
)");
}

}  // namespace
}  // namespace dossier
