// Searches for the byte that ends a run inside an IRI or a string: 16 bytes at a step where the
// machine has SSE2, which every x86-64 has. The hot loops of the RDF readers. No state.
#pragma once

#include <bit>
#include <cstddef>

#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "graph/characters.hpp"

namespace dossier {

#ifdef __SSE2__
namespace detail {

inline __m128i load(const char* at) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
}
inline __m128i equal(__m128i bytes, char c) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}
inline unsigned mask_of(__m128i hits) {
  return static_cast<unsigned>(_mm_movemask_epi8(hits));
}

// Bytes that may not stand in IRIREF: up to 0x20, < > " { } | ^ ` and backslash.
inline unsigned iri_stops(__m128i bytes) {
  // With bit 1 cleared < and > fall together, and so do backslash and ^.
  const __m128i pairs = _mm_and_si128(bytes, _mm_set1_epi8(static_cast<char>(0xFD)));
  const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x20)), bytes);
  const __m128i brace = _mm_sub_epi8(bytes, _mm_set1_epi8(0x7B));  // { | } become 0 1 2
  const __m128i braces = _mm_cmpeq_epi8(_mm_min_epu8(brace, _mm_set1_epi8(2)), brace);
  const __m128i a = _mm_or_si128(_mm_or_si128(equal(pairs, 0x3C), equal(pairs, 0x5C)), low);
  const __m128i b = _mm_or_si128(_mm_or_si128(equal(bytes, '"'), equal(bytes, '`')), braces);
  return mask_of(_mm_or_si128(a, b));
}

// What ends a string between double quotes, and what canonical N-Triples escapes: controls, quote,
// backslash, DEL, and EF, with which U+FFFE and U+FFFF begin.
inline unsigned canonical_stops(__m128i bytes) {
  const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
  const __m128i ends = _mm_or_si128(equal(bytes, '"'), equal(bytes, '\\'));
  const __m128i rare = _mm_or_si128(equal(bytes, 0x7F), equal(bytes, static_cast<char>(0xEF)));
  return mask_of(_mm_or_si128(_mm_or_si128(low, ends), rare));
}

inline unsigned string_stops(__m128i bytes, char quote) {
  const __m128i ends = _mm_or_si128(equal(bytes, '\n'), equal(bytes, '\r'));
  return mask_of(_mm_or_si128(_mm_or_si128(equal(bytes, quote), equal(bytes, '\\')), ends));
}

}  // namespace detail
#endif

// The first byte of [at, end) that may not stand in IRIREF, or end.
inline const char* scan_iri(const char* at, const char* end) {
#ifdef __SSE2__
  for (; end - at >= 16; at += 16) {
    const unsigned hits = detail::iri_stops(detail::load(at));
    if (hits != 0) return at + std::countr_zero(hits);
  }
#endif
  while (at != end && !has_class(*at, kIriStop)) ++at;
  return at;
}

// The first quote, backslash or line end of [at, end), or end.
inline const char* scan_string(const char* at, const char* end, char quote) {
#ifdef __SSE2__
  for (; end - at >= 16; at += 16) {
    const unsigned hits = detail::string_stops(detail::load(at), quote);
    if (hits != 0) return at + std::countr_zero(hits);
  }
#endif
  while (at != end && *at != quote && *at != '\\' && *at != '\n' && *at != '\r') ++at;
  return at;
}

// The first quote or backslash of [at, end), or end: for long strings.
inline const char* scan_long_string(const char* at, const char* end, char quote) {
#ifdef __SSE2__
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = detail::load(at);
    const unsigned hits =
        detail::mask_of(_mm_or_si128(detail::equal(bytes, quote), detail::equal(bytes, '\\')));
    if (hits != 0) return at + std::countr_zero(hits);
  }
#endif
  while (at != end && *at != quote && *at != '\\') ++at;
  return at;
}

// For text that has one of the bytes looked for, and kScanPadding readable bytes behind its end.
inline constexpr std::size_t kScanPadding = 16;

inline const char* scan_iri_padded(const char* at) {
#ifdef __SSE2__
  for (;; at += 16) {
    const unsigned hits = detail::iri_stops(detail::load(at));
    if (hits != 0) return at + std::countr_zero(hits);
  }
#else
  while (!has_class(*at, kIriStop)) ++at;
  return at;
#endif
}

// The first byte that canonical_stops names.
inline const char* scan_canonical_padded(const char* at) {
#ifdef __SSE2__
  for (;; at += 16) {
    const unsigned hits = detail::canonical_stops(detail::load(at));
    if (hits != 0) return at + std::countr_zero(hits);
  }
#else
  for (;; ++at) {
    const auto byte = static_cast<unsigned char>(*at);
    if (byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F || byte == 0xEF) return at;
  }
#endif
}

inline const char* scan_string_padded(const char* at) {
#ifdef __SSE2__
  for (;; at += 16) {
    const unsigned hits = detail::string_stops(detail::load(at), '"');
    if (hits != 0) return at + std::countr_zero(hits);
  }
#else
  while (*at != '"' && *at != '\\' && *at != '\n' && *at != '\r') ++at;
  return at;
#endif
}

}  // namespace dossier
