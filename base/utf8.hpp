// UTF-8 (RFC 3629): validation and decoding. Overlong forms, surrogates and values over U+10FFFF
// are bad.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dossier {

inline constexpr std::size_t kUtf8Valid = static_cast<std::size_t>(-1);

// The offset of the first byte that does not belong to a valid sequence, or kUtf8Valid. Skips ASCII
// in words of eight bytes.
std::size_t find_invalid_utf8(std::string_view bytes);
inline bool is_utf8(std::string_view bytes) {
  return find_invalid_utf8(bytes) == kUtf8Valid;
}

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;  // bytes; 0 when the sequence is bad or the text is empty
};
// The first code point of `bytes`.
CodePoint decode_utf8(std::string_view bytes);

// Appends the code point; it must be a Unicode scalar value.
void append_utf8(std::string& out, char32_t value);
// Writes 1 to 4 bytes to `out` and returns how many.
std::size_t encode_utf8(char* out, char32_t value);

// Code points in valid UTF-8.
std::size_t count_code_points(std::string_view bytes);

}  // namespace dossier
