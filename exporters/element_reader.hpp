// Reads the attributes of one node or edge off the graph, as slots and values. A slot stands for a
// predicate, or for one of the few things that have no predicate of their own. Each thread has its
// own reader; the vectors in it are used again for every element, so a look costs no allocation.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/entity_graph.hpp"

namespace dossier {

// Slots are the numbers of Graph::predicates(), then these.
enum class ExtraSlot : std::uint32_t { classes, start, end };
inline constexpr std::uint32_t kExtraSlots = 3;

// The slots of one graph.
class Slots {
 public:
  explicit Slots(const Graph& graph);
  std::uint32_t size() const { return predicates_ + kExtraSlots; }
  std::uint32_t of(TermId predicate) const { return of_predicate_[predicate.index()]; }
  std::uint32_t of(ExtraSlot extra) const {
    return predicates_ + static_cast<std::uint32_t>(extra);
  }

 private:
  std::uint32_t predicates_;
  std::vector<std::uint32_t> of_predicate_;  // by IRI
};

// The values at one slot, without repetition, in the order of terms.
struct ElementAttribute {
  std::uint32_t slot;
  std::uint32_t first;
  std::uint32_t count;
};

class ElementReader {
 public:
  ElementReader(const EntityGraph& graph, const Slots& slots) : graph_(graph), slots_(slots) {}

  // Literals and triple terms about the node, and its classes. Resources are edges.
  void read(NodeId node);
  // All about the folded link, but its classes and ends; resources too. Nothing for a plain
  // statement.
  void read(EdgeId edge);

  std::span<const ElementAttribute> attributes() const { return attributes_; }
  std::span<const TermId> values(const ElementAttribute& of) const {
    return std::span(values_).subspan(of.first, of.count);
  }
  // Where what the edge says comes from, each source once; of the last edge that was read.
  std::span<const SourceId> sources() const { return sources_; }

 private:
  void add_sources(const Statement& statement);

  const EntityGraph& graph_;
  const Slots& slots_;
  std::vector<ElementAttribute> attributes_;
  std::vector<TermId> values_;
  std::vector<SourceId> sources_;
};

}  // namespace dossier
