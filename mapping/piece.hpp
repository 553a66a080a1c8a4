// A part of a term's text: constant bytes, or a slot of the record with its kind of escaping.
#pragma once

#include <cstdint>
#include <string>

#include "mapping/term_format.hpp"

namespace dossier {

struct Piece {
  static constexpr std::uint32_t kConstant = 0xFFFF'FFFF;
  std::uint32_t slot = kConstant;
  Escape escape = Escape::none;
  std::string text;  // of a constant
};

}  // namespace dossier
