// What is known of each distinct literal of a graph, found once: whether its text is a form of its
// datatype. One byte a literal. Immutable once made.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/datatypes.hpp"
#include "graph/graph.hpp"

namespace dossier {

class LiteralFacts {
 public:
  LiteralFacts(const Graph& graph, std::size_t threads);

  Datatype datatype(std::uint32_t literal_type) const { return datatypes_[literal_type]; }
  bool ill_formed(TermId literal) const { return ill_formed_[literal.index()] != 0; }
  std::uint64_t ill_formed_count() const { return count_; }

 private:
  std::vector<Datatype> datatypes_;  // by number of literal type
  std::vector<std::uint8_t> ill_formed_;
  std::uint64_t count_ = 0;
};

}  // namespace dossier
