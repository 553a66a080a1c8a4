// Memory that is given back in the opposite order, as the nesting of a document closes: `mark`,
// then `allocate`, then `release` to the mark. Addresses stay valid until released. Blocks are kept
// for reuse, but for those of their own that large texts got. An arena that keeps gives back only
// what `clear` gives back: all.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier {

class StackArena {
 public:
  struct Mark {
    std::uint32_t block = 0;
    std::uint32_t used = 0;
  };

  Mark mark() const { return at_; }
  void keep(bool keeps) { keeps_ = keeps; }
  void clear() {
    const bool kept = std::exchange(keeps_, false);
    release({});
    keeps_ = kept;
  }
  void release(Mark mark) {
    if (keeps_) return;
    while (blocks_.size() > std::size_t{mark.block} + 1 && blocks_.back().size > kBlock) {
      blocks_.pop_back();
    }
    at_ = mark;
  }

  // `size` bytes at a multiple of 8, not initialised.
  char* allocate(std::size_t size) {
    size = (size + 7) & ~std::size_t{7};
    if (blocks_.empty() || size > blocks_[at_.block].size - at_.used) next_block(size);
    char* bytes = blocks_[at_.block].bytes.get() + at_.used;
    at_.used += static_cast<std::uint32_t>(size);
    return bytes;
  }
  // Gives back the end of the newest allocation: `used` of its bytes stay.
  void shrink(const char* newest, std::size_t used) {
    used = (used + 7) & ~std::size_t{7};
    const char* start = blocks_[at_.block].bytes.get();
    at_.used = static_cast<std::uint32_t>(static_cast<std::size_t>(newest - start) + used);
  }

  std::string_view copy(std::string_view bytes) {
    char* at = allocate(bytes.size());
    if (!bytes.empty()) std::memcpy(at, bytes.data(), bytes.size());
    return {at, bytes.size()};
  }
  template <class T>
  T* make(const T& value) {
    static_assert(alignof(T) <= 8 && std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T))) T(value);
  }

 private:
  static constexpr std::size_t kBlock = std::size_t{64} << 10;
  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };

  void next_block(std::size_t size) {
    const std::size_t next = blocks_.empty() ? 0 : at_.block + std::size_t{1};
    if (next == blocks_.size() || blocks_[next].size < size) {
      blocks_.resize(next);
      const std::size_t bytes = std::max(size, kBlock);
      blocks_.push_back({std::make_unique_for_overwrite<char[]>(bytes), bytes});
    }
    at_ = {static_cast<std::uint32_t>(next), 0};
  }

  std::vector<Block> blocks_;
  Mark at_;
  bool keeps_ = false;
};

}  // namespace dossier
