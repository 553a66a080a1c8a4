// A set of terms as bits, for walks that reach many of them again and again: a bit for each term of
// the kinds that occur in it, reset at the price of what was put in. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/term.hpp"

namespace dossier {

class NodeSet {
 public:
  // Whether the node is new.
  bool insert(TermId node) {
    std::vector<std::uint64_t>& words = words_[static_cast<std::size_t>(node.kind())];
    const std::size_t word = node.index() / 64;
    if (word >= words.size()) words.resize(word + word / 2 + 1, 0);
    const std::uint64_t bit = std::uint64_t{1} << (node.index() % 64);
    if ((words[word] & bit) != 0) return false;
    words[word] |= bit;
    return true;
  }
  bool contains(TermId node) const {
    const std::vector<std::uint64_t>& words = words_[static_cast<std::size_t>(node.kind())];
    const std::size_t word = node.index() / 64;
    return word < words.size() && (words[word] >> (node.index() % 64) & 1) != 0;
  }
  // `nodes` are all that were put in.
  template <class Nodes>
  void remove(const Nodes& nodes) {
    for (const TermId node : nodes) {
      words_[static_cast<std::size_t>(node.kind())][node.index() / 64] &=
          ~(std::uint64_t{1} << (node.index() % 64));
    }
  }

 private:
  std::array<std::vector<std::uint64_t>, 4> words_;
};

}  // namespace dossier
