#include "sources/json_scan.hpp"

#include <bit>
#include <cstring>

#include "sources/csv_masks.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace dossier {
namespace {

struct JsonMasks {
  std::uint64_t quote = 0;
  std::uint64_t backslash = 0;
  std::uint64_t open = 0;
  std::uint64_t close = 0;
  std::uint64_t comma = 0;
};

JsonMasks json_masks(const char* at) {
  JsonMasks out;
#if defined(__SSE2__)
  const auto equal = [](__m128i bytes, char c) {
    return static_cast<std::uint64_t>(
        static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)))));
  };
  for (unsigned part = 0; part < 4; ++part) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + part * 16));
    // '[' and '{', ']' and '}' differ in bit 5 only.
    const __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    const unsigned shift = part * 16;
    out.quote |= equal(bytes, '"') << shift;
    out.backslash |= equal(bytes, '\\') << shift;
    out.open |= equal(folded, '{') << shift;
    out.close |= equal(folded, '}') << shift;
    out.comma |= equal(bytes, ',') << shift;
  }
#else
  for (unsigned i = 0; i < kMaskBytes; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    if (at[i] == '"') out.quote |= bit;
    if (at[i] == '\\') out.backslash |= bit;
    if (at[i] == '{' || at[i] == '[') out.open |= bit;
    if (at[i] == '}' || at[i] == ']') out.close |= bit;
    if (at[i] == ',') out.comma |= bit;
  }
#endif
  return out;
}

// The bytes that follow a backslash which is not itself escaped. `carry`: the first one does.
std::uint64_t find_escaped(std::uint64_t backslash, std::uint64_t& carry) {
  std::uint64_t escaped = carry;
  carry = 0;
  backslash &= ~escaped;
  while (backslash != 0) {
    const int at = std::countr_zero(backslash);
    if (at == 63) {
      carry = 1;
      break;
    }
    const std::uint64_t next = std::uint64_t{1} << (at + 1);
    escaped |= next;
    backslash &= ~(next | (next >> 1));
  }
  return escaped;
}

}  // namespace

void JsonScan::run(std::string_view text, bool whole) {
  while (close_ == kNowhere && scanned_ < text.size()) {
    const std::size_t left = text.size() - scanned_;
    if (left >= kMaskBytes) {
      step(text.data() + scanned_, kMaskBytes);
      continue;
    }
    if (!whole) return;
    char padded[kMaskBytes];
    std::memset(padded, ' ', kMaskBytes);
    std::memcpy(padded, text.data() + scanned_, left);
    step(padded, left);
  }
}

void JsonScan::step(const char* at, std::size_t size) {
  const JsonMasks masks = json_masks(at);
  std::uint64_t quotes = masks.quote;
  if ((masks.backslash | escaped_) != 0) quotes &= ~find_escaped(masks.backslash, escaped_);
  const std::uint64_t inside = prefix_xor(quotes) ^ inside_;
  inside_ = std::uint64_t{0} - (inside >> 63);
  if (quotes != 0) {
    last_quote_ = scanned_ + 63u - static_cast<unsigned>(std::countl_zero(quotes));
  }
  const std::uint64_t open = masks.open & ~inside;
  const std::uint64_t commas = masks.comma & ~inside;
  std::uint64_t from = ~std::uint64_t{0};  // bits behind the last bracket
  for (std::uint64_t brackets = open | (masks.close & ~inside); brackets != 0;
       brackets &= brackets - 1) {
    const std::uint64_t bracket = brackets & (0 - brackets);
    if (depth_ == 0) note_commas(commas & from & (bracket - 1));
    from = 0 - (bracket << 1);
    if ((open & bracket) != 0) {
      ++depth_;
    } else if (depth_-- == 0) {
      close_ = scanned_ + static_cast<unsigned>(std::countr_zero(bracket));
      return;
    }
  }
  if (depth_ == 0) note_commas(commas & from);
  scanned_ += size;
}

void JsonScan::note_commas(std::uint64_t commas) {
  if (commas == 0) return;
  end_ = scanned_ + 64u - static_cast<unsigned>(std::countl_zero(commas));
  commas_ += static_cast<unsigned>(std::popcount(commas));
}

void JsonScan::drop(std::size_t size) {
  scanned_ -= size;
  last_quote_ -= std::min(last_quote_, size);
  if (close_ != kNowhere) close_ -= size;
  end_ = 0;
  commas_ = 0;
}

}  // namespace dossier
