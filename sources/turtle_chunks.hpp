// Chunks of a Turtle document that are likely to be whole statements: they end behind a line whose
// last letter is a dot, and blank ones, and before one that is not indented. Whether they are is
// for the reader of the chunk to find out. One thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/input.hpp"

namespace dossier {

struct TurtleChunk {
  std::vector<char> text;
  std::uint64_t offset = 0;  // in the source
};

class TurtleChunks {
 public:
  static constexpr std::size_t kMostBlocks = 16;  // looked through for the end of a chunk

  // `head` stands before what the source gives, at `offset`.
  TurtleChunks(ByteSource& source, std::vector<char> head, std::uint64_t offset,
               std::size_t block_bytes);

  // None when no chunk can be cut off: near the end of the source, where reading fails, or where no
  // line looks like the end of a statement.
  std::optional<TurtleChunk> next();

  // What is in no chunk and was read already.
  std::vector<char> take_rest() { return std::move(carried_); }

 private:
  static std::size_t last_border(std::string_view text);
  bool fill(std::size_t bytes);

  ByteSource& source_;
  std::vector<char> carried_;
  std::uint64_t offset_;
  std::size_t block_;
};

}  // namespace dossier
