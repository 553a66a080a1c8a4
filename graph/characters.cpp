#include "graph/characters.hpp"

#include <algorithm>
#include <span>

#include "base/utf8.hpp"

namespace dossier {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// PN_CHARS_BASE beyond ASCII; sorted.
constexpr Range kPnCharsBase[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},
                                  {0x370, 0x37D},   {0x37F, 0x1FFF},  {0x200C, 0x200D},
                                  {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF},
                                  {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
// What PN_CHARS adds beyond ASCII.
constexpr Range kPnCharsMore[] = {{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

constexpr Range kUcschar[] = {{0xA0, 0xD7FF},     {0xF900, 0xFDCF},   {0xFDF0, 0xFFEF},
                              {0x10000, 0x1FFFD}, {0x20000, 0x2FFFD}, {0x30000, 0x3FFFD},
                              {0x40000, 0x4FFFD}, {0x50000, 0x5FFFD}, {0x60000, 0x6FFFD},
                              {0x70000, 0x7FFFD}, {0x80000, 0x8FFFD}, {0x90000, 0x9FFFD},
                              {0xA0000, 0xAFFFD}, {0xB0000, 0xBFFFD}, {0xC0000, 0xCFFFD},
                              {0xD0000, 0xDFFFD}, {0xE1000, 0xEFFFD}};
constexpr Range kIprivate[] = {{0xE000, 0xF8FF}, {0xF0000, 0xFFFFD}, {0x100000, 0x10FFFD}};

bool within(std::span<const Range> ranges, char32_t c) {
  const auto after = std::ranges::upper_bound(ranges, c, {}, &Range::first);
  return after != ranges.begin() && c <= (after - 1)->last;
}

bool ascii(char32_t c, unsigned classes) {
  return has_class(static_cast<char>(c), classes);
}

}  // namespace

bool is_pn_chars_base(char32_t c) {
  return c < 0x80 ? ascii(c, kLetter) : within(kPnCharsBase, c);
}

bool is_pn_chars(char32_t c) {
  return c < 0x80 ? ascii(c, kPnChars) : within(kPnCharsBase, c) || within(kPnCharsMore, c);
}

bool is_ucschar(char32_t c) {
  return within(kUcschar, c);
}

bool is_iprivate(char32_t c) {
  return within(kIprivate, c);
}

std::size_t pn_chars_size_slow(const char* at, const char* end) {
  const CodePoint c = decode_utf8({at, static_cast<std::size_t>(end - at)});
  return c.size != 0 && is_pn_chars(c.value) ? c.size : 0;
}

std::size_t pn_chars_base_size(const char* at, const char* end) {
  const CodePoint c = decode_utf8({at, static_cast<std::size_t>(end - at)});
  return c.size != 0 && is_pn_chars_base(c.value) ? c.size : 0;
}

bool is_blank_node_label(std::string_view label) {
  const char* at = label.data();
  const char* const end = at + label.size();
  if (at == end || label.back() == '.') return false;
  for (bool first = true; at != end; first = false) {
    std::size_t size = *at == '.' && !first ? 1 : 0;
    if (has_class(*at, kDigit | kPnCharsU)) size = 1;
    if (size == 0) size = first ? pn_chars_base_size(at, end) : pn_chars_size(at, end);
    if (size == 0) return false;
    at += size;
  }
  return true;
}

}  // namespace dossier
