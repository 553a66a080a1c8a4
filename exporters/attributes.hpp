// Attribute columns of nodes and edges: names that every reader takes, and types that hold for ALL
// values. The network writers share them. Built by two passes over the graph, side by side.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "exporters/element_reader.hpp"
#include "graph/datatypes.hpp"
#include "graph/entity_graph.hpp"
#include "graph/prefixes.hpp"

namespace dossier {

// The six types of GraphML; GEXF has them too.
enum class AttributeType : std::uint8_t { boolean, int32, int64, float32, float64, text };

// Which types can hold a value, as bits by AttributeType; text can hold all. What all values of a
// column allow is the AND of theirs.
using TypeMask = std::uint8_t;
inline constexpr TypeMask kAnyType = 0x3F;
AttributeType narrowest(TypeMask mask);

// Looks at datatype and lexical form: an ill-typed "abc"^^xsd:integer is text, so is a number that
// the type cannot hold, and an infinity, which Java and Python spell in different ways. Whole
// numbers up to 2^53 are floating-point numbers too, decimals are float64 only.
class TypeFinder {
 public:
  explicit TypeFinder(const Graph& graph);
  // `text` is the lexical form.
  TypeMask fitting(TermId value, std::string_view text) const;

 private:
  const Graph& graph_;
  std::vector<Datatype> datatypes_;  // by literal type
};

struct AttributeColumn {
  std::string name;         // an NMTOKEN; unique among nodes or edges whatever the letter case
  std::string key;          // an NMTOKEN, unique among both; the name where that is possible
  std::string description;  // the IRI of the predicate, for people and for the way back
  AttributeType type = AttributeType::text;
  bool list = false;           // some element has several values
  std::uint64_t elements = 0;  // that have a value; 0: the column is not written
  std::uint64_t several = 0;   // elements with several values
  std::uint64_t values = 0;

  bool used() const { return elements > 0; }
};

struct AttributeTables {
  std::vector<AttributeColumn> nodes;  // by slot
  std::vector<AttributeColumn> edges;
  AttributeColumn sources;  // of edges
};

// Finds out types and counts, then names the columns that are used.
AttributeTables find_attributes(const EntityGraph& graph, const Slots& slots,
                                const Prefixes& prefixes, std::size_t threads);

}  // namespace dossier
