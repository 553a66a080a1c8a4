// Bytes that live as long as their owner. One thread fills an arena; afterwards any number may
// read. Blocks of 1 MiB, in large arenas of 4 MiB with large pages; a string larger than a quarter
// of the small block gets a block of its own, so at most a quarter of the memory is slack. Moving
// an arena keeps every pointer valid.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "base/large_memory.hpp"

namespace dossier {

class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) noexcept = default;
  Arena& operator=(Arena&&) noexcept = default;

  // A copy of `bytes` whose address stays valid until the arena dies.
  const char* copy(std::string_view bytes) {
    char* at = allocate(bytes.size());
    if (!bytes.empty()) std::memcpy(at, bytes.data(), bytes.size());
    return at;
  }

  // `size` bytes, not initialised, not aligned.
  char* allocate(std::size_t size) {
    if (size <= left_) {
      char* at = next_;
      next_ += size;
      left_ -= size;
      used_ += size;
      return at;
    }
    return allocate_block(size);
  }

  // `size` bytes, not initialised, aligned for any object of up to 16 bytes.
  char* allocate_aligned(std::size_t size) {
    constexpr std::size_t kAlign = 16;
    char* const at = allocate(size + kAlign - 1);
    const auto address = reinterpret_cast<std::uintptr_t>(at);
    return at + (kAlign - address % kAlign) % kAlign;
  }

  std::size_t used() const { return used_; }          // bytes handed out
  std::size_t reserved() const { return reserved_; }  // bytes held

 private:
  static constexpr std::size_t kBlock = std::size_t{1} << 20;
  static constexpr std::size_t kLargeBlock = 4 * kBlock;
  static constexpr std::size_t kSmallBlocks = 16;  // before large ones are worth it

  char* allocate_block(std::size_t size) {
    used_ += size;
    const bool own_block = size > kBlock / 4;
    const bool large = !own_block && blocks_.size() >= kSmallBlocks;
    const std::size_t block_size = own_block ? size : large ? kLargeBlock : kBlock;
    char* at = nullptr;
    if (large) {
      large_blocks_.emplace_back(static_cast<char*>(allocate_large(block_size)));
      at = large_blocks_.back().get();
    } else {
      blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_size));
      at = blocks_.back().get();
    }
    reserved_ += block_size;
    if (!own_block) {
      next_ = at + size;
      left_ = block_size - size;
    }
    return at;
  }

  struct FreeLarge {
    void operator()(char* memory) const { std::free(memory); }  // NOLINT: of allocate_large
  };

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::vector<std::unique_ptr<char[], FreeLarge>> large_blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t used_ = 0;
  std::size_t reserved_ = 0;
};

}  // namespace dossier
