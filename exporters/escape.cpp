#include "exporters/escape.hpp"

#include <array>
#include <cstdint>

#include "graph/characters.hpp"

namespace dossier {
namespace {

using Block [[gnu::vector_size(16)]] = unsigned char;

Block load(const char* from) {
  Block block;
  std::memcpy(&block, from, sizeof block);
  return block;
}

template <class Mask>
bool any(Mask mask) {
  std::uint64_t halves[2];
  std::memcpy(halves, &mask, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

// What a byte of a string asks for: 0 nothing, 'u' a \uXXXX, 'F' a look at the bytes that follow
// (U+FFFE and U+FFFF begin with EF), else the letter behind the backslash.
constexpr std::array<char, 256> kStringEscape = [] {
  std::array<char, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
  table[0x7F] = 'u';
  table['\b'] = 'b';
  table['\t'] = 't';
  table['\n'] = 'n';
  table['\f'] = 'f';
  table['\r'] = 'r';
  table['"'] = '"';
  table['\\'] = '\\';
  table[0xEF] = 'F';
  return table;
}();

bool string_block_is_clean(const char* from) {
  const Block block = load(from);
  return !any((block < 0x20) | (block == '"') | (block == '\\') | (block == 0x7F) |
              (block == 0xEF));
}

bool iri_block_is_clean(const char* from) {
  const Block block = load(from);
  return !any((block <= 0x20) | (block == '<') | (block == '>') | (block == '"') | (block == '{') |
              (block == '}') | (block == '|') | (block == '^') | (block == '`') | (block == '\\'));
}

char* write_unicode_escape(char* to, unsigned value) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  *to++ = '\\';
  *to++ = 'u';
  for (int shift = 12; shift >= 0; shift -= 4) *to++ = kDigits[(value >> shift) & 0xF];
  return to;
}

// Writes the character at `at`, which kStringEscape marks, and moves `at` behind it.
char* write_marked(char* to, const char*& at, const char* end) {
  const auto byte = static_cast<unsigned char>(*at);
  const char mark = kStringEscape[byte];
  if (mark == 'F') {
    const bool noncharacter = end - at >= 3 && static_cast<unsigned char>(at[1]) == 0xBF &&
                              static_cast<unsigned char>(at[2]) >= 0xBE;
    if (noncharacter) {
      to = write_unicode_escape(to, static_cast<unsigned char>(at[2]) == 0xBE ? 0xFFFE : 0xFFFF);
      at += 3;
    } else {
      *to++ = *at++;
    }
    return to;
  }
  ++at;
  if (mark == 'u') return write_unicode_escape(to, byte);
  *to++ = '\\';
  *to++ = mark;
  return to;
}

}  // namespace

char* escape_string(char* to, std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    while (end - at >= 16 && string_block_is_clean(at)) {
      std::memcpy(to, at, 16);
      to += 16;
      at += 16;
    }
    const char* const stop = end - at >= 16 ? at + 16 : end;
    while (at < stop) {
      if (kStringEscape[static_cast<unsigned char>(*at)] == 0) {
        *to++ = *at++;
      } else {
        to = write_marked(to, at, end);
      }
    }
  }
  return to;
}

char* escape_long_string(char* to, std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const char c = *at;
    const bool lone_quote = c == '"' && at + 1 != end && at[1] != '"';
    if (c == '\n' || lone_quote || kStringEscape[static_cast<unsigned char>(c)] == 0) {
      *to++ = c;
      ++at;
    } else {
      to = write_marked(to, at, end);
    }
  }
  return to;
}

char* copy_iri(char* to, std::string_view iri) {
  const char* at = iri.data();
  const char* const end = at + iri.size();
  for (; end - at >= 16; at += 16, to += 16) {
    if (!iri_block_is_clean(at)) return nullptr;
    std::memcpy(to, at, 16);
  }
  for (; at != end; ++at) {
    if (has_class(*at, kIriStop)) return nullptr;
    *to++ = *at;
  }
  return to;
}

std::size_t piece_size(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text.size();
  std::size_t size = limit;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return size > 0 ? size : limit;
}

}  // namespace dossier
