// Which subjects of a source are made of more than one record: a superset of them, in memory that
// the number of records does not decide. Two Bloom filters of one word a key (Putze, Sanders,
// Singler, "Cache-, hash- and space-efficient Bloom filters"): a key whose bits are all in `once_`
// already goes into `again_` too. Any number of threads add; then any number ask. What is asked
// after a key was added twice is always yes; a wrong yes costs a look-up and no statement.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <memory>

namespace dossier {

class SubjectFilter {
 public:
  // For a source of `source_bytes`: a word for every 128 bytes, which is one for each record of a
  // usual table (one wrong yes among a thousand keys).
  // `max_bytes`: what both filters may take.
  explicit SubjectFilter(std::uint64_t source_bytes, std::uint64_t max_bytes = UINT64_MAX)
      : mask_(word_count(source_bytes, max_bytes) - 1),
        once_(std::make_unique<std::atomic<std::uint64_t>[]>(mask_ + 1)),
        again_(std::make_unique<std::atomic<std::uint64_t>[]>(mask_ + 1)) {}

  // Whether it was there, as far as the filter knows.
  bool add(std::uint64_t hash) {
    const std::uint64_t bits = bits_of(hash);
    const std::size_t at = hash & mask_;
    const std::uint64_t before = once_[at].fetch_or(bits, std::memory_order_relaxed);
    if ((before & bits) != bits) return false;
    again_[at].fetch_or(bits, std::memory_order_relaxed);
    return true;
  }
  bool repeats(std::uint64_t hash) const {
    const std::uint64_t bits = bits_of(hash);
    return (again_[hash & mask_].load(std::memory_order_relaxed) & bits) == bits;
  }
  void prefetch(std::uint64_t hash) const { __builtin_prefetch(&again_[hash & mask_]); }

 private:
  // From 1 GiB on the words are shared by more records, so that memory grows more slowly.
  static std::size_t word_count(std::uint64_t source_bytes, std::uint64_t max_bytes) {
    constexpr std::uint64_t kManyBytes = std::uint64_t{1} << 28;
    const std::uint64_t words =
        std::max(std::min(source_bytes, kManyBytes) / 128, source_bytes / 512);
    const std::uint64_t most = std::max<std::uint64_t>(max_bytes / 16, 64);
    return std::min(std::bit_ceil(std::max<std::uint64_t>(words, 64)), std::bit_floor(most));
  }
  static std::uint64_t bits_of(std::uint64_t hash) {
    constexpr std::uint64_t kOne = 1;
    return kOne << (hash >> 58) | kOne << (hash >> 52 & 63) | kOne << (hash >> 46 & 63);
  }

  std::size_t mask_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> once_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> again_;
};

}  // namespace dossier
