#include "cli/statistics.hpp"

#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "graph/freeze.hpp"

namespace dossier {
namespace {

std::string node(unsigned i) {
  return "http://e/" + std::to_string(i);
}

Graph edges(const std::vector<std::pair<unsigned, unsigned>>& pairs) {
  Builder builder;
  Dictionary& terms = builder.shard().terms();
  for (const auto& [from, to] : pairs) {
    builder.shard().add({terms.iri(node(from)), terms.iri("http://e/p"), terms.iri(node(to))});
  }
  return freeze(std::move(builder));
}

TEST(StatisticsTest, CountsOfASmallGraph) {
  const Graph graph = edges({{1, 2}, {2, 3}, {4, 5}, {1, 2}, {6, 6}});
  const GraphStatistics s = statistics(graph, EntityGraph(graph));
  EXPECT_EQ(s.statements, 4u);
  EXPECT_EQ(s.subjects, 4u);
  EXPECT_EQ(s.nodes, 6u);
  EXPECT_EQ(s.edges, 4u);
  EXPECT_EQ(s.components, 3u);
  EXPECT_EQ(s.largest_component, 3u);
  EXPECT_EQ(s.degree.most, 2u);
  ASSERT_EQ(s.properties.size(), 1u);
  EXPECT_EQ(s.properties[0].count, 4u);
}

TEST(StatisticsTest, AnEmptyGraphHasNothing) {
  const Graph graph = freeze(Builder());
  const GraphStatistics s = statistics(graph, EntityGraph(graph));
  EXPECT_EQ(s.components, 0u);
  EXPECT_EQ(to_text(s, {}).find("degree"), std::string::npos);
}

// Labels spread along edges until nothing changes: slow, and obviously right.
TEST(StatisticsTest, ComponentsAgreeWithLabelSpreadingOnRandomGraphs) {
  std::mt19937 generator(11);
  const auto below = [&](unsigned bound) { return static_cast<unsigned>(generator() % bound); };
  for (int round = 0; round < 50; ++round) {
    std::vector<std::pair<unsigned, unsigned>> pairs;
    const unsigned nodes = 2 + below(30);
    for (unsigned i = 0; i < nodes; ++i) pairs.emplace_back(below(nodes), below(nodes));
    std::map<unsigned, unsigned> label;
    for (const auto& [a, b] : pairs) label[a] = a, label[b] = b;
    for (bool changed = true; changed;) {
      changed = false;
      for (const auto& [a, b] : pairs) {
        const unsigned least = std::min(label[a], label[b]);
        changed |= label[a] != least || label[b] != least;
        label[a] = label[b] = least;
      }
    }
    std::set<unsigned> components;
    for (const auto& [each, of] : label) components.insert(of);
    const Graph graph = edges(pairs);
    EXPECT_EQ(statistics(graph, EntityGraph(graph)).components, components.size());
  }
}

}  // namespace
}  // namespace dossier
