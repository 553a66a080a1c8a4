// Paths of any length: exact beside a walk by hand, and walked once for however many focus nodes.
#include <algorithm>
#include <random>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "base/codes/ontology.hpp"
#include "tests/ontology/ontology_support.hpp"

namespace dossier::test {
namespace {

using Edges = std::set<std::pair<int, int>>;

// Nodes reached by one step or more; both ways when `back` is set.
std::set<int> reached(const Edges& edges, int from, bool back) {
  std::set<int> found;
  std::vector<int> open{from};
  while (!open.empty()) {
    const int at = open.back();
    open.pop_back();
    for (const auto& [a, b] : edges) {
      if (a == at && found.insert(b).second) open.push_back(b);
      if (back && b == at && found.insert(a).second) open.push_back(a);
    }
  }
  return found;
}

std::string graph_text(const Edges& edges, int nodes, const std::set<int>& bad) {
  std::string text;
  for (int i = 0; i < nodes; ++i) {
    text += fmt::format(":n{} a :N{} . ", i, bad.contains(i) ? "" : " , :Good");
  }
  for (const auto& [a, b] : edges) text += fmt::format(":n{} :p :n{} . ", a, b);
  return text;
}

// "focus value" of the class constraint, "focus" of the counts.
std::set<std::string> found_by_shapes(const std::string& path, const std::string& data_text,
                                      const std::string& wants, std::size_t threads,
                                      std::size_t least = 0, std::size_t most = 1000) {
  const Graph shapes_graph = turtle(fmt::format(
      ":s sh:targetClass :N ; sh:property [ sh:path {} ; {} ; sh:minCount {} ; sh:maxCount {} ] .",
      path, wants, least, most));
  const ShapeSet shapes = shapes_of(shapes_graph);
  const Graph data = turtle(data_text);
  const auto findings = validate(data, nullptr, shapes, {.threads = threads});
  std::set<std::string> out;
  for (const Finding& each : findings->kept()) {
    if (each.parent != kNoParent) continue;
    std::string line(local_part(findings->terms().text(each.focus)));
    if (each.value) line += fmt::format(" {}", local_part(findings->terms().text(each.value)));
    out.insert(line);
  }
  return out;
}

TEST(LongPathsTest, AgreeWithAWalkByHand) {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const auto below = [&](int end) { return static_cast<int>(random() % std::uint32_t(end)); };
    const int nodes = 2 + below(12);
    Edges edges;
    for (int i = below(30); i > 0; --i) edges.emplace(below(nodes), below(nodes));
    std::set<int> bad;
    for (int i = below(3); i > 0; --i) bad.insert(below(nodes));
    const auto least = static_cast<std::size_t>(below(4));
    const std::size_t most = least + static_cast<std::size_t>(below(6));
    const std::string data = graph_text(edges, nodes, bad);
    struct Case {
      std::string path;
      bool itself;
      bool back;
    };
    const Case cases[] = {
        {"[ sh:zeroOrMorePath :p ]", true, false},
        {"[ sh:oneOrMorePath :p ]", false, false},
        {"[ sh:oneOrMorePath [ sh:alternativePath ( :p [ sh:inversePath :p ] ) ] ]", false, true},
    };
    for (const Case& each : cases) {
      std::set<std::string> wanted;
      for (int focus = 0; focus < nodes; ++focus) {
        std::set<int> values = reached(edges, focus, each.back);
        if (each.itself) values.insert(focus);
        for (const int value : values) {
          if (bad.contains(value)) wanted.insert(fmt::format("n{} n{}", focus, value));
        }
        if (values.size() < least || values.size() > most) wanted.insert(fmt::format("n{}", focus));
      }
      for (const std::size_t threads : {1u, 2u}) {
        EXPECT_EQ(found_by_shapes(each.path, data, "sh:class :Good", threads, least, most), wanted)
            << each.path << " of " << data;
        EXPECT_EQ(
            found_by_shapes(each.path, data, "sh:node [ sh:class :Good ]", threads, least, most),
            wanted)
            << each.path << " of " << data;
      }
    }
  }
}

// A graph that conforms costs one walk, not one for each node.
TEST(LongPathsTest, AreWalkedOnceForAllFocusNodes) {
  constexpr int kNodes = 3000;
  Edges circle;
  for (int i = 0; i < kNodes; ++i) circle.emplace(i, (i + 1) % kNodes);
  const Graph data = turtle(graph_text(circle, kNodes, {}));
  const auto run = [&](const std::string& wants) {
    const Graph shapes_graph = turtle(
        ":s sh:targetClass :N ; sh:property [ sh:path [ sh:oneOrMorePath :p ] ; " + wants + " ] .");
    const ShapeSet shapes = shapes_of(shapes_graph);
    ValidationOptions options;
    options.limits.max_path_visits = 100'000;
    const auto findings = validate(data, nullptr, shapes, options);
    return findings ? findings->count() : ~std::uint64_t{0};
  };
  EXPECT_EQ(run("sh:class :Good"), 0u);
  EXPECT_EQ(run("sh:minCount 5"), 0u);
  EXPECT_EQ(run("sh:minCount 5 ; sh:not [ sh:class :Bad ] ; sh:nodeKind sh:IRI"), 0u);
  EXPECT_EQ(run("sh:hasValue :n0"), ~std::uint64_t{0});
}

// What needs every node from every node ends at the limit.
TEST(LongPathsTest, ThatReachEverythingFromEverywhereAreBounded) {
  constexpr int kNodes = 600;
  Edges circle;
  for (int i = 0; i < kNodes; ++i) circle.emplace(i, (i + 1) % kNodes);
  const Graph data = turtle(graph_text(circle, kNodes, {}));
  for (const std::string_view wants : {"sh:class :Nothing", "sh:hasValue :n599"}) {
    const Graph shapes_graph = turtle(fmt::format(
        ":s sh:targetClass :N ; sh:property [ sh:path [ sh:zeroOrMorePath :p ] ; {} ] .", wants));
    const ShapeSet shapes = shapes_of(shapes_graph);
    ValidationOptions options;
    EXPECT_TRUE(validate(data, nullptr, shapes, options).has_value());
    options.limits.max_path_visits = 100'000;
    const auto findings = validate(data, nullptr, shapes, options);
    ASSERT_FALSE(findings.has_value());
    EXPECT_EQ(findings.error().code, code::limit_exceeded);
  }
}

// An edge is a step: nodes with very many edges may not hide behind few nodes.
TEST(LongPathsTest, StepsAreCountedByEdges) {
  constexpr int kNodes = 120;
  Edges all;
  for (int a = 0; a < kNodes; ++a) {
    for (int b = 0; b < kNodes; ++b) all.emplace(a, b);
  }
  const Graph data = turtle(graph_text(all, kNodes, {}));
  const Graph shapes_graph = turtle(
      ":s sh:targetClass :N ; sh:property [ sh:path [ sh:oneOrMorePath :p ] ; sh:hasValue :n0 ] .");
  const ShapeSet shapes = shapes_of(shapes_graph);
  ValidationOptions options;
  // From each node: a look at it and at each that it reaches, and as many edges from each.
  options.limits.max_path_visits = std::uint64_t{kNodes} * (kNodes + 1) * (kNodes + 1);
  EXPECT_TRUE(validate(data, nullptr, shapes, options).has_value());
  --options.limits.max_path_visits;
  for (const std::size_t threads : {1u, 2u}) {
    options.threads = threads;
    const auto findings = validate(data, nullptr, shapes, options);
    ASSERT_FALSE(findings.has_value());
    EXPECT_EQ(findings.error().code, code::limit_exceeded);
  }
}

}  // namespace
}  // namespace dossier::test
