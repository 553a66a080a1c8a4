#include "mapping/term_format.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "base/utf8.hpp"
#include "graph/characters.hpp"
#include "graph/language_tag.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

constexpr char kHexDigits[] = "0123456789ABCDEF";

// [RFC 3986] unreserved
bool is_unreserved(char c) {
  return has_class(c, kAlphanumeric) || c == '-' || c == '.' || c == '_' || c == '~';
}

unsigned char byte_of(char c) {
  return static_cast<unsigned char>(c);
}

char* put_percent(char* at, unsigned char byte) {
  at[0] = '%';
  at[1] = kHexDigits[byte >> 4];
  at[2] = kHexDigits[byte & 15];
  return at + 3;
}

constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101u;
constexpr std::uint64_t kHighs = kOnes << 7;

// A high bit in each byte of `word` that equals `c`, or that is below `bound` (at most 128). Exact
// for the lowest such byte, which is all that is asked.
constexpr std::uint64_t bytes_equal(std::uint64_t word, unsigned char c) {
  const std::uint64_t x = word ^ (kOnes * c);
  return (x - kOnes) & ~x & kHighs;
}
constexpr std::uint64_t bytes_below(std::uint64_t word, unsigned char bound) {
  return (word - kOnes * bound) & ~word & kHighs;
}

bool needs_literal_escape(unsigned char c) {
  return c < 0x20 || c == '"' || c == '\\' || c == 0x7F;
}

char* put_literal_escape(char* at, unsigned char c) {
  *at++ = '\\';
  switch (c) {
    case '\b':
      *at++ = 'b';
      return at;
    case '\t':
      *at++ = 't';
      return at;
    case '\n':
      *at++ = 'n';
      return at;
    case '\f':
      *at++ = 'f';
      return at;
    case '\r':
      *at++ = 'r';
      return at;
    case '"':
    case '\\':
      *at++ = static_cast<char>(c);
      return at;
    default:
      break;
  }
  const char code[] = {'u', '0', '0', kHexDigits[c >> 4], kHexDigits[c & 15]};
  return std::copy(std::begin(code), std::end(code), at);
}

}  // namespace

void ByteBuffer::grow(std::size_t size) {
  const std::size_t capacity = std::max(std::size_t{4096}, std::bit_ceil(size_ + size));
  auto data = std::make_unique_for_overwrite<char[]>(capacity);
  if (size_ > 0) std::memcpy(data.get(), data_.get(), size_);
  data_ = std::move(data);
  capacity_ = capacity;
}

void append_percent_encoded(ByteBuffer& out, std::string_view text, bool keep_unicode) {
  char* const begin = out.reserve(text.size() * 3);
  char* to = begin;
  for (std::size_t at = 0; at < text.size();) {
    const unsigned char c = byte_of(text[at]);
    if (is_unreserved(text[at])) {
      *to++ = text[at++];
      continue;
    }
    std::size_t size = 1;
    if (c >= 0x80 && keep_unicode) {
      const CodePoint point = decode_utf8(text.substr(at));
      size = std::max<std::size_t>(point.size, 1);
      if (is_ucschar(point.value)) {
        to = std::copy_n(text.data() + at, size, to);
        at += size;
        continue;
      }
    }
    for (std::size_t i = 0; i < size; ++i) to = put_percent(to, byte_of(text[at + i]));
    at += size;
  }
  out.advance(static_cast<std::size_t>(to - begin));
}

void append_label(ByteBuffer& out, std::string_view text) {
  char* const begin = out.reserve(text.size() * 3);
  char* to = begin;
  for (const char each : text) {
    const unsigned char c = byte_of(each);
    if (has_class(each, kAlphanumeric)) {
      *to++ = each;
      continue;
    }
    *to++ = '_';
    *to++ = kHexDigits[c >> 4];
    *to++ = kHexDigits[c & 15];
  }
  out.advance(static_cast<std::size_t>(to - begin));
}

void append_literal_escaped(ByteBuffer& out, std::string_view text) {
  char* const begin = out.reserve(text.size() * 6 + 8);
  char* to = begin;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (;;) {
    // Copies words of eight bytes as long as they need no escape.
    while (end - at >= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, at, 8);
      const std::uint64_t hits = bytes_below(word, 0x20) | bytes_equal(word, '"') |
                                 bytes_equal(word, '\\') | bytes_equal(word, 0x7F);
      std::memcpy(to, &word, 8);
      if (hits != 0) {
        const int clean = std::countr_zero(hits) / 8;
        at += clean;
        to += clean;
        break;
      }
      at += 8;
      to += 8;
    }
    while (at != end && !needs_literal_escape(byte_of(*at)) && end - at < 8) *to++ = *at++;
    if (at == end) break;
    if (needs_literal_escape(byte_of(*at))) to = put_literal_escape(to, byte_of(*at++));
  }
  out.advance(static_cast<std::size_t>(to - begin));
}

void append_iri_escaped(ByteBuffer& out, std::string_view text) {
  char* const begin = out.reserve(text.size() * 6);
  char* to = begin;
  for (const char each : text) {
    const unsigned char c = byte_of(each);
    if (!has_class(each, kIriStop) || each == ' ') {
      *to++ = each;
      continue;
    }
    const char code[] = {'\\', 'u', '0', '0', kHexDigits[c >> 4], kHexDigits[c & 15]};
    to = std::copy(std::begin(code), std::end(code), to);
  }
  out.advance(static_cast<std::size_t>(to - begin));
}

bool is_real_language_tag(std::string_view tag) {
  if (!is_language_tag(tag)) return false;
  const std::size_t first = std::min(tag.find('-'), tag.size());
  return first > 1 ||
         (first < tag.size() && std::string_view("ixIX").find(tag[0]) != std::string_view::npos);
}

void append_natural(ByteBuffer& out, const Value& value) {
  const std::string_view text = value.text();
  if (value.type != ValueType::real) {
    out.append(text);
    // Whole numbers are told from integers: 30.0
    const bool whole = text.find_first_not_of("-0123456789") == std::string_view::npos;
    if (value.type == ValueType::plain_real && whole) out.append(".0");
    return;
  }
  double number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || !std::isfinite(number)) {
    out.append(text);
    return;
  }
  // [XSD 1.1] canonical double: one digit before the point, at least one behind it, E, exponent
  // without sign or leading zeros.
  char buffer[40];
  const auto written =
      std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
  const std::string_view shortest(buffer, static_cast<std::size_t>(written.ptr - buffer));
  const std::size_t e = shortest.find('e');
  const std::string_view mantissa = shortest.substr(0, e);
  out.append(mantissa);
  if (mantissa.find('.') == std::string_view::npos) out.append(".0");
  out.append('E');
  std::string_view exponent = shortest.substr(e + 1);
  if (exponent[0] == '-') out.append('-');
  exponent.remove_prefix(1);
  while (exponent.size() > 1 && exponent[0] == '0') exponent.remove_prefix(1);
  out.append(exponent);
}

std::string_view natural_datatype(ValueType type) {
  switch (type) {
    case ValueType::integer:
      return xsd::kInteger;
    case ValueType::decimal:
      return xsd::kDecimal;
    case ValueType::real:
    case ValueType::plain_real:
      return xsd::kDouble;
    case ValueType::boolean:
      return xsd::kBoolean;
    case ValueType::date:
      return xsd::kDate;
    case ValueType::date_time:
      return xsd::kDateTime;
    case ValueType::time:
      return "http://www.w3.org/2001/XMLSchema#time";
    case ValueType::binary:
      return "http://www.w3.org/2001/XMLSchema#hexBinary";
    case ValueType::absent:
    case ValueType::text:
    case ValueType::list:
      break;
  }
  return xsd::kString;
}

}  // namespace dossier
