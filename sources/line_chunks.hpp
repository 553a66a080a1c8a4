// Chunks of whole lines out of a ByteSource, for readers that split their input over threads. A
// chunk owns its bytes; those that are given back are used again. `next` and `give_back` may be
// called from several threads, `next` by one at a time. A line longer than a block makes its chunk
// larger (by doubling).
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/input.hpp"

namespace dossier {

struct LineChunk {
  std::unique_ptr<char[]> bytes;
  std::size_t capacity = 0;
  std::size_t size = 0;        // a line end stands at size - 1 or at size; 64 readable bytes follow
  std::uint64_t offset = 0;    // of the first byte in the source
  std::optional<Error> error;  // reading went wrong behind these bytes

  std::string_view text() const { return {bytes.get(), size}; }
};

class LineChunks {
 public:
  LineChunks(ByteSource& source, std::size_t block_bytes, std::size_t max_line_bytes);

  std::optional<LineChunk> next();
  void give_back(LineChunk&& chunk);

 private:
  static constexpr std::size_t kPadding = 64;

  LineChunk take(std::size_t capacity);
  static void grow(LineChunk& chunk, std::size_t capacity);
  static std::size_t last_line_end(std::string_view text, std::size_t searched);

  ByteSource& source_;
  std::size_t block_;
  std::size_t max_line_;
  std::vector<char> carried_;  // the line that the last chunk cut
  std::uint64_t offset_ = 0;
  bool first_ = true;
  bool ended_ = false;
  std::mutex mutex_;
  std::vector<LineChunk> spare_;
};

}  // namespace dossier
