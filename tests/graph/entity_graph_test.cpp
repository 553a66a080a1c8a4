#include "graph/entity_graph.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "base/codes/exports.hpp"
#include "tests/graph/tiny_graph.hpp"

namespace dossier {
namespace {

// "a -bans-> b [link]" for each edge, in order of text.
std::vector<std::string> edge_lines(const EntityGraph& g) {
  std::vector<std::string> lines;
  const auto name = [&](TermId term) {
    return term.is_blank() ? "_:" + std::string(g.graph().text(term))
                           : std::string(g.graph().text(term)).substr(9);
  };
  for (const EdgeId e : g.edges()) {
    std::string line = name(g.term(g.source(e))) + " -" +
                       std::string(g.predicate_iri(g.kind(e))).substr(9) + "-> " +
                       name(g.term(g.target(e)));
    if (g.link(e)) line += " [" + name(g.link(e)) + "]";
    lines.push_back(line);
  }
  std::ranges::sort(lines);
  return lines;
}

std::size_t sum_of_statement_classes(const EntityCounts& c) {
  return c.type_statements + c.node_literals + c.link_literals + c.link_resources +
         c.end_statements + c.end_inverses + c.direct_repeats + c.repeats_in_other_graphs +
         c.edges_from_statements;
}

TinyGraph bans() {
  TinyGraph g;
  g.add("commerce", "a", "Body").add("commerce", "name", "\"Commerce");
  g.add("tiktok", "a", "App").add("ban1", "a", "Ban").add("ban2", "a", "Ban");
  for (const char* ban : {"ban1", "ban2"}) {
    g.add(ban, "authority", "commerce").add(ban, "target", "tiktok");
  }
  g.add("ban1", "start", "\"2020-09-20^^date").add("ban1", "basis", "order");
  return g;
}

TEST(EntityGraphTest, SeveralLinksBetweenAPairStaySeveralEdges) {
  TinyGraph tiny = bans();
  const Graph graph = tiny.freeze();
  const EntityGraph g(graph, ban_schema(graph));
  EXPECT_EQ(edge_lines(g), (std::vector<std::string>{"commerce -bans-> tiktok [ban1]",
                                                     "commerce -bans-> tiktok [ban2]"}));
  EXPECT_EQ(g.node_count(), 2u);  // the classes and the order are none
  EXPECT_EQ(g.counts().links_folded, 2u);
  EXPECT_EQ(g.counts().link_resources, 1u);
  EXPECT_EQ(g.counts().link_literals, 1u);
  EXPECT_EQ(g.counts().node_literals, 1u);
  EXPECT_EQ(sum_of_statement_classes(g.counts()), graph.size());
}

TEST(EntityGraphTest, ADirectStatementThatRepeatsALinkIsNoSecondEdge) {
  TinyGraph tiny = bans();
  tiny.add("commerce", "bans", "tiktok").add("tiktok", "bannedBy", "commerce");
  tiny.add("commerce", "bans", "wechat");  // no link says so
  tiny.add("tiktok", "bans", "commerce").add("commerce", "likes", "tiktok");
  tiny.add("p", "a", "Partnership").add("p", "partner", "tiktok").add("p", "counterpart", "oracle");
  tiny.add("tiktok", "partnersWith", "oracle").add("oracle", "partnersWith", "tiktok");
  const Graph graph = tiny.freeze();
  const EntityGraph g(graph, ban_schema(graph));
  EXPECT_EQ(edge_lines(g), (std::vector<std::string>{
                               "commerce -bans-> tiktok [ban1]", "commerce -bans-> tiktok [ban2]",
                               "commerce -bans-> wechat", "commerce -likes-> tiktok",
                               "tiktok -bans-> commerce", "tiktok -partnersWith-> oracle [p]"}));
  EXPECT_EQ(g.counts().direct_repeats, 4u);
  EXPECT_EQ(sum_of_statement_classes(g.counts()), graph.size());
}

TEST(EntityGraphTest, ALinkThatIsAnEndOfAnotherIsAnEdgeAndANode) {
  TinyGraph tiny = bans();
  tiny.add("s", "a", "Suspension").add("s", "court", "dc").add("s", "measure", "ban1");
  const Graph graph = tiny.freeze();
  const EntityGraph g(graph, ban_schema(graph));
  EXPECT_EQ(edge_lines(g), (std::vector<std::string>{
                               "ban1 -authority-> commerce", "ban1 -basis-> order",
                               "ban1 -target-> tiktok", "commerce -bans-> tiktok [ban1]",
                               "commerce -bans-> tiktok [ban2]", "dc -suspends-> ban1 [s]"}));
  EXPECT_EQ(g.counts().links_kept_as_nodes, 1u);
  EXPECT_EQ(sum_of_statement_classes(g.counts()), graph.size());
}

TEST(EntityGraphTest, AnEndThatPointsBackAtItsLinkDoesNotMakeItANode) {
  TinyGraph tiny = bans();
  tiny.add("tiktok", "targetOf", "ban1").add("commerce", "authorityOf", "ban1");
  const Graph graph = tiny.freeze();
  const EntityGraph g(graph, ban_schema(graph));
  EXPECT_FALSE(g.node(id(graph, "ban1")));
  EXPECT_EQ(g.counts().end_inverses, 2u);
  EXPECT_EQ(sum_of_statement_classes(g.counts()), graph.size());
}

TEST(EntityGraphTest, AMissingOrLiteralEndIsReportedWithTheLinkAndNeverAnEdge) {
  TinyGraph tiny = bans();
  tiny.add("ban3", "a", "Ban", "", "bans.csv").add("ban3", "authority", "commerce", "", "bans.csv");
  tiny.add("ban4", "a", "Ban").add("ban4", "authority", "commerce").add("ban4", "target", "\"x");
  const Graph graph = tiny.freeze();
  DiagnosticCollector sink;
  const EntityGraph g(graph, ban_schema(graph), {}, &sink);
  EXPECT_EQ(edge_lines(g),
            (std::vector<std::string>{"ban3 -authority-> commerce", "ban4 -authority-> commerce",
                                      "commerce -bans-> tiktok [ban1]",
                                      "commerce -bans-> tiktok [ban2]"}));
  EXPECT_EQ(g.counts().links_without_ends, 2u);
  EXPECT_EQ(g.counts().links, 4u);
  ASSERT_EQ(sink.count(code::link_without_ends), 2u);
  const std::vector<Diagnostic> reports = sink.sorted();
  EXPECT_EQ(reports[0].message,
            "<http://e/ban4> (bans) has a literal as target end <http://e/target>");
  EXPECT_EQ(reports[1].message, "<http://e/ban3> (bans) has no target end <http://e/target>");
  EXPECT_EQ(reports[1].place.file, "bans.csv");
  EXPECT_EQ(sum_of_statement_classes(g.counts()), graph.size());
}

TEST(EntityGraphTest, SeveralValuesAtAnEndStandForEachPairUpToTheLimit) {
  TinyGraph tiny;
  tiny.add("b", "a", "Ban");
  for (const char* s : {"x", "y"}) tiny.add("b", "authority", s);
  for (const char* t : {"p", "q", "r"}) tiny.add("b", "target", t);
  const Graph graph = tiny.freeze();
  EXPECT_EQ(EntityGraph(graph, ban_schema(graph)).edge_count(), 6u);
  EntityGraphOptions options;
  options.limits.max_link_pairs = 5;
  DiagnosticCollector sink;
  const EntityGraph g(graph, ban_schema(graph), options, &sink);
  EXPECT_EQ(sink.count(code::link_too_wide), 1u);
  EXPECT_EQ(g.counts().links_too_wide, 1u);
  EXPECT_TRUE(g.node(id(graph, "b")));
  EXPECT_EQ(g.edge_count(), 5u);  // the link's own statements
}

TEST(EntityGraphTest, LinksAsNodesAndAsBoth) {
  TinyGraph tiny = bans();
  tiny.add("commerce", "bans", "tiktok");
  const Graph graph = tiny.freeze();
  const EntityGraph nodes(graph, ban_schema(graph), {.links = LinkForm::nodes});
  EXPECT_EQ(edge_lines(nodes),
            (std::vector<std::string>{"ban1 -authority-> commerce", "ban1 -basis-> order",
                                      "ban1 -target-> tiktok", "ban2 -authority-> commerce",
                                      "ban2 -target-> tiktok", "commerce -bans-> tiktok"}));
  const EntityGraph both(graph, ban_schema(graph), {.links = LinkForm::both});
  EXPECT_EQ(both.edge_count(), 7u);
  EXPECT_EQ(both.node_count(), 5u);
  EXPECT_EQ(sum_of_statement_classes(nodes.counts()), graph.size());
  EXPECT_EQ(sum_of_statement_classes(both.counts()), graph.size());
}

TEST(EntityGraphTest, TheNarrowestClassNamesTheNodeAndTheLink) {
  TinyGraph tiny;
  tiny.add("x", "a", "Agent").add("y", "a", "Agent").add("x", "a", "Company");
  // Every Suspension is said to be a Ban too, by inference say; Ban has other ends.
  tiny.add("s", "a", "Suspension").add("s", "a", "Ban").add("b", "a", "Ban");
  tiny.add("s", "court", "x").add("s", "measure", "y");
  tiny.add("s", "authority", "y").add("s", "target", "x");
  tiny.add("b", "authority", "x").add("b", "target", "x");
  const Graph graph = tiny.freeze();
  const EntityGraph g(graph, ban_schema(graph));
  EXPECT_EQ(g.type(g.node(id(graph, "x"))), id(graph, "Company"));
  EXPECT_EQ(g.type(g.node(id(graph, "y"))), id(graph, "Agent"));
  EXPECT_EQ(g.edge_count(), 2u);  // a loop of b, and s once
}

TEST(EntityGraphTest, TheSameStatementInTwoNamedGraphsIsOneEdge) {
  TinyGraph tiny;
  tiny.add("x", "knows", "y").add("x", "knows", "y", "g1").add("x", "knows", "y", "g2");
  const Graph graph = tiny.freeze();
  const EntityGraph g(graph, {});
  EXPECT_EQ(g.edge_count(), 1u);
  EXPECT_EQ(g.counts().repeats_in_other_graphs, 2u);
  ASSERT_NE(g.statement(EdgeId(0)), nullptr);
  EXPECT_EQ(g.statement(EdgeId(0))->subject, id(graph, "x"));
}

TEST(EntityGraphTest, AnEmptyGraphHasNoNodes) {
  const Graph graph;
  const EntityGraph g(graph, {});
  EXPECT_EQ(g.node_count(), 0u);
  EXPECT_TRUE(g.edges().empty());
  EXPECT_FALSE(g.node(TermId(TermKind::iri, 0)));
}

// Oracle: sets of strings, worked out statement by statement.
TEST(EntityGraphTest, AgreesWithABruteForceOracleOnRandomGraphs) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    std::mt19937 random(seed);
    const auto entity = [&] { return "n" + std::to_string(random() % 12); };
    std::set<std::vector<std::string>> statements;
    for (int i = 0; i < 40; ++i) {
      const char* predicates[] = {"knows", "bans", "suspends"};
      statements.insert({entity(), predicates[random() % 3], entity()});
      statements.insert({entity(), "name", "\"" + entity()});
    }
    for (int i = 0; i < 15; ++i) {
      const std::string link = "l" + std::to_string(i);
      const bool ban = random() % 2 == 0;
      statements.insert({link, "a", ban ? "Ban" : "Suspension"});
      for (const char* end : {ban ? "authority" : "court", ban ? "target" : "measure"}) {
        const std::size_t values = random() % 3;
        for (std::size_t v = 0; v < values; ++v) {
          const bool at_link = i > 0 && random() % 4 == 0;
          statements.insert({link, end, at_link ? "l" + std::to_string(random() % 15) : entity()});
        }
      }
    }
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> values;
    for (const auto& s : statements) values[{s[0], s[1]}].push_back(s[2]);
    std::map<std::string, std::string> folded;  // link -> direct predicate
    std::set<std::string> ends_of;
    for (const auto& s : statements) {
      if (s[1] != "a") continue;
      const bool ban = s[2] == "Ban";
      if (values.contains({s[0], ban ? "authority" : "court"}) &&
          values.contains({s[0], ban ? "target" : "measure"})) {
        folded[s[0]] = ban ? "bans" : "suspends";
      }
    }
    const auto ends = [&](const std::string& link, bool source) {
      const bool ban = folded.at(link) == "bans";
      return values.at({link, source ? (ban ? "authority" : "court") : ban ? "target" : "measure"});
    };
    std::set<std::string> kept;
    for (const auto& s : statements) {
      if (s[1] == "a" || !folded.contains(s[2])) continue;
      const auto a = ends(s[2], true);
      const auto b = ends(s[2], false);
      const std::set<std::string> end_words = {"authority", "court", "target", "measure"};
      const bool names_end = folded.contains(s[0]) && end_words.contains(s[1]);
      if (names_end || std::ranges::count(a, s[0]) + std::ranges::count(b, s[0]) == 0) {
        kept.insert(s[2]);
      }
    }
    std::multiset<std::string> expected;
    std::set<std::string> direct;
    for (const auto& [link, predicate] : folded) {
      for (const std::string& a : ends(link, true)) {
        for (const std::string& b : ends(link, false)) {
          expected.insert(a + " -" + predicate + "-> " + b + " [" + link + "]");
          direct.insert(a + " -" + predicate + "-> " + b);
        }
      }
    }
    const auto hidden = [&](const std::string& name) {
      return folded.contains(name) && !kept.contains(name);
    };
    for (const auto& s : statements) {
      if (s[1] == "a" || s[2].starts_with('"') || hidden(s[0]) || hidden(s[2])) continue;
      const std::string line = s[0] + " -" + s[1] + "-> " + s[2];
      if (!direct.contains(line)) expected.insert(line);
    }
    TinyGraph tiny;
    for (const auto& s : statements) tiny.add(s[0], s[1], s[2]);
    const Graph graph = tiny.freeze();
    const EntityGraph g(graph, ban_schema(graph));
    EXPECT_EQ(edge_lines(g), std::vector<std::string>(expected.begin(), expected.end())) << seed;
    EXPECT_EQ(sum_of_statement_classes(g.counts()), graph.size()) << seed;
    std::map<NodeId, std::multiset<EdgeId>> out;
    std::map<NodeId, std::multiset<EdgeId>> in;
    for (const EdgeId e : g.edges()) {
      out[g.source(e)].insert(e);
      in[g.target(e)].insert(e);
    }
    for (const NodeId n : g.nodes()) {
      ASSERT_EQ(g.node(g.term(n)), n);
      const auto o = g.out_edges(n);
      ASSERT_EQ(std::multiset<EdgeId>(o.begin(), o.end()), out[n]);
      const auto i = g.in_edges(n);
      ASSERT_EQ(std::multiset<EdgeId>(i.begin(), i.end()), in[n]);
    }
  }
}

}  // namespace
}  // namespace dossier
