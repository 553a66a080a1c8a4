// The set of statements that were written, by their 128-bit fingerprints (XXH3-128 of the line):
// two different lines of 10^9 fall together with a chance under 10^-20. One thread. 16 bytes an
// entry, at most three quarters full. `prefetch` some entries ahead hides the cache miss, which is
// all that an insertion costs.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/hash.hpp"

namespace dossier {

struct Fingerprint {
  std::uint64_t low = 0;
  std::uint64_t high = 0;  // both 0 marks an empty slot; a fingerprint never is

  static Fingerprint of(std::string_view bytes, std::uint64_t seed = 0) {
    const XXH128_hash_t hash = seed == 0 ? XXH3_128bits(bytes.data(), bytes.size())
                                         : XXH3_128bits_withSeed(bytes.data(), bytes.size(), seed);
    return {hash.low64 | 1, hash.high64};
  }
  friend auto operator<=>(const Fingerprint&, const Fingerprint&) = default;
};

class FingerprintSet {
 public:
  FingerprintSet() : slots_(kFirstSlots), mask_(kFirstSlots - 1) {}

  void prefetch(const Fingerprint& print) const { __builtin_prefetch(&slots_[place(print)]); }

  // False when it is there already.
  bool insert(const Fingerprint& print) {
    if (is_full()) grow();
    for (std::size_t at = place(print);; at = (at + 1) & mask_) {
      if (slots_[at] == print) return false;
      if (slots_[at].low == 0) {
        slots_[at] = print;
        ++used_;
        return true;
      }
    }
  }

  // The next insertion makes it grow.
  bool is_full() const { return (used_ + 1) * 4 > slots_.size() * 3; }
  // Its memory stays.
  void clear() {
    std::fill(slots_.begin(), slots_.end(), Fingerprint{});
    used_ = 0;
  }
  template <class Take>
  void for_each(Take&& take) const {
    for (const Fingerprint& print : slots_) {
      if (print.low != 0) take(print);
    }
  }

  std::size_t size() const { return used_; }
  std::size_t bytes() const { return slots_.capacity() * sizeof(Fingerprint); }

 private:
  static constexpr std::size_t kFirstSlots = std::size_t{1} << 12;

  std::size_t place(const Fingerprint& print) const {
    return static_cast<std::size_t>(print.high) & mask_;
  }
  void grow() {
    std::vector<Fingerprint> larger(slots_.size() * 2);
    const std::size_t mask = larger.size() - 1;
    for (const Fingerprint& print : slots_) {
      if (print.low == 0) continue;
      std::size_t at = static_cast<std::size_t>(print.high) & mask;
      while (larger[at].low != 0) at = (at + 1) & mask;
      larger[at] = print;
    }
    slots_ = std::move(larger);
    mask_ = mask;
  }

  std::vector<Fingerprint> slots_;
  std::size_t mask_ = 0;
  std::size_t used_ = 0;
};

}  // namespace dossier
