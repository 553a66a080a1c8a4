#include "sources/line_chunks.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/text.hpp"

namespace dossier {

LineChunks::LineChunks(ByteSource& source, std::size_t block_bytes, std::size_t max_line_bytes)
    : source_(source), block_(std::max<std::size_t>(block_bytes, 16)), max_line_(max_line_bytes) {}

LineChunk LineChunks::take(std::size_t capacity) {
  {
    const std::scoped_lock lock(mutex_);
    if (!spare_.empty() && spare_.back().capacity >= capacity) {
      LineChunk chunk = std::move(spare_.back());
      spare_.pop_back();
      return chunk;
    }
  }
  LineChunk chunk;
  chunk.bytes = std::make_unique_for_overwrite<char[]>(capacity + kPadding);
  chunk.capacity = capacity;
  return chunk;
}

void LineChunks::give_back(LineChunk&& chunk) {
  if (chunk.capacity > 2 * block_) return;
  const std::scoped_lock lock(mutex_);
  spare_.push_back(std::move(chunk));
}

void LineChunks::grow(LineChunk& chunk, std::size_t capacity) {
  if (chunk.capacity >= capacity) return;
  auto larger = std::make_unique_for_overwrite<char[]>(capacity + kPadding);
  std::memcpy(larger.get(), chunk.bytes.get(), chunk.size);
  chunk.bytes = std::move(larger);
  chunk.capacity = capacity;
}

// Behind the last line end of `text`, or 0; nothing ends in the first `searched` bytes. A CR is one
// only when it is certain that no LF follows.
std::size_t LineChunks::last_line_end(std::string_view text, std::size_t searched) {
  const std::size_t lf = text.substr(searched).rfind('\n');
  if (lf != std::string_view::npos) return searched + lf + 1;
  const std::size_t from = searched > 0 ? searched - 1 : 0;
  if (text.size() < from + 2) return 0;
  const std::size_t cr = text.substr(from, text.size() - from - 1).rfind('\r');
  return cr == std::string_view::npos ? 0 : from + cr + 1;
}

std::optional<LineChunk> LineChunks::next() {
  if (ended_) return std::nullopt;
  // Where chunks end must not depend on which memory is used again.
  std::size_t room_in_all = std::max(block_, carried_.size() * 2);
  LineChunk chunk = take(room_in_all);
  chunk.offset = offset_;
  chunk.error.reset();
  chunk.size = carried_.size();
  if (!carried_.empty()) std::memcpy(chunk.bytes.get(), carried_.data(), carried_.size());
  carried_.clear();
  std::size_t searched = chunk.size;
  std::size_t end = 0;
  while (end == 0 && !ended_) {
    if (chunk.size == room_in_all) grow(chunk, room_in_all *= 2);
    const std::span<char> room(chunk.bytes.get() + chunk.size, room_in_all - chunk.size);
    const Expected<std::size_t> got = source_.read(room);
    if (!got) chunk.error = got.error();
    ended_ = !got || *got < room.size();
    chunk.size += got.value_or(0);
    end = last_line_end(chunk.text(), searched);
    searched = chunk.size;
    if (end == 0 && !ended_ && chunk.size > max_line_) {
      chunk.error = fail(code::limit_exceeded, {source_.name()},
                         fmt::format("a line is longer than {} bytes (max-literal-bytes and some)",
                                     with_separators(max_line_)),
                         "raise it with --limit max-literal-bytes=N")
                        .error();
      ended_ = true;
      chunk.size = 0;
    }
  }
  if (!ended_) {
    carried_.assign(chunk.bytes.get() + end, chunk.bytes.get() + chunk.size);
    chunk.size = end;
  }
  if (chunk.size == 0 && !chunk.error) return std::nullopt;
  std::memset(chunk.bytes.get() + chunk.size, '\n', kPadding);
  offset_ += chunk.size;
  if (first_ && chunk.text().starts_with("\xEF\xBB\xBF")) {
    // A byte order mark is no part of the text; blanks keep the offsets.
    std::memset(chunk.bytes.get(), ' ', 3);
  }
  first_ = false;
  return chunk;
}

}  // namespace dossier
