// The Boost.Graph face of an EntityGraph: include it where BGL algorithms run on one. Directed,
// parallel edges allowed; models VertexListGraph, EdgeListGraph, BidirectionalGraph,
// AdjacencyGraph and PropertyGraph. Vertices are NodeIds, edges EdgeIds; nothing is copied, so the
// face costs nothing. Algorithms that write colours or distances bring their own vectors, indexed
// by get(boost::vertex_index, graph).
//
// Property maps, all read-only:
//   boost::vertex_index, boost::edge_index   std::uint32_t, from 0
//   vertex_term       TermId of the entity
//   vertex_class      TermId of its narrowest class; may be no id
//   edge_kind         KindId
//   edge_link         TermId of the folded link; no id for a plain statement
//   edge_statement    const Statement*; null for a folded link
#pragma once

#include <cstdint>
#include <utility>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/property_map/property_map.hpp>

#include "graph/entity_graph.hpp"

namespace dossier {

// The far ends of a range of edges.
class AdjacencyIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = NodeId;
  using difference_type = std::ptrdiff_t;
  using pointer = const NodeId*;
  using reference = NodeId;

  AdjacencyIterator() = default;
  AdjacencyIterator(const EntityGraph* graph, IdIterator<EdgeId> at) : graph_(graph), at_(at) {}
  reference operator*() const { return graph_->target(*at_); }
  AdjacencyIterator& operator++() { return ++at_, *this; }
  AdjacencyIterator operator++(int) { return {graph_, at_++}; }
  friend bool operator==(const AdjacencyIterator& a, const AdjacencyIterator& b) {
    return a.at_ == b.at_;
  }

 private:
  const EntityGraph* graph_ = nullptr;
  IdIterator<EdgeId> at_;
};

struct EntityGraphTraversal : boost::vertex_list_graph_tag,
                              boost::edge_list_graph_tag,
                              boost::bidirectional_graph_tag,
                              boost::adjacency_graph_tag {};

}  // namespace dossier

template <>
struct boost::graph_traits<dossier::EntityGraph> {
  using vertex_descriptor = dossier::NodeId;
  using edge_descriptor = dossier::EdgeId;
  using directed_category = boost::bidirectional_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = dossier::EntityGraphTraversal;
  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::uint32_t;
  using degree_size_type = std::size_t;
  using vertex_iterator = dossier::IdIterator<dossier::NodeId>;
  using edge_iterator = dossier::IdIterator<dossier::EdgeId>;
  using out_edge_iterator = dossier::IdIterator<dossier::EdgeId>;
  using in_edge_iterator = const dossier::EdgeId*;
  using adjacency_iterator = dossier::AdjacencyIterator;
  static vertex_descriptor null_vertex() { return {}; }
};

namespace dossier {

// ---- the functions that BGL finds by argument-dependent look-up
inline auto vertices(const EntityGraph& g) {
  return std::pair(g.nodes().begin(), g.nodes().end());
}
inline std::uint32_t num_vertices(const EntityGraph& g) {
  return static_cast<std::uint32_t>(g.node_count());
}
inline auto edges(const EntityGraph& g) {
  return std::pair(g.edges().begin(), g.edges().end());
}
inline std::uint32_t num_edges(const EntityGraph& g) {
  return static_cast<std::uint32_t>(g.edge_count());
}
inline NodeId source(EdgeId edge, const EntityGraph& g) {
  return g.source(edge);
}
inline NodeId target(EdgeId edge, const EntityGraph& g) {
  return g.target(edge);
}
inline auto out_edges(NodeId node, const EntityGraph& g) {
  return std::pair(g.out_edges(node).begin(), g.out_edges(node).end());
}
inline std::size_t out_degree(NodeId node, const EntityGraph& g) {
  return g.out_degree(node);
}
inline auto in_edges(NodeId node, const EntityGraph& g) {
  const std::span<const EdgeId> in = g.in_edges(node);
  return std::pair(in.data(), in.data() + in.size());
}
inline std::size_t in_degree(NodeId node, const EntityGraph& g) {
  return g.in_degree(node);
}
inline std::size_t degree(NodeId node, const EntityGraph& g) {
  return g.in_degree(node) + g.out_degree(node);
}
inline auto adjacent_vertices(NodeId node, const EntityGraph& g) {
  const IdRange<EdgeId> out = g.out_edges(node);
  return std::pair(AdjacencyIterator(&g, out.begin()), AdjacencyIterator(&g, out.end()));
}

// ---- property maps
struct vertex_term_t {
  using kind = boost::vertex_property_tag;
};
struct vertex_class_t {
  using kind = boost::vertex_property_tag;
};
struct edge_kind_t {
  using kind = boost::edge_property_tag;
};
struct edge_link_t {
  using kind = boost::edge_property_tag;
};
struct edge_statement_t {
  using kind = boost::edge_property_tag;
};
inline constexpr vertex_term_t vertex_term{};
inline constexpr vertex_class_t vertex_class{};
inline constexpr edge_kind_t edge_kind{};
inline constexpr edge_link_t edge_link{};
inline constexpr edge_statement_t edge_statement{};

// A map that asks the graph: `Read` is a function (const EntityGraph&, Key) -> Value.
template <class Key, class Value, Value (*Read)(const EntityGraph&, Key)>
struct EntityPropertyMap {
  using key_type = Key;
  using value_type = Value;
  using reference = Value;
  using category = boost::readable_property_map_tag;
  const EntityGraph* graph = nullptr;
  friend Value get(const EntityPropertyMap& map, Key key) { return Read(*map.graph, key); }
  Value operator[](Key key) const { return Read(*graph, key); }
};

namespace entity_properties {
inline std::uint32_t node_index(const EntityGraph&, NodeId node) {
  return node.value();
}
inline std::uint32_t edge_index(const EntityGraph&, EdgeId edge) {
  return edge.value();
}
inline TermId node_term(const EntityGraph& g, NodeId node) {
  return g.term(node);
}
inline TermId node_class(const EntityGraph& g, NodeId node) {
  return g.type(node);
}
inline KindId kind_of_edge(const EntityGraph& g, EdgeId edge) {
  return g.kind_id(edge);
}
inline TermId link_of_edge(const EntityGraph& g, EdgeId edge) {
  return g.link(edge);
}
inline const Statement* statement_of_edge(const EntityGraph& g, EdgeId edge) {
  return g.statement(edge);
}
}  // namespace entity_properties

// Which map a tag stands for.
template <class Tag>
struct EntityProperty;
template <>
struct EntityProperty<boost::vertex_index_t> {
  using type = EntityPropertyMap<NodeId, std::uint32_t, entity_properties::node_index>;
};
template <>
struct EntityProperty<boost::edge_index_t> {
  using type = EntityPropertyMap<EdgeId, std::uint32_t, entity_properties::edge_index>;
};
template <>
struct EntityProperty<vertex_term_t> {
  using type = EntityPropertyMap<NodeId, TermId, entity_properties::node_term>;
};
template <>
struct EntityProperty<vertex_class_t> {
  using type = EntityPropertyMap<NodeId, TermId, entity_properties::node_class>;
};
template <>
struct EntityProperty<edge_kind_t> {
  using type = EntityPropertyMap<EdgeId, KindId, entity_properties::kind_of_edge>;
};
template <>
struct EntityProperty<edge_link_t> {
  using type = EntityPropertyMap<EdgeId, TermId, entity_properties::link_of_edge>;
};
template <>
struct EntityProperty<edge_statement_t> {
  using type = EntityPropertyMap<EdgeId, const Statement*, entity_properties::statement_of_edge>;
};

template <class Tag>
  requires requires { typename EntityProperty<Tag>::type; }
typename EntityProperty<Tag>::type get(Tag, const EntityGraph& g) {
  return {&g};
}
template <class Tag, class Key>
  requires requires { typename EntityProperty<Tag>::type; }
auto get(Tag tag, const EntityGraph& g, Key key) {
  return get(get(tag, g), key);
}

}  // namespace dossier

template <class Tag>
struct boost::property_map<dossier::EntityGraph, Tag> {
  using type = typename dossier::EntityProperty<Tag>::type;
  using const_type = type;
};
