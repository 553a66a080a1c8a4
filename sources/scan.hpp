// Searches for the byte that ends a run inside an IRI or a string, and for line ends: 16 bytes at a
// step where the machine has SSE2, which every x86-64 has. The hot loops of the RDF readers. No
// state.
#pragma once

#include <bit>
#include <cstddef>
#include <cstring>
#include <string_view>

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

// How often `c` stands in the text.
inline std::size_t count_of(std::string_view text, char c) {
  const char* at = text.data();
  const char* const end = at + text.size();
  std::size_t count = 0;
#ifdef __SSE2__
  while (end - at >= 16) {
    constexpr int kMost = 255;  // that a byte counts
    __m128i counts = _mm_setzero_si128();
    for (int i = 0; i < kMost && end - at >= 16; ++i, at += 16) {
      counts = _mm_sub_epi8(counts, detail::equal(detail::load(at), c));
    }
    const __m128i sums = _mm_sad_epu8(counts, _mm_setzero_si128());
    count += static_cast<std::size_t>(_mm_cvtsi128_si64(sums)) +
             static_cast<std::size_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
  }
#endif
  for (; at != end; ++at) count += *at == c ? 1 : 0;
  return count;
}

// Behind the last `c` of the text, or 0.
inline std::size_t behind_last(std::string_view text, char c) {
  if (text.empty()) return 0;
  const void* found = ::memrchr(text.data(), c, text.size());
  if (found == nullptr) return 0;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + 1;
}

}  // namespace dossier
