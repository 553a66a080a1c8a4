#include "graph/boost_graph.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <queue>
#include <random>
#include <set>

#include <boost/concept_check.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/incremental_components.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/pending/disjoint_sets.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <gtest/gtest.h>

#include "tests/graph/tiny_graph.hpp"

namespace dossier {
namespace {

// What Boost itself demands; checked by compiling.
BOOST_CONCEPT_ASSERT((boost::GraphConcept<EntityGraph>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<EntityGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<EntityGraph>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<EntityGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<EntityGraph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<EntityGraph>));
BOOST_CONCEPT_ASSERT(
    (boost::ReadablePropertyGraphConcept<EntityGraph, NodeId, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT(
    (boost::ReadablePropertyGraphConcept<EntityGraph, EdgeId, boost::edge_index_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<EntityGraph, NodeId, vertex_term_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<EntityGraph, NodeId, vertex_class_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<EntityGraph, EdgeId, edge_kind_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<EntityGraph, EdgeId, edge_link_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<EntityGraph, EdgeId, edge_statement_t>));
static_assert(std::random_access_iterator<IdIterator<NodeId>>);

Graph random_graph(unsigned seed, std::size_t nodes, std::size_t edges) {
  std::mt19937 random(seed);
  TinyGraph tiny;
  for (std::size_t i = 0; i < nodes; ++i) {
    tiny.add("n" + std::to_string(i), "name", "\"" + std::to_string(i));
  }
  for (std::size_t i = 0; i < edges; ++i) {
    tiny.add("n" + std::to_string(random() % nodes), "p" + std::to_string(random() % 3),
             "n" + std::to_string(random() % nodes));
  }
  return tiny.freeze();
}

// Oracle: reach[i][j] and least cost, by Floyd and Warshall.
using Matrix = std::vector<std::vector<std::uint64_t>>;
constexpr std::uint64_t kFar = std::numeric_limits<std::uint32_t>::max();

std::uint64_t cost(EdgeId edge) {
  return edge.value() * 7 % 11 + 1;
}

Matrix distances(const EntityGraph& g, bool weighted, bool both_ways) {
  Matrix d(g.node_count(), std::vector<std::uint64_t>(g.node_count(), kFar));
  for (std::size_t i = 0; i < d.size(); ++i) d[i][i] = 0;
  for (const EdgeId e : g.edges()) {
    const std::size_t s = g.source(e).index();
    const std::size_t t = g.target(e).index();
    const std::uint64_t w = weighted ? cost(e) : 1;
    d[s][t] = std::min(d[s][t], w);
    if (both_ways) d[t][s] = std::min(d[t][s], w);
  }
  for (std::size_t k = 0; k < d.size(); ++k) {
    for (std::size_t i = 0; i < d.size(); ++i) {
      for (std::size_t j = 0; j < d.size(); ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
    }
  }
  return d;
}

class BoostGraphTest : public testing::TestWithParam<unsigned> {
 protected:
  Graph graph_ = random_graph(GetParam(), 60, 40 + GetParam() * 25);
  EntityGraph g_{graph_};
};

TEST_P(BoostGraphTest, BreadthFirstSearchFindsTheFewestSteps) {
  const Matrix oracle = distances(g_, false, false);
  std::vector<std::uint64_t> steps(num_vertices(g_), kFar);
  const auto map = boost::make_iterator_property_map(steps.begin(), get(boost::vertex_index, g_));
  steps[0] = 0;
  boost::breadth_first_search(
      g_, NodeId(0),
      boost::visitor(boost::make_bfs_visitor(boost::record_distances(map, boost::on_tree_edge())))
          .vertex_index_map(get(boost::vertex_index, g_)));
  EXPECT_EQ(steps, oracle[0]);
}

TEST_P(BoostGraphTest, DijkstraFindsTheLeastCost) {
  const Matrix oracle = distances(g_, true, false);
  std::vector<std::uint64_t> least(num_vertices(g_));
  std::vector<NodeId> before(num_vertices(g_));
  const auto index = get(boost::vertex_index, g_);
  boost::dijkstra_shortest_paths(
      g_, NodeId(1),
      boost::weight_map(boost::make_function_property_map<EdgeId>(&cost))
          .vertex_index_map(index)
          .distance_inf(kFar)
          .distance_map(boost::make_iterator_property_map(least.begin(), index))
          .predecessor_map(boost::make_iterator_property_map(before.begin(), index)));
  EXPECT_EQ(least, oracle[1]);
}

TEST_P(BoostGraphTest, StrongAndWeakComponentsAreThoseOfReachability) {
  const auto index = get(boost::vertex_index, g_);
  std::vector<std::uint32_t> strong(num_vertices(g_));
  boost::strong_components(g_, boost::make_iterator_property_map(strong.begin(), index),
                           boost::vertex_index_map(index));
  const Matrix reach = distances(g_, false, false);
  const Matrix both = distances(g_, false, true);
  std::vector<std::size_t> rank(num_vertices(g_));
  std::vector<NodeId> parent(num_vertices(g_));
  const auto rank_map = boost::make_iterator_property_map(rank.begin(), index);
  const auto parent_map = boost::make_iterator_property_map(parent.begin(), index);
  boost::disjoint_sets weak(rank_map, parent_map);
  boost::initialize_incremental_components(g_, weak);
  boost::incremental_components(g_, weak);
  for (const NodeId a : g_.nodes()) {
    for (const NodeId b : g_.nodes()) {
      const std::size_t i = a.index();
      const std::size_t j = b.index();
      ASSERT_EQ(strong[i] == strong[j], reach[i][j] < kFar && reach[j][i] < kFar);
      ASSERT_EQ(weak.find_set(a) == weak.find_set(b), both[i][j] < kFar);
    }
  }
}

TEST_P(BoostGraphTest, EveryViewOfTheStructureSaysTheSame) {
  std::multiset<std::pair<NodeId, NodeId>> by_edges;
  std::multiset<std::pair<NodeId, NodeId>> by_out;
  std::multiset<std::pair<NodeId, NodeId>> by_in;
  std::multiset<std::pair<NodeId, NodeId>> by_neighbours;
  for (auto [at, end] = edges(g_); at != end; ++at) {
    by_edges.emplace(source(*at, g_), target(*at, g_));
  }
  for (auto [v, last] = vertices(g_); v != last; ++v) {
    for (auto [at, end] = out_edges(*v, g_); at != end; ++at) {
      by_out.emplace(source(*at, g_), target(*at, g_));
    }
    for (auto [at, end] = in_edges(*v, g_); at != end; ++at) {
      by_in.emplace(source(*at, g_), target(*at, g_));
    }
    for (auto [at, end] = adjacent_vertices(*v, g_); at != end; ++at) {
      by_neighbours.emplace(*v, *at);
    }
    EXPECT_EQ(degree(*v, g_), in_degree(*v, g_) + out_degree(*v, g_));
  }
  EXPECT_EQ(by_edges.size(), num_edges(g_));
  EXPECT_EQ(by_out, by_edges);
  EXPECT_EQ(by_in, by_edges);
  EXPECT_EQ(by_neighbours, by_edges);
}

INSTANTIATE_TEST_SUITE_P(Seeds, BoostGraphTest, testing::Range(0u, 8u));

TEST(BoostPropertiesTest, MapsGiveWhatTheEntityGraphKnows) {
  TinyGraph tiny;
  tiny.add("b", "a", "Ban").add("b", "authority", "x").add("b", "target", "y");
  tiny.add("x", "a", "Body").add("x", "knows", "y");
  const Graph graph = tiny.freeze();
  const EntityGraph g(graph, ban_schema(graph));
  ASSERT_EQ(num_edges(g), 2u);
  EXPECT_EQ(get(vertex_term, g, g.node(id(graph, "x"))), id(graph, "x"));
  EXPECT_EQ(get(vertex_class, g, g.node(id(graph, "x"))), id(graph, "Body"));
  EXPECT_EQ(get(edge_link, g, EdgeId(0)), id(graph, "b"));
  EXPECT_EQ(get(edge_statement, g, EdgeId(0)), nullptr);
  EXPECT_FALSE(get(edge_link, g, EdgeId(1)));
  EXPECT_EQ(get(edge_statement, g, EdgeId(1))->predicate, id(graph, "knows"));
  EXPECT_EQ(g.kinds()[get(edge_kind, g, EdgeId(0)).index()].link->label, "bans");
  EXPECT_EQ(get(boost::edge_index, g, EdgeId(1)), 1u);
}

}  // namespace
}  // namespace dossier
