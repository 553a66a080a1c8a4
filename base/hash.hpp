// 64-bit hashing of bytes (XXH3). The seed is fixed, so that a hash is the same in every run; no
// output may depend on the order of a hash table all the same.
#pragma once

#include <cstdint>
#include <string_view>

#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#include <xxhash.h>

namespace dossier {

inline std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed = 0) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

inline std::uint64_t hash_mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a ^ (b * 0x9E37'79B9'7F4A'7C15u);
  x ^= x >> 32;
  x *= 0xD6E8'FEB8'6659'FD93u;
  return x ^ (x >> 32);
}

}  // namespace dossier
