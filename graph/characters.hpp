// Character classes of the Turtle family, named after their productions (RDF 1.2 Turtle, section
// 6.5). ASCII is one look into a table; the rest is a search in a few ranges. Readers and writers
// both ask here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dossier {

// What an ASCII byte may be; bytes from 0x80 have no class.
enum CharClass : std::uint16_t {
  kWhitespace = 1 << 0,    // WS
  kDigit = 1 << 1,         // [0-9]
  kHex = 1 << 2,           // HEX
  kLetter = 1 << 3,        // the ASCII part of PN_CHARS_BASE
  kPnCharsU = 1 << 4,      // PN_CHARS_U
  kPnChars = 1 << 5,       // PN_CHARS
  kIriStop = 1 << 6,       // may not stand in IRIREF
  kLocalEscape = 1 << 7,   // may follow the backslash of PN_LOCAL_ESC
  kAlphanumeric = 1 << 8,  // [a-zA-Z0-9]
  kSchemeChar = 1 << 9,    // scheme of RFC 3986 after its first letter
  kIpChar = 1 << 10,       // the ASCII part of ipchar of RFC 3987, without the percent sign
  kIriReserved = 1 << 11,  // reserved of RFC 3986
};

namespace detail {
consteval std::array<std::uint16_t, 256> make_char_classes() {
  std::array<std::uint16_t, 256> table{};
  const auto add = [&table](const char* chars, unsigned flags) {
    for (; *chars != '\0'; ++chars) {
      auto& entry = table[static_cast<unsigned char>(*chars)];
      entry = static_cast<std::uint16_t>(entry | flags);
    }
  };
  add(" \t\r\n", kWhitespace);
  add("0123456789", kDigit | kHex | kPnChars | kAlphanumeric | kSchemeChar | kIpChar);
  add("abcdefABCDEF", kHex);
  add("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
      kLetter | kPnCharsU | kPnChars | kAlphanumeric | kSchemeChar | kIpChar);
  add("_", kPnCharsU | kPnChars | kIpChar);
  add("-", kPnChars | kSchemeChar | kIpChar);
  add("+.", kSchemeChar);
  add(".~!$&'()*+,;=:@", kIpChar);
  add("<>\"{}|^`\\", kIriStop);
  for (std::size_t c = 0; c <= 0x20; ++c) {
    table[c] = static_cast<std::uint16_t>(table[c] | kIriStop);
  }
  add("_~.-!$&'()*+,;=/?#@%", kLocalEscape);
  add(":/?#[]@!$&'()*+,;=", kIriReserved);
  return table;
}
}  // namespace detail

inline constexpr std::array<std::uint16_t, 256> kCharClasses = detail::make_char_classes();

constexpr bool has_class(char c, unsigned classes) {
  return (kCharClasses[static_cast<unsigned char>(c)] & classes) != 0;
}
constexpr bool is_digit(char c) {
  return has_class(c, kDigit);
}

// The value of a HEX digit.
constexpr unsigned hex_value(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u <= '9' ? u - '0' : (u | 0x20u) - 'a' + 10u;
}

// For any code point.
bool is_pn_chars_base(char32_t c);  // [163s] PN_CHARS_BASE
bool is_pn_chars(char32_t c);       // [166s] PN_CHARS
bool is_ucschar(char32_t c);        // ucschar of RFC 3987
bool is_iprivate(char32_t c);       // iprivate of RFC 3987

// The size in bytes of the PN_CHARS character that begins at `at`, or 0 when there is none before
// `end`.
std::size_t pn_chars_size_slow(const char* at, const char* end);
inline std::size_t pn_chars_size(const char* at, const char* end) {
  if (at == end) return 0;
  if (static_cast<unsigned char>(*at) < 0x80) return has_class(*at, kPnChars) ? 1 : 0;
  return pn_chars_size_slow(at, end);
}
// The same for PN_CHARS_BASE.
std::size_t pn_chars_base_size(const char* at, const char* end);

// What may stand behind "_:" ([141s] BLANK_NODE_LABEL).
bool is_blank_node_label(std::string_view label);

}  // namespace dossier
