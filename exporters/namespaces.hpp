// Namespaces for the pretty writers. In a Graph the IRIs of a namespace are a range of ids, so the
// namespace of an IRI (the longest, where they nest) is found from its id without a look at its
// text: a table with an entry for each 256 ids, and a search only where a range begins or ends
// within them. Immutable once made, but for `use`, which belongs to one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "exporters/text_buffer.hpp"
#include "graph/graph.hpp"
#include "graph/prefixes.hpp"

namespace dossier {

class Namespaces {
 public:
  using Number = std::uint32_t;
  static constexpr Number kNone = 0xFFFF'FFFF;

  struct Entry {
    std::string name;  // with colon
    std::string iri;
    bool used = false;
  };

  // Names that Turtle does not have and namespaces in which the graph has no IRI are left out.
  Namespaces(const Graph& graph, const Prefixes& prefixes);

  const std::vector<Entry>& entries() const { return entries_; }  // in the order of names
  Number find(TermId iri) const {
    const Number number = blocks_[iri.index() >> kBlockBits];
    return number != kMixed ? number : search(iri.index());
  }

  // "ex:name", or null: then the IRI is to be written in full. Room: room_for(number, iri).
  char* write(char* to, Number number, std::string_view iri) const;
  std::size_t room_for(Number number, std::string_view iri) const {
    return entries_[number].name.size() + 2 * iri.size() + 32;
  }

  // Marks the namespaces of IRIs whose bit is set and of which `can_write` accepts one: it is given
  // what follows the namespace.
  using CanWrite = bool (*)(std::string_view local);
  void use(const Graph& graph, const std::vector<bool>& iris, CanWrite can_write);
  // A datatype, which need not be an IRI among the terms.
  void use(std::string_view iri, CanWrite can_write);
  Number find_text(std::string_view iri) const;

 private:
  static constexpr unsigned kBlockBits = 8;
  static constexpr Number kMixed = 0xFFFF'FFFE;

  struct Segment {
    std::uint32_t first;  // to the first of the next segment
    Number number;
  };

  void cut_segments(const Graph& graph);
  void fill_blocks(std::size_t iris);
  Number search(std::uint32_t index) const;

  std::vector<Entry> entries_;
  std::vector<Segment> segments_;
  std::vector<Number> blocks_;
};

}  // namespace dossier
