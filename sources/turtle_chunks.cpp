#include "sources/turtle_chunks.hpp"

#include <algorithm>

#include "sources/scan.hpp"

namespace dossier {

TurtleChunks::TurtleChunks(ByteSource& source, std::vector<char> head, std::uint64_t offset,
                           std::size_t block_bytes)
    : source_(source),
      carried_(std::move(head)),
      offset_(offset),
      block_(std::max<std::size_t>(block_bytes, 16)) {}

// Behind the last line end that looks like the end of a statement, or 0. Blank lines may follow the
// dot.
std::size_t TurtleChunks::last_border(std::string_view text) {
  for (std::size_t at = behind_last(text.substr(0, text.size() - 1), '\n'); at > 1;
       at = behind_last(text.substr(0, at - 1), '\n')) {
    const std::size_t last = text.find_last_not_of(" \t\r\n", at - 2);
    const char next = text[at];
    const bool new_statement = next != ' ' && next != '\t' && next != '\r' && next != '\n';
    if (new_statement && last != std::string_view::npos && text[last] == '.') return at;
  }
  return 0;
}

// Reads until `bytes` are at hand. False at the end of the source, and when reading fails.
bool TurtleChunks::fill(std::size_t bytes) {
  const std::size_t before = carried_.size();
  if (before >= bytes) return true;
  carried_.resize(bytes);
  const Expected<std::size_t> got = source_.read(std::span(carried_).subspan(before));
  carried_.resize(before + got.value_or(0));
  return carried_.size() == bytes;
}

std::optional<TurtleChunk> TurtleChunks::next() {
  for (std::size_t bytes = block_; bytes <= kMostBlocks * block_; bytes *= 2) {
    if (!fill(bytes)) return std::nullopt;
    const std::size_t border = last_border({carried_.data(), bytes});
    if (border == 0) continue;
    TurtleChunk chunk{std::move(carried_), offset_};
    const auto end = chunk.text.begin() + static_cast<std::ptrdiff_t>(border);
    carried_.assign(end, chunk.text.end());
    chunk.text.erase(end, chunk.text.end());
    offset_ += border;
    return chunk;
  }
  return std::nullopt;
}

}  // namespace dossier
