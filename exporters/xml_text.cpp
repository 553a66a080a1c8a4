#include "exporters/xml_text.hpp"

#include <array>
#include <cstring>

#include "base/utf8.hpp"
#include "exporters/escape.hpp"

namespace dossier {
namespace {

using Block [[gnu::vector_size(16)]] = unsigned char;

// A piece of this size and its longest escape fit the room that is asked for.
constexpr std::size_t kXmlPiece = std::size_t{16} << 10;
constexpr std::size_t kLongestPerByte = 6;  // &quot;

enum Mark : std::uint8_t {
  clean,
  less,
  greater,
  ampersand,
  quote,
  tab,
  line_feed,
  carriage_return,
  control,
  wide
};

constexpr std::array<std::uint8_t, 256> marks(bool attribute) {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = control;
  for (std::size_t c = 0x80; c < 0x100; ++c) table[c] = wide;
  table['\t'] = attribute ? tab : clean;
  table['\n'] = attribute ? line_feed : clean;
  table['\r'] = carriage_return;
  table['<'] = less;
  table['>'] = greater;
  table['&'] = ampersand;
  table['"'] = attribute ? quote : clean;
  return table;
}
constexpr std::array<std::uint8_t, 256> kMarks[] = {marks(false), marks(true)};

bool is_clean(const char* from) {
  Block block;
  std::memcpy(&block, from, sizeof block);
  const auto bad = (block < 0x20) | (block >= 0x80) | (block == '<') | (block == '>') |
                   (block == '&') | (block == '"');
  std::uint64_t halves[2];
  std::memcpy(halves, &bad, sizeof halves);
  return (halves[0] | halves[1]) == 0;
}

// [2] Char, for code points of two bytes and more that decode_utf8 takes (it knows no surrogates).
bool is_xml_char(char32_t c) {
  return c != 0xFFFE && c != 0xFFFF;
}

// Copies the character of several bytes at `at`, or U+FFFD, and moves `at` behind it.
char* write_wide(char* to, const char*& at, const char* end, std::uint64_t& replaced) {
  const CodePoint point = decode_utf8({at, static_cast<std::size_t>(end - at)});
  if (point.size > 0 && is_xml_char(point.value)) {
    std::memcpy(to, at, point.size);
    at += point.size;
    return to + point.size;
  }
  ++replaced;
  at += point.size > 0 ? point.size : 1;
  return copy_text(to, "\xEF\xBF\xBD");
}

char* write_marked(char* to, const char*& at, const char* end, std::uint8_t mark,
                   std::uint64_t& replaced) {
  if (mark == wide) return write_wide(to, at, end, replaced);
  constexpr std::string_view kEscapes[] = {"",     "&lt;",  "&gt;",  "&amp;",       "&quot;",
                                           "&#9;", "&#10;", "&#13;", "\xEF\xBF\xBD"};
  if (mark == control) ++replaced;
  ++at;
  return copy_text(to, kEscapes[mark]);
}

}  // namespace

std::uint64_t append_xml(TextBuffer& out, std::string_view text, XmlContext context) {
  const std::array<std::uint8_t, 256>& table = kMarks[static_cast<std::size_t>(context)];
  std::uint64_t replaced = 0;
  while (!text.empty()) {
    const std::size_t size = text.size() <= kXmlPiece ? text.size() : piece_size(text, kXmlPiece);
    char* to = out.room(size * kLongestPerByte);
    const char* at = text.data();
    const char* const end = at + size;
    while (at < end) {
      while (end - at >= 16 && is_clean(at)) {
        std::memcpy(to, at, 16);
        to += 16;
        at += 16;
      }
      const char* const stop = end - at >= 16 ? at + 16 : end;
      while (at < stop) {
        const std::uint8_t mark = table[static_cast<unsigned char>(*at)];
        if (mark == clean) {
          *to++ = *at++;
        } else {
          to = write_marked(to, at, end, mark, replaced);
        }
      }
    }
    out.commit(to);
    text.remove_prefix(size);
  }
  return replaced;
}

std::string xml_escaped(std::string_view text, XmlContext context) {
  TextBuffer buffer;
  append_xml(buffer, text, context);
  return std::string(buffer.text());
}

}  // namespace dossier
