#include "graph/escapes.hpp"

#include <cstring>

#include "base/utf8.hpp"
#include "graph/characters.hpp"

namespace dossier {
namespace {

// [159s] ECHAR: what the letter after the backslash stands for; NUL: no such escape.
constexpr char echar(char letter) {
  switch (letter) {
    case 't':
      return '\t';
    case 'b':
      return '\b';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 'f':
      return '\f';
    case '"':
    case '\'':
    case '\\':
      return letter;
    default:
      return '\0';
  }
}

// [26] UCHAR at `at`, which holds the backslash: its value and size in the text; size 0 when it is
// none, cut off, or no Unicode scalar value.
CodePoint decode_uchar(std::string_view text, std::size_t at) {
  const std::size_t digits = text[at + 1] == 'u' ? 4 : 8;
  if (text.size() - at < 2 + digits) return {};
  char32_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = text[at + 2 + i];
    if (!has_class(c, kHex)) return {};
    value = (value << 4) | hex_value(c);
  }
  const bool scalar = value < 0xD800 || (value > 0xDFFF && value <= 0x10FFFF);
  return scalar ? CodePoint{value, 2 + digits} : CodePoint{};
}

enum class Kind { string, iri, local };

Unescaped unescape(std::string_view text, char* out, Kind kind) {
  Unescaped result;
  std::size_t at = 0;
  while (at < text.size()) {
    const void* found = std::memchr(text.data() + at, '\\', text.size() - at);
    const std::size_t stop =
        found == nullptr ? text.size()
                         : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    std::memcpy(out + result.size, text.data() + at, stop - at);
    result.size += stop - at;
    at = stop;
    if (at == text.size()) break;
    const char letter = at + 1 < text.size() ? text[at + 1] : '\0';
    if (kind != Kind::local && (letter == 'u' || letter == 'U')) {
      const CodePoint c = decode_uchar(text, at);
      if (c.size == 0) return {result.size, at};
      result.size += encode_utf8(out + result.size, c.value);
      at += c.size;
      continue;
    }
    const char plain = kind == Kind::string                                     ? echar(letter)
                       : kind == Kind::local && has_class(letter, kLocalEscape) ? letter
                                                                                : '\0';
    if (plain == '\0') return {result.size, at};
    out[result.size++] = plain;
    at += 2;
  }
  return result;
}

}  // namespace

Unescaped unescape_string(std::string_view text, char* out) {
  return unescape(text, out, Kind::string);
}

Unescaped unescape_iri(std::string_view text, char* out) {
  return unescape(text, out, Kind::iri);
}

Unescaped unescape_local(std::string_view text, char* out) {
  return unescape(text, out, Kind::local);
}

}  // namespace dossier
