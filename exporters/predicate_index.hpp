// From a predicate's id to its place in Graph::predicates(), in about 2 ns: a flat hash table, as
// predicates are few and asked for with every statement. Immutable once made.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/term.hpp"

namespace dossier {

class PredicateIndex {
 public:
  // `predicates` must outlive the index; it has no term twice.
  explicit PredicateIndex(std::span<const TermId> predicates) : predicates_(predicates) {
    const std::size_t size = std::bit_ceil(predicates.size() * 2 + 2);
    shift_ = 32 - static_cast<unsigned>(std::countr_zero(size));
    slots_.assign(size, kEmpty);
    for (std::uint32_t i = 0; i < predicates.size(); ++i) {
      std::size_t at = slot(predicates[i]);
      while (slots_[at] != kEmpty) at = (at + 1) & (size - 1);
      slots_[at] = i;
    }
  }

  // `predicate` must be one of them.
  std::uint32_t operator[](TermId predicate) const {
    std::size_t at = slot(predicate);
    while (predicates_[slots_[at]] != predicate) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }

 private:
  static constexpr std::uint32_t kEmpty = 0xFFFF'FFFF;
  std::size_t slot(TermId id) const { return (id.value() * 0x9E37'79B9u) >> shift_; }

  std::span<const TermId> predicates_;
  std::vector<std::uint32_t> slots_;
  unsigned shift_ = 0;
};

}  // namespace dossier
