#include "base/utf8.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <immintrin.h>
#endif

namespace dossier {
namespace {

unsigned char byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// Table 3-7 of the Unicode standard: the range of the second byte depends on the first.
std::size_t sequence_size(std::string_view bytes, std::size_t at) {
  const unsigned char first = byte_at(bytes, at);
  const std::size_t left = bytes.size() - at;
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (left < size) return 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (first == 0xE0) low = 0xA0;
  if (first == 0xED) high = 0x9F;
  if (first == 0xF0) low = 0x90;
  if (first == 0xF4) high = 0x8F;
  const unsigned char second = byte_at(bytes, at + 1);
  if (second < low || second > high) return 0;
  for (std::size_t i = 2; i < size; ++i) {
    if ((byte_at(bytes, at + i) & 0xC0) != 0x80) return 0;
  }
  return size;
}

// The offset of the first byte from `at` on that is not ASCII, or a little before it.
std::size_t skip_ascii(std::string_view bytes, std::size_t at) {
  const std::size_t size = bytes.size();
#ifdef __SSE2__
  const auto load = [&bytes](std::size_t from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + from));
  };
  for (; at + 64 <= size; at += 64) {
    const __m128i any = _mm_or_si128(_mm_or_si128(load(at), load(at + 16)),
                                     _mm_or_si128(load(at + 32), load(at + 48)));
    if (_mm_movemask_epi8(any) != 0) break;
  }
  for (; at + 16 <= size; at += 16) {
    const auto high = static_cast<unsigned>(_mm_movemask_epi8(load(at)));
    if (high != 0) return at + static_cast<std::size_t>(std::countr_zero(high));
  }
#endif
  for (; at + 8 <= size; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    if ((word & 0x8080'8080'8080'8080u) != 0) break;
  }
  return at;
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view bytes) {
  std::size_t at = 0;
  const std::size_t size = bytes.size();
  while (at < size) {
    at = skip_ascii(bytes, at);
    if (at >= size) break;
    const std::size_t step = sequence_size(bytes, at);
    if (step == 0) return at;
    at += step;
  }
  return kUtf8Valid;
}

CodePoint decode_utf8(std::string_view bytes) {
  if (bytes.empty()) return {};
  const std::size_t size = sequence_size(bytes, 0);
  if (size == 0) return {};
  const unsigned char first = byte_at(bytes, 0);
  if (size == 1) return {first, 1};
  char32_t value = first & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) value = (value << 6) | (byte_at(bytes, i) & 0x3Fu);
  return {value, size};
}

std::size_t encode_utf8(char* out, char32_t value) {
  const auto put = [&out](unsigned v) { *out++ = static_cast<char>(v); };
  if (value < 0x80) {
    put(value);
    return 1;
  }
  if (value < 0x800) {
    put(0xC0u | (value >> 6));
    put(0x80u | (value & 0x3Fu));
    return 2;
  }
  if (value < 0x10000) {
    put(0xE0u | (value >> 12));
    put(0x80u | ((value >> 6) & 0x3Fu));
    put(0x80u | (value & 0x3Fu));
    return 3;
  }
  put(0xF0u | (value >> 18));
  put(0x80u | ((value >> 12) & 0x3Fu));
  put(0x80u | ((value >> 6) & 0x3Fu));
  put(0x80u | (value & 0x3Fu));
  return 4;
}

void append_utf8(std::string& out, char32_t value) {
  char buffer[4];
  out.append(buffer, encode_utf8(buffer, value));
}

std::size_t count_code_points(std::string_view bytes) {
  return static_cast<std::size_t>(std::ranges::count_if(
      bytes, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace dossier
