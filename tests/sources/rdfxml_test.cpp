#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "base/codes/trees.hpp"
#include "graph/vocabulary.hpp"
#include "sources/xml_canonical.hpp"
#include "tests/support/dataset.hpp"

namespace dossier {
namespace {

using test::Dataset;
using test::must_read;
using test::read_dataset;

constexpr std::string_view kRoot =
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://e/' "
    "xml:base='http://base/dir/file' rdf:version='1.2'>\n";

std::string document(std::string_view body) {
  return std::string(kRoot).append(body).append("</rdf:RDF>");
}

std::string text_of(std::string_view body) {
  return must_read(document(body), Format::rdfxml).text();
}

Error error_of(const std::string& text, const RdfReadOptions& options = {}) {
  const auto read = read_dataset(text, Format::rdfxml, options);
  if (read) {
    ADD_FAILURE() << "was accepted: " << text.substr(0, 300);
    return {};
  }
  return read.error();
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(RdfXmlTest, FaultsSayWhereAndWhat) {
  struct Case {
    std::string_view body;
    std::string_view place;
    std::string_view message;
  };
  const Case cases[] = {
      {"<e:a>\n  <e:p rdf:about='x'/></e:a>", "test:3:3", "found rdf:about on a property element"},
      {"<e:a>text</e:a>", "test:2:6", "found text that begins with 't', wanted an element"},
      {"<e:a><e:p>é<e:b/></e:p></e:a>", "test:2:12", "found the element 'e:b' in a literal"},
      {"<e:a><e:p><e:b/><e:c/></e:p></e:a>", "test:2:17",
       "found a second element 'e:c' in a property"},
      {"<e:a rdf:ID='x'/><e:a rdf:ID='x'/>", "test:2:18", "rdf:ID 'x' occurs twice"},
      {"<e:a rdf:about='a b'/>", "test:2:1", "<http://base/dir/a b> is no IRI"},
      {"<e:a e:p='v' q='w'/>", "test:2:1", "the attribute 'q' has no namespace"},
      {"<e:a xml:lang='no_tag'/>", "test:2:1", "xml:lang 'no_tag' is no language tag"},
      {"<e:a><e:p rdf:parseType='Triple'><e:b e:q='1'/></e:p></e:a>", "test:2:48",
       "rdf:parseType=\"Triple\" holds 2 statements, wanted one"},
      {"<e:a></e:b>", "test:2:8", "mismatched tag"},
  };
  for (const Case& each : cases) {
    const Error error = error_of(document(each.body));
    EXPECT_EQ(to_string(error.place), each.place) << each.body;
    EXPECT_EQ(error.message, each.message);
  }
}

TEST(RdfXmlTest, ARepeatedIdIsFineUnderAnotherBase) {
  EXPECT_EQ(text_of("<e:a rdf:ID='x'/><e:a xml:base='http://other/' rdf:ID='x'/>"),
            "<http://base/dir/file#x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            "<http://e/a> .\n"
            "<http://other/#x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/a> .\n");
}

TEST(RdfXmlTest, LabelsStayApartAndCanBeWritten) {
  const std::string text = text_of(
      "<rdf:Description rdf:nodeID='a.' e:p='1'/><rdf:Description rdf:nodeID='a._dot' e:p='2'/>"
      "<rdf:Description rdf:nodeID='anon1' e:p='3'/><rdf:Description e:p='4'/>");
  EXPECT_EQ(text,
            "_:a.__dot <http://e/p> \"2\" .\n_:a._dot <http://e/p> \"1\" .\n"
            "_:anon1 <http://e/p> \"4\" .\n_:anon_1 <http://e/p> \"3\" .\n");
}

TEST(RdfXmlTest, TheSizeOfBlocksLeavesNoTrace) {
  const std::string text = document(
      "<e:a rdf:about='x' e:p='v&lt;é'><e:q rdf:parseType='Literal'>a<b xmlns='http://b/' "
      "e:z='&#10;'><!-- c --><?t d?></b></e:q><rdf:li>1</rdf:li><rdf:li xml:lang='en'>2</rdf:li>"
      "<e:l rdf:parseType='Collection'><e:b/><e:c rdf:ID='i'/></e:l></e:a>");
  const auto whole = must_read(text, Format::rdfxml).lines();
  EXPECT_EQ(whole.size(), 12u);
  RdfReadOptions options;
  for (options.block_bytes = 16; options.block_bytes < 300; ++options.block_bytes) {
    ASSERT_EQ(must_read(text, Format::rdfxml, options).lines(), whole) << options.block_bytes;
  }
}

TEST(RdfXmlTest, RecoveringSkipsTheElementAndReadsTheRest) {
  const std::string text = document(
      "<e:a rdf:about='1'/>\n<e:a rdf:about='2'><rdf:ID/><e:p>x</e:p></e:a>\n"
      "<rdf:li><e:b/></rdf:li>\n<e:a rdf:about='a b'><e:p>no</e:p></e:a>\n<e:a rdf:about='3'/>");
  const auto source = memory_input(text, "test");
  Dataset read;
  DiagnosticCollector diagnostics;
  RdfReadOptions options;
  options.recover = true;
  const auto counts = read_rdf(*source, Format::rdfxml, options, read, diagnostics);
  ASSERT_TRUE(counts) << render(counts.error());
  EXPECT_EQ(counts->errors, 3u);
  EXPECT_EQ(read.statements().size(), 4u) << read.text();
}

// What follows the root element, and where its fault is: line and column.
struct Epilog {
  std::string text;
  std::uint64_t line;
  std::uint64_t column;
};

TEST(RdfXmlTest, TextBehindTheRootElementIsToldWhereItBeginsWhateverTheSizeOfBlocks) {
  const std::string root =
      "<rdf:RDF xmlns:rdf='" + std::string(rdf::kNamespace) + "'>\n</rdf:RDF\n>";
  const std::vector<Epilog> epilogs{
      {"some;text", 3, 2},
      {" \r\n\t more text that is longer than the smallest block ; x", 4, 3},
      {"<!-- a\ncomment --><?and an='instruction'?>\n \r\nname;", 6, 1},
      {"\n\"quoted\ntext\" ;", 4, 1},
      {"\n\"quoted\ntext", 4, 1},
      {"\n&amp;", 4, 1},
      {" \xc3\xa9t\xc3\xa9;", 3, 3},
      {" x\xff", 3, 3},
      {"\n\n <second/>", 5, 2},
      {"\r\n<!-- two -- hyphens -->", 4, 12},
      {"\r\n<!-- \xff -->", 4, 6},
      {" <!-- never ends\n", 3, 3},
  };
  for (const Epilog& each : epilogs) {
    const std::string document = root + each.text;
    RdfReadOptions options;
    for (options.block_bytes = 16; options.block_bytes < 180; ++options.block_bytes) {
      Dataset read;
      DiagnosticCollector diagnostics;
      options.recover = true;
      const auto recovering = memory_input(document, "test");
      const auto counts = read_rdf(*recovering, Format::rdfxml, options, read, diagnostics);
      ASSERT_TRUE(counts) << render(counts.error());
      ASSERT_EQ(diagnostics.sorted().size(), 1u) << each.text;
      const Diagnostic fault = diagnostics.sorted().front();
      ASSERT_EQ(fault.place.line, each.line) << render(fault) << ' ' << options.block_bytes;
      ASSERT_EQ(fault.place.column, each.column) << render(fault) << ' ' << options.block_bytes;
      options.recover = false;
      const auto strict = memory_input(document, "test");
      const auto refused = read_rdf(*strict, Format::rdfxml, options, read, diagnostics);
      ASSERT_EQ(render(refused.error()), render(fault)) << options.block_bytes;
    }
  }
}

TEST(RdfXmlTest, EntitiesOfTheDocumentAreExpanded) {
  const std::string text =
      "<!DOCTYPE rdf:RDF [<!ENTITY e 'http://e/'>]>\n" + document("<e:a rdf:about='&e;x'/>");
  EXPECT_EQ(must_read(text, Format::rdfxml).text(),
            "<http://e/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/a> .\n");
}

TEST(RdfXmlTest, EntityBombsAreRefused) {
  std::string laughs = "<!DOCTYPE rdf:RDF [<!ENTITY l0 'lol'>";
  for (int i = 1; i < 10; ++i) {
    laughs += "<!ENTITY l" + std::to_string(i) + " '" +
              repeated("&l" + std::to_string(i - 1) + ";", 10) + "'>";
  }
  laughs += "]>" + document("<e:a><e:p>&l9;</e:p></e:a>");
  EXPECT_EQ(error_of(laughs).code, code::limit_exceeded);
  const std::string quadratic = "<!DOCTYPE rdf:RDF [<!ENTITY l '" + std::string(100'000, 'x') +
                                "'>]>" +
                                document("<e:a><e:p>" + repeated("&l;", 100'000) + "</e:p></e:a>");
  EXPECT_EQ(error_of(quadratic).code, code::limit_exceeded);
  std::string attribute = quadratic;
  attribute = "<!DOCTYPE rdf:RDF [<!ENTITY l '" + std::string(100'000, 'x') + "'>]>" +
              document(repeated("<e:a e:p='&l;'/>", 1000));
  EXPECT_EQ(error_of(attribute).code, code::limit_exceeded);
}

TEST(RdfXmlTest, NothingOutsideOfTheDocumentIsRead) {
  const std::string entity = "<!DOCTYPE rdf:RDF [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n" +
                             document("<e:a><e:p>&x;</e:p></e:a>");
  EXPECT_EQ(error_of(entity).code, code::xml_external);
  const std::string dtd = "<!DOCTYPE rdf:RDF SYSTEM 'http://example.org/a.dtd'>\n";
  EXPECT_EQ(error_of(dtd + document("<e:a><e:p>&x;</e:p></e:a>")).code, code::xml_external);
  EXPECT_EQ(must_read(dtd + document("<e:a/>"), Format::rdfxml).statements().size(), 1u);
  EXPECT_EQ(error_of(document("<e:a><e:p>&x;</e:p></e:a>")).code, code::xml_syntax);
}

TEST(RdfXmlTest, TwoHundredThousandNestedElementsAreRead) {
  constexpr std::size_t kDeep = 100'000;
  const std::string nodes =
      document(repeated("<e:a><e:p>", kDeep) + repeated("</e:p></e:a>", kDeep));
  EXPECT_EQ(must_read(nodes, Format::rdfxml).statements().size(), 2 * kDeep);
  const std::string literal =
      document("<e:a><e:p rdf:parseType='Literal'>" + repeated("<e:b>", 2 * kDeep) +
               repeated("</e:b>", 2 * kDeep) + "</e:p></e:a>");
  EXPECT_EQ(must_read(literal, Format::rdfxml).statements().size(), 2u);
  RdfReadOptions options;
  options.limits.max_depth = 1000;
  EXPECT_EQ(error_of(nodes, options).code, code::limit_exceeded);
}

TEST(RdfXmlTest, TripleTermsOverTheLimitAreRefused) {
  const std::string text =
      document("<e:a>" + repeated("<e:p rdf:parseType='Triple'><rdf:Description>", 1001));
  EXPECT_EQ(error_of(text).code, code::limit_exceeded);
  const std::string deep =
      document("<e:a>" + repeated("<e:p rdf:parseType='Triple'><rdf:Description>", 999) + "<e:q/>" +
               repeated("</rdf:Description></e:p>", 999) + "</e:a>");
  EXPECT_EQ(must_read(deep, Format::rdfxml).statements().size(), 2u);
}

TEST(RdfXmlTest, LargeLiteralsAndAttributesAreReadInLinearTime) {
  constexpr std::size_t kSize = 50'000'000;
  const std::string literal = document("<e:a><e:p>" + std::string(kSize, 'x') + "</e:p></e:a>");
  EXPECT_EQ(must_read(literal, Format::rdfxml).statements().size(), 2u);
  const std::string attribute = document("<e:a e:p='" + std::string(kSize, 'x') + "'/>");
  EXPECT_EQ(must_read(attribute, Format::rdfxml).statements().size(), 2u);
  RdfReadOptions options;
  options.limits.max_literal_bytes = 1'000'000;
  EXPECT_EQ(error_of(literal, options).code, code::limit_exceeded);
}

TEST(RdfXmlTest, TwentyThousandNamespacesAndAttributesAreReadInLinearTime) {
  std::string attributes;
  std::string values;
  for (int i = 0; i < 20'000; ++i) {
    const std::string n = std::to_string(i);
    attributes += " xmlns:n" + n + "='http://n/" + n + "'";
    values += " n" + n + ":a='1'";
  }
  const std::string text = document("<e:w" + attributes + "><e:p rdf:parseType='Literal'><e:b" +
                                    values + "/></e:p></e:w>");
  EXPECT_EQ(must_read(text, Format::rdfxml).statements().size(), 2u);
  RdfReadOptions options;
  options.limits.max_attributes = 1000;
  EXPECT_EQ(error_of(text, options).code, code::limit_exceeded);
}

TEST(RdfXmlTest, InvalidUtf8IsRefusedAtEveryPosition) {
  const std::string good = document("<e:a e:p='ü'><e:q>é</e:q></e:a>");
  for (std::size_t at = 0; at <= good.size(); ++at) {
    for (const std::string_view bad : {"\xFF", "\xC3", "\xED\xA0\x80"}) {
      std::string broken = good;
      broken.insert(at, bad);
      EXPECT_FALSE(read_dataset(broken, Format::rdfxml)) << at;
    }
  }
}

// The events of a document go into the canonical form of all of it.
struct Canonical final : XmlHandler {
  XmlCanonicalizer canonical;
  void start_element(const XmlName& name, std::span<const XmlAttribute> attributes) override {
    canonical.start_element(name, attributes);
  }
  void end_element(const XmlName& name) override { canonical.end_element(name); }
  void text(std::string_view text) override { canonical.text(text); }
  void comment(std::string_view text) override { canonical.comment(text); }
  void instruction(std::string_view target, std::string_view data) override {
    canonical.instruction(target, data);
  }
  void namespace_declared(std::string_view, std::string_view) override {}
};

// The wanted forms are those of `xmllint --exc-c14n`.
TEST(XmlCanonicalTest, NamespacesAreSaidWhereTheyAreUsedAndAttributesSorted) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"<a xmlns='http://1/' xmlns:b='http://2/' xmlns:c='http://3/'><b:d z='1' b:y='2' c:x='3' "
       "a='&lt;&quot;&#9;&#13;'/><e xmlns=''><f/></e>&amp;&gt;&#13;</a>",
       "<a xmlns=\"http://1/\"><b:d xmlns:b=\"http://2/\" xmlns:c=\"http://3/\" "
       "a=\"&lt;&quot;&#x9;&#xD;\" z=\"1\" b:y=\"2\" c:x=\"3\"></b:d><e xmlns=\"\"><f></f></e>"
       "&amp;&gt;&#xD;</a>"},
      {"<p:a xmlns:p='http://1/'><p:b xmlns:p='http://2/'><p:c/></p:b><p:d xml:lang='en'/></p:a>",
       "<p:a xmlns:p=\"http://1/\"><p:b xmlns:p=\"http://2/\"><p:c></p:c></p:b><p:d "
       "xml:lang=\"en\"></p:d></p:a>"},
      {"<a><![CDATA[<x>]]><?p  d ?></a>", "<a>&lt;x&gt;<?p d ?></a>"},
  };
  for (const auto& [document, wanted] : cases) {
    const auto source = memory_input(document, "test");
    XmlEvents events(*source, {}, 4096);
    Canonical handler;
    const auto read = events.run(handler);
    ASSERT_TRUE(read) << render(read.error());
    EXPECT_EQ(handler.canonical.take(), wanted);
  }
}

}  // namespace
}  // namespace dossier
