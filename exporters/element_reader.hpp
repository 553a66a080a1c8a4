// Reads the attributes of nodes and edges off the graph, as slots and values. A slot stands for a
// predicate, or for one of the few things that have no predicate of their own. Each thread has its
// own reader; the vectors in it are used again for every batch, so a look costs no allocation.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
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

// One node or edge of a batch; numbers into the reader's columns.
struct Element {
  TermId term;  // the node; of an edge its link, or no id
  std::string_view text;
  std::span<const Statement> statements;  // about the term; the statement that is the edge
  std::uint32_t first_attribute = 0;
  std::uint32_t last_attribute = 0;
  std::uint32_t first_source = 0;
  std::uint32_t last_source = 0;
};

// Reads batches of elements: what an edge needs lies far apart in memory, so a batch is read step
// by step, in loops whose look-ups do not wait for one another.
class ElementReader {
 public:
  // How many elements make a good batch: the waits of memory overlap, and all stays in the cache.
  static constexpr std::size_t kBatch = 64;

  ElementReader(const EntityGraph& graph, const Slots& slots) : graph_(graph), slots_(slots) {}

  // The nodes [first, first + count): literals and triple terms about them, and their classes.
  // Resources are edges.
  void read(NodeId first, std::size_t count);
  // The edges [first, first + count): all about folded links but their classes and ends, resources
  // too. Nothing for a plain statement. Sources only when they are asked for.
  void read(EdgeId first, std::size_t count, bool with_sources);

  std::span<const Element> elements() const { return elements_; }
  std::span<const ElementAttribute> attributes(const Element& of) const {
    return std::span(attributes_)
        .subspan(of.first_attribute, of.last_attribute - of.first_attribute);
  }
  std::span<const TermId> values(const ElementAttribute& of) const {
    return std::span(values_).subspan(of.first, of.count);
  }
  // Lexical forms and IRIs; empty for blank nodes and triple terms (see value_text).
  std::span<const std::string_view> texts(const ElementAttribute& of) const {
    return std::span(texts_).subspan(of.first, of.count);
  }
  // Where what an edge says comes from, each source once.
  std::span<const SourceId> sources(const Element& of) const {
    return std::span(sources_).subspan(of.first_source, of.last_source - of.first_source);
  }

 private:
  void clear();
  void read_node(Element& node);
  void read_link(Element& edge, const LinkClass& cls);
  template <class Wanted>
  void take(std::uint32_t slot, std::span<const Statement> run, const Wanted& wanted);
  void read_sources(Element& edge);
  void fetch_texts();

  const EntityGraph& graph_;
  const Slots& slots_;
  std::vector<Element> elements_;
  std::vector<ElementAttribute> attributes_;
  std::vector<TermId> values_;
  std::vector<std::string_view> texts_;  // by value
  std::vector<SourceId> sources_;
  std::vector<EvidenceId> first_evidence_;  // by element
};

// A term as text: lexical form, IRI, "_:label", or a triple term as in N-Triples; the last two are
// made in `made`.
std::string_view value_text(const Graph& graph, TermId value, std::string& made);

}  // namespace dossier
