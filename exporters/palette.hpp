// Colours for classes, told apart by most eyes, on a light ground and a dark one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace dossier {

struct Colour {
  std::uint8_t red = 0x9A;
  std::uint8_t green = 0x9A;
  std::uint8_t blue = 0x9A;
  friend bool operator==(const Colour&, const Colour&) = default;
};

// For things without a class.
inline constexpr Colour kNoClassColour{};

// The first twelve are a fixed table; further ones go round the hue circle by the golden angle.
Colour palette_colour(std::size_t number);
std::string hex(Colour colour);  // "#1b9e77"

}  // namespace dossier
