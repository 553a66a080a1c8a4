// Where the special characters of a table stand, 64 bytes at a time, as bit masks: bit i is byte i.
// SSE2, which every x86-64 has, does it at about 10 GB/s; elsewhere a loop gives the same masks.
// `CsvQuoteState` then tells which bytes stand between quotes (a prefix exclusive-or of the quote
// mask, the idea of simdjson), and where that reckoning cannot be trusted: a quote in the middle of
// an unquoted cell, or text after a closing quote. There the row is read again by csv_row.hpp.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace dossier {

inline constexpr std::size_t kMaskBytes = 64;

struct CsvMasks {
  std::uint64_t quote = 0;
  std::uint64_t delimiter = 0;
  std::uint64_t cr = 0;
  std::uint64_t lf = 0;
  std::uint64_t odd = 0;  // NUL or not ASCII: the text must be looked at
};

class CsvMasker {
 public:
  // A quote of 0 means that nothing is quoted.
  CsvMasker(char delimiter, char quote)
      : delimiter_(delimiter), quote_(quote), quoting_(quote != 0 ? ~std::uint64_t{0} : 0) {}

  // 64 bytes must be readable at `at`.
  CsvMasks operator()(const char* at) const {
    CsvMasks out;
#if defined(__SSE2__)
    const __m128i delimiter = _mm_set1_epi8(delimiter_);
    const __m128i quote = _mm_set1_epi8(quote_);
    const __m128i cr = _mm_set1_epi8('\r');
    const __m128i lf = _mm_set1_epi8('\n');
    const __m128i one = _mm_set1_epi8(1);
    for (unsigned part = 0; part < 4; ++part) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + part * 16));
      const unsigned shift = part * 16;
      out.delimiter |= bits(_mm_cmpeq_epi8(bytes, delimiter)) << shift;
      out.quote |= bits(_mm_cmpeq_epi8(bytes, quote)) << shift;
      out.cr |= bits(_mm_cmpeq_epi8(bytes, cr)) << shift;
      out.lf |= bits(_mm_cmpeq_epi8(bytes, lf)) << shift;
      out.odd |= bits(_mm_cmpgt_epi8(one, bytes)) << shift;  // signed: 0 and 0x80 to 0xFF
    }
#else
    for (unsigned i = 0; i < kMaskBytes; ++i) {
      const std::uint64_t bit = std::uint64_t{1} << i;
      if (at[i] == delimiter_) out.delimiter |= bit;
      if (at[i] == quote_) out.quote |= bit;
      if (at[i] == '\r') out.cr |= bit;
      if (at[i] == '\n') out.lf |= bit;
      if (static_cast<signed char>(at[i]) < 1) out.odd |= bit;
    }
#endif
    out.quote &= quoting_;
    return out;
  }

  // The same for the last `size` < 64 bytes of a text; bits past them are 0.
  CsvMasks tail(const char* at, std::size_t size) const {
    char padded[kMaskBytes] = {};
    std::memcpy(padded, at, size);
    CsvMasks out = (*this)(padded);
    const std::uint64_t valid = (std::uint64_t{1} << size) - 1;
    out.quote &= valid;
    out.delimiter &= valid;
    out.cr &= valid;
    out.lf &= valid;
    out.odd &= valid;
    return out;
  }

 private:
#if defined(__SSE2__)
  static std::uint64_t bits(__m128i matches) {
    return static_cast<unsigned>(_mm_movemask_epi8(matches));
  }
#endif
  char delimiter_;
  char quote_;
  std::uint64_t quoting_;
};

// Bit i of the result is the exclusive-or of bits 0 to i.
inline std::uint64_t prefix_xor(std::uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
}

// Carries the reckoning from one mask to the next; begins at the start of a row.
class CsvQuoteState {
 public:
  struct Step {
    std::uint64_t ends;        // CR and LF outside of quotes
    std::uint64_t delimiters;  // outside of quotes
    std::uint64_t doubtful;    // from the lowest of these bits on, nothing above holds
  };

  Step operator()(const CsvMasks& masks) {
    const std::uint64_t inside = prefix_xor(masks.quote) ^ inside_;
    const std::uint64_t special = masks.delimiter | masks.cr | masks.lf | masks.quote;
    const std::uint64_t openers = masks.quote & inside;
    const std::uint64_t closers = masks.quote & ~inside;
    Step step;
    step.ends = (masks.cr | masks.lf) & ~inside;
    step.delimiters = masks.delimiter & ~inside;
    step.doubtful = (openers & ~((special << 1) | after_special_)) |
                    (((closers << 1) | after_closer_) & ~special);
    inside_ = std::uint64_t{0} - (inside >> 63);
    after_special_ = special >> 63;
    after_closer_ = closers >> 63;
    return step;
  }

  bool inside() const { return inside_ != 0; }

 private:
  std::uint64_t inside_ = 0;  // all ones between quotes
  std::uint64_t after_special_ = 1;
  std::uint64_t after_closer_ = 0;
};

}  // namespace dossier
