#include "exporters/names.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "exporters/text_buffer.hpp"
#include "graph/characters.hpp"

namespace dossier {
namespace {

enum class Byte : unsigned char {
  bad,      // cannot stand in a name
  letter,   // anywhere: A-Z a-z _
  digit,    // anywhere in a local name or label
  inner,    // '-': not first
  dot,      // neither first nor last
  colon,    // anywhere in a local name
  percent,  // with two hex digits behind it
  escape,   // in a local name behind a backslash
  wide,     // begins a character beyond ASCII
};

constexpr std::array<Byte, 256> kBytes = [] {
  std::array<Byte, 256> table{};
  for (unsigned c = 'a'; c <= 'z'; ++c) table[c] = table[c - 'a' + 'A'] = Byte::letter;
  for (unsigned c = '0'; c <= '9'; ++c) table[c] = Byte::digit;
  table['_'] = Byte::letter;
  table['-'] = Byte::inner;
  table['.'] = Byte::dot;
  table[':'] = Byte::colon;
  table['%'] = Byte::percent;
  for (const char c : {'~', '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=', '@'})
    table[static_cast<unsigned char>(c)] = Byte::escape;
  for (std::size_t c = 0x80; c < 0x100; ++c) table[c] = Byte::wide;
  return table;
}();

Byte kind_of(char c) {
  return kBytes[static_cast<unsigned char>(c)];
}

constexpr std::string_view kEncoded = "__";  // begins an encoded label
constexpr std::string_view kHexDigits = "0123456789ABCDEF";

// In an encoded label as it is.
bool stands_encoded(char c) {
  return kind_of(c) == Byte::digit || (kind_of(c) == Byte::letter && c != '_');
}

// The size of the name character at the front of `text`, or 0.
std::size_t wide_size(std::string_view text, bool first) {
  const CodePoint c = decode_utf8(text);
  return is_pn_chars_base(c.value) || (!first && is_pn_chars(c.value)) ? c.size : 0;
}

// PN_CHARS_U or a digit first, PN_CHARS and '.' inside, no '.' at the end.
bool is_dotted_name(std::string_view name, bool digit_first) {
  if (name.empty() || name.back() == '.') return false;
  for (std::size_t i = 0; i < name.size();) {
    const Byte kind = kind_of(name[i]);
    std::size_t size = 1;
    if (kind == Byte::wide) {
      size = wide_size(name.substr(i), i == 0);
    } else if (kind == Byte::digit) {
      size = i > 0 || digit_first ? 1 : 0;
    } else if (kind == Byte::inner || kind == Byte::dot) {
      size = i > 0 ? 1 : 0;
    } else if (kind != Byte::letter) {
      size = 0;
    }
    if (size == 0) return false;
    i += size;
  }
  return true;
}

}  // namespace

char* write_local_name(char* to, std::string_view local) {
  const char* const begin = local.data();
  const char* const end = begin + local.size();
  for (const char* at = begin; at != end;) {
    const Byte kind = kind_of(*at);
    if (kind <= Byte::digit && kind != Byte::bad) {
      *to++ = *at++;
      continue;
    }
    bool escaped = false;
    std::size_t size = 1;
    switch (kind) {
      case Byte::letter:
      case Byte::digit:
      case Byte::colon:
        break;
      case Byte::inner:
        escaped = at == begin;
        break;
      case Byte::dot:
        if (at + 1 == end) return nullptr;  // "\." there is valid, but some readers stumble
        escaped = at == begin;
        break;
      case Byte::percent:
        escaped = end - at < 3 || !has_class(at[1], kHex) || !has_class(at[2], kHex);
        break;
      case Byte::escape:
        escaped = true;
        break;
      case Byte::wide:
        size = wide_size({at, static_cast<std::size_t>(end - at)}, at == begin);
        if (size == 0) return nullptr;
        break;
      case Byte::bad:
        return nullptr;
    }
    if (escaped) *to++ = '\\';
    to = std::copy_n(at, size, to);
    at += size;
  }
  return to;
}

bool is_local_name(std::string_view local) {
  TextBuffer scratch;
  return write_local_name(scratch.room(2 * local.size() + 1), local) != nullptr;
}

bool is_prefix_name(std::string_view name) {
  return name.empty() || (name.front() != '_' && is_dotted_name(name, false));
}

bool is_plain_blank_label(std::string_view label) {
  return keeps_blank_label(label, [](std::string_view each) { return is_dotted_name(each, true); });
}

std::string encoded_blank_label(std::string_view label) {
  std::string out(kEncoded);
  for (const char c : label) {
    if (stands_encoded(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'_', kHexDigits[byte >> 4], kHexDigits[byte & 0xF]};
    }
  }
  return out;
}

std::optional<std::string> decoded_blank_label(std::string_view label) {
  if (!label.starts_with(kEncoded)) return std::nullopt;
  std::string out;
  for (std::size_t at = kEncoded.size(); at < label.size(); ++at) {
    if (stands_encoded(label[at])) {
      out += label[at];
      continue;
    }
    if (label[at] != '_' || label.size() - at < 3) return std::nullopt;
    const std::size_t high = kHexDigits.find(label[at + 1]);
    const std::size_t low = kHexDigits.find(label[at + 2]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    if (stands_encoded(out.back())) return std::nullopt;
    at += 2;
  }
  return out;
}

}  // namespace dossier
