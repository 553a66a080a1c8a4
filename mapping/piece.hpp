// A part of a term's text: constant bytes, or a slot of the record with its kind of escaping.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "mapping/term_format.hpp"

namespace dossier {

struct Piece {
  static constexpr std::uint32_t kConstant = 0xFFFF'FFFF;
  std::uint32_t slot = kConstant;
  Escape escape = Escape::none;
  std::string text;  // of a constant
};

// Adds the slots of `pieces` to `out`, each once.
inline void add_slots(const std::vector<Piece>& pieces, std::vector<std::uint32_t>& out) {
  for (const Piece& piece : pieces) {
    if (piece.slot != Piece::kConstant && std::ranges::find(out, piece.slot) == out.end()) {
      out.push_back(piece.slot);
    }
  }
}

}  // namespace dossier
