// The graph of things, as people draw it: entities are nodes, and what relates two of them is an
// edge. A link (a node whose class the ontology declares to be one: an Ownership, a Ban) is folded
// into an edge from its source end to its target end; a plain statement between two resources is an
// edge too. Literals stay in the Graph, as attributes of nodes and edges.
//
// Built once, immutable afterwards: any number of threads read it. It borrows the Graph, which must
// outlive it, and copies the LinkSchema. Nodes are in the order of their terms, edges in the order
// of source, target, kind and link or statement, so the same Graph gives the same ids. Cost: 16
// bytes a node, 24 an edge; 5 M statements with 1 M links take about 0.3 s on one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/id.hpp"
#include "base/limits.hpp"
#include "graph/graph.hpp"
#include "graph/id_range.hpp"
#include "graph/links.hpp"

namespace dossier {

using NodeId = Id<struct NodeTag>;
using EdgeId = Id<struct EdgeTag>;
using KindId = Id<struct KindTag>;  // what an edge says: a link class or a predicate

// What becomes of links. A link that something else points at (an order that revokes a ban) stays
// a node beside its edge in every form, since an edge cannot be the end of an edge.
enum class LinkForm : std::uint8_t { edges, nodes, both };

struct EntityGraphOptions {
  LinkForm links = LinkForm::edges;
  Limits limits;
};

// For the ledger. Every statement of the Graph is in exactly one of the first group, so that they
// add up to `statements`.
struct EntityCounts {
  std::size_t statements = 0;  // of the Graph

  std::size_t type_statements = 0;          // rdf:type with a class
  std::size_t node_literals = 0;            // literals and triple terms about nodes
  std::size_t link_literals = 0;            // the same about folded links that are no nodes
  std::size_t link_resources = 0;           // qualifiers of folded links that name a resource
  std::size_t end_statements = 0;           // folded link -> its end
  std::size_t end_inverses = 0;             // end -> folded link: says what the ends say
  std::size_t direct_repeats = 0;           // source -> target, as a folded link says already
  std::size_t repeats_in_other_graphs = 0;  // the same edge in another named graph
  std::size_t edges_from_statements = 0;

  std::size_t nodes = 0;
  std::size_t edges = 0;  // edges_from_links + edges_from_statements
  std::size_t edges_from_links = 0;
  std::size_t links = 0;  // instances of link classes
  std::size_t links_folded = 0;
  std::size_t links_kept_as_nodes = 0;  // of the folded ones
  std::size_t links_without_ends = 0;   // not folded: nodes
  std::size_t links_too_wide = 0;       // not folded: nodes

  friend bool operator==(const EntityCounts&, const EntityCounts&) = default;
};

struct EdgeKind {
  TermId predicate;  // of the statements, or the direct one of the class, if it occurs
  const LinkClass* link = nullptr;  // null: plain statements. Belongs to the EntityGraph
};

class EntityGraph {
 public:
  // Links that cannot be folded are reported to `diagnostics` when it is given.
  explicit EntityGraph(const Graph& graph, LinkSchema schema = {},
                       const EntityGraphOptions& options = {},
                       DiagnosticSink* diagnostics = nullptr);
  EntityGraph(EntityGraph&&) noexcept = default;
  EntityGraph& operator=(EntityGraph&&) noexcept = default;

  const Graph& graph() const { return *graph_; }
  const LinkSchema& schema() const { return schema_; }
  const EntityCounts& counts() const { return counts_; }

  // ---- nodes
  std::size_t node_count() const { return terms_.size(); }
  IdRange<NodeId> nodes() const { return {0, static_cast<std::uint32_t>(terms_.size())}; }
  TermId term(NodeId node) const { return terms_[node.index()]; }
  NodeId node(TermId term) const;  // no id when the term is not a node
  // The class of the node; of several the one with the fewest instances, which is the narrowest
  // when classes are nested. No id when it has none.
  TermId type(NodeId node) const { return types_[node.index()]; }

  // ---- edges
  std::size_t edge_count() const { return targets_.size(); }
  IdRange<EdgeId> edges() const { return {0, static_cast<std::uint32_t>(targets_.size())}; }
  NodeId source(EdgeId edge) const { return sources_[edge.index()]; }
  NodeId target(EdgeId edge) const { return targets_[edge.index()]; }
  KindId kind_id(EdgeId edge) const { return kind_of_[edge.index()]; }
  const EdgeKind& kind(EdgeId edge) const { return kinds_[kind_of_[edge.index()].index()]; }
  // The IRI of kind.predicate, also of a direct predicate that occurs nowhere in the Graph.
  std::string_view predicate_iri(const EdgeKind& kind) const {
    if (kind.predicate) return graph_->text(kind.predicate);
    return kind.link != nullptr ? std::string_view(kind.link->direct_iri) : std::string_view();
  }
  std::span<const EdgeKind> kinds() const { return kinds_; }  // by KindId; some may have no edge
  // The link that an edge was folded from; no id for a plain statement.
  TermId link(EdgeId edge) const {
    return kind(edge).link != nullptr ? TermId::from_value(origins_[edge.index()]) : TermId();
  }
  // The statement that is the edge; null for a folded link.
  const Statement* statement(EdgeId edge) const {
    return kind(edge).link != nullptr ? nullptr : &graph_->statements()[origins_[edge.index()]];
  }

  // ---- structure
  IdRange<EdgeId> out_edges(NodeId node) const {
    return {out_starts_[node.index()], out_starts_[node.index() + 1]};
  }
  std::span<const EdgeId> in_edges(NodeId node) const {
    const std::uint32_t first = in_starts_[node.index()];
    return std::span(in_).subspan(first, in_starts_[node.index() + 1] - first);
  }
  std::size_t out_degree(NodeId node) const { return out_edges(node).size(); }
  std::size_t in_degree(NodeId node) const { return in_edges(node).size(); }

 private:
  friend class EntityGraphBuilder;

  const Graph* graph_;
  LinkSchema schema_;
  EntityCounts counts_;
  std::vector<TermId> terms_;  // by node
  std::vector<TermId> types_;
  std::vector<EdgeKind> kinds_;  // link classes in the order of the schema, then predicates
  std::vector<NodeId> sources_;  // by edge
  std::vector<NodeId> targets_;
  std::vector<KindId> kind_of_;
  std::vector<std::uint32_t> origins_;     // value of the link's TermId, or statement position
  std::vector<std::uint32_t> out_starts_;  // by node; one more at the end
  std::vector<std::uint32_t> in_starts_;
  std::vector<EdgeId> in_;
};

}  // namespace dossier
