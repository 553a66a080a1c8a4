// Memory for what functions make of one record, given back all at once before the next: no
// allocation once the blocks are there. One thread.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace dossier {

class RowArena {
 public:
  // `size` bytes, not initialised, aligned for any object of up to 16 bytes.
  char* allocate(std::size_t size) {
    size = (size + kAlign - 1) / kAlign * kAlign;
    if (size > kBlock) {
      large_.push_back(std::make_unique_for_overwrite<char[]>(size));
      return large_.back().get();
    }
    if (block_ == blocks_.size() || size > kBlock - used_) {
      if (block_ < blocks_.size()) ++block_;
      if (block_ == blocks_.size()) blocks_.push_back(std::make_unique<Block>());
      used_ = 0;
    }
    char* const at = blocks_[block_]->bytes + used_;
    used_ += size;
    return at;
  }
  std::string_view copy(std::string_view bytes) {
    if (bytes.empty()) return {"", 0};
    char* const at = allocate(bytes.size());
    std::memcpy(at, bytes.data(), bytes.size());
    return {at, bytes.size()};
  }
  void reset() {
    block_ = 0;
    used_ = 0;
    large_.clear();
  }

 private:
  static constexpr std::size_t kAlign = 16;
  static constexpr std::size_t kBlock = std::size_t{1} << 15;
  struct Block {
    alignas(kAlign) char bytes[kBlock];
  };

  std::vector<std::unique_ptr<Block>> blocks_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
  std::vector<std::unique_ptr<char[]>> large_;
};

}  // namespace dossier
