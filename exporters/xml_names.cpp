#include "exporters/xml_names.hpp"

#include <algorithm>
#include <iterator>

#include "base/utf8.hpp"
#include "exporters/names.hpp"
#include "graph/characters.hpp"

namespace dossier {
namespace {

struct LetterRange {
  char32_t first;
  char32_t last;
};

// Letters beyond ASCII in all editions of XML 1.0: the blocks that identifiers are made of, not
// all.
constexpr LetterRange kSafeLetters[] = {
    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x131},  {0x386, 0x386},   {0x388, 0x38A},
    {0x38E, 0x3A1},   {0x3A3, 0x3CE},   {0x401, 0x40C}, {0x40E, 0x44F},   {0x451, 0x45C},
    {0x5D0, 0x5EA},   {0x621, 0x63A},   {0x641, 0x64A}, {0x3041, 0x3094}, {0x30A1, 0x30FA},
    {0x4E00, 0x9FA5}, {0xAC00, 0xD7A3},
};

bool is_safe_letter(char32_t c) {
  if (c < 0x80) return has_class(static_cast<char>(c), kPnCharsU);
  const auto after = std::ranges::upper_bound(kSafeLetters, c, {}, &LetterRange::first);
  return after != std::begin(kSafeLetters) && c <= std::prev(after)->last;
}

// NameStartChar and NameChar are PN_CHARS_U and PN_CHARS with the dot.
bool is_name_start(char32_t c, bool safe) {
  return safe ? is_safe_letter(c) : c == '_' || is_pn_chars_base(c);
}
bool is_name_char(char32_t c, bool safe) {
  if (c == '.') return true;
  if (safe) return is_safe_letter(c) || (c < 0x80 && has_class(static_cast<char>(c), kPnChars));
  return is_pn_chars(c);
}

// Where the last character of `text` begins.
std::size_t last_character(std::string_view text) {
  std::size_t at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

std::size_t local_name_start(std::string_view iri, bool safe) {
  std::size_t start = iri.size();
  for (std::size_t at = iri.size(); at > 0;) {
    at = last_character(iri.substr(0, at));
    const char32_t c = decode_utf8(iri.substr(at)).value;
    if (!is_name_char(c, safe)) break;
    if (is_name_start(c, safe)) start = at;
  }
  return start;
}

}  // namespace

bool is_nc_name(std::string_view name, bool safe) {
  return !name.empty() && local_name_start(name, safe) == 0;
}

std::size_t local_name_start(std::string_view iri) {
  const std::size_t safe = local_name_start(iri, true);
  return safe < iri.size() ? safe : local_name_start(iri, false);
}

std::string node_id(std::string_view label) {
  const bool keeps =
      keeps_blank_label(label, [](std::string_view each) { return is_nc_name(each, true); });
  return keeps ? std::string(label) : encoded_blank_label(label);
}

}  // namespace dossier
