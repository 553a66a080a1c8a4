// Redland reads back what the writers of RDF 1.1 write: the same statements, blank nodes up to
// their labels. raptor's own writers fail most of these graphs.
#include "tests/support/redland.hpp"

#include "base/text.hpp"
#include "tests/exporters/write.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/small_graph.hpp"

namespace dossier {
namespace {

struct Case {
  Format format;
  const char* parser;
  RdfWriteOptions options;
};

std::vector<Case> cases() {
  std::vector<Case> out;
  for (const RdfWriteMode mode : {RdfWriteMode::pretty, RdfWriteMode::diff_stable}) {
    for (const bool nest : {true, false}) {
      RdfWriteOptions options = test::with_prefixes();
      options.mode = mode;
      options.nest = nest;
      out.push_back({Format::ntriples, "ntriples", options});
      out.push_back({Format::turtle, "turtle", options});
      out.push_back({Format::turtle, "turtle", {.nest = nest, .mode = mode}});
    }
  }
  return out;
}

// What Redland changes is changed on both sides: raptor's N-Triples reader turns language tags to
// lower case, librdf writes every xsd:boolean as true or false.
std::vector<test::TextStatement> as_redland_sees(std::vector<test::TextStatement> statements) {
  constexpr std::string_view kBoolean = "\"^^<http://www.w3.org/2001/XMLSchema#boolean>";
  for (test::TextStatement& s : statements) {
    std::string& object = s.object;
    if (!object.starts_with('"')) continue;
    const std::size_t at = object.rfind("\"@");
    if (object.ends_with(kBoolean)) {
      const bool is_true = object.starts_with("\"true\"") || object.starts_with("\"1\"");
      object = (is_true ? "\"true" : "\"false") + std::string(kBoolean);
    } else if (at != std::string::npos) {
      object.replace(at, std::string::npos, to_lower_ascii(object.substr(at)));
    }
  }
  return statements;
}

void expect_read_back(const Graph& graph, const Case& each, std::uint64_t seed) {
  const std::string text = test::write(graph, each.format, each.options);
  const test::RedlandResult read = test::read_with_redland(text, each.parser);
  ASSERT_TRUE(read.statements) << "seed " << seed << ", " << each.parser << ": " << read.message
                               << text;
  ASSERT_TRUE(
      test::isomorphic(as_redland_sees(test::texts(graph)), as_redland_sees(*read.statements)))
      << "seed " << seed << ", " << each.parser << "\n"
      << text;
}

TEST(RedlandTest, ReadsBackRandomGraphs) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Graph graph =
        test::random_graph({.seed = seed, .statements = 5 + seed % 40, .noncharacters = false});
    ASSERT_TRUE(test::is_fit_for_redland(graph));
    for (const Case& each : cases()) {
      ASSERT_NO_FATAL_FAILURE(expect_read_back(graph, each, seed));
    }
  }
}

TEST(RedlandTest, ReadsBackDatasets) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Graph graph =
        test::random_graph({.seed = seed,
                            .statements = 5 + seed % 30,
                            .named_graphs = true,
                            .blank_graph_names = false,  // raptor reads none in TriG
                            .noncharacters = false});
    const Case quads{Format::nquads, "nquads", {}};
    const Case trig{Format::trig, "trig", test::with_prefixes()};
    ASSERT_NO_FATAL_FAILURE(expect_read_back(graph, quads, seed));
    ASSERT_NO_FATAL_FAILURE(expect_read_back(graph, trig, seed));
  }
}

}  // namespace
}  // namespace dossier
