#include "exporters/palette.hpp"

#include <fmt/format.h>

namespace dossier {
namespace {

// Hues of even spacing at middle lightness; neighbours in the table differ in lightness too, for
// those who see few hues.
constexpr Colour kTable[] = {{0x3B, 0x6F, 0xB6}, {0xE0, 0x8E, 0x2B}, {0x2E, 0x8B, 0x6F},
                             {0xC9, 0x4F, 0x4F}, {0x8A, 0x63, 0xB5}, {0xB8, 0xA1, 0x2E},
                             {0x4F, 0xA8, 0xC9}, {0x9C, 0x5A, 0x3C}, {0xD0, 0x76, 0xA8},
                             {0x6B, 0x8E, 0x23}, {0x56, 0x5F, 0x73}, {0x74, 0xC2, 0x8E}};
constexpr std::size_t kTableSize = sizeof kTable / sizeof kTable[0];

// HSL with saturation 50 % and lightness 55 %, in whole numbers so that every machine agrees.
Colour from_hue(std::size_t degrees) {
  constexpr std::size_t kLow = 83;    // (0.55 - 0.225) * 255
  constexpr std::size_t kHigh = 198;  // (0.55 + 0.225) * 255
  const std::size_t sector = degrees / 60;
  const std::size_t into = degrees % 60;
  const auto up = static_cast<std::uint8_t>(kLow + (kHigh - kLow) * into / 60);
  const auto down = static_cast<std::uint8_t>(kHigh - (kHigh - kLow) * into / 60);
  constexpr auto low = static_cast<std::uint8_t>(kLow);
  constexpr auto high = static_cast<std::uint8_t>(kHigh);
  const Colour sectors[] = {{high, up, low},   {down, high, low}, {low, high, up},
                            {low, down, high}, {up, low, high},   {high, low, down}};
  return sectors[sector % 6];
}

}  // namespace

Colour palette_colour(std::size_t number) {
  if (number < kTableSize) return kTable[number];
  return from_hue((number - kTableSize) * 13751 / 100 % 360);
}

std::string hex(Colour colour) {
  return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue);
}

}  // namespace dossier
