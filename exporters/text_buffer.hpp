// A growing run of bytes that formatters write into through a plain pointer. Unlike std::string it
// never initialises what it is about to overwrite. One thread; a cleared buffer keeps its memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace dossier {

class TextBuffer {
 public:
  TextBuffer() = default;
  TextBuffer(TextBuffer&& other) noexcept { swap(other); }
  TextBuffer& operator=(TextBuffer&& other) noexcept {
    swap(other);
    return *this;
  }

  // The end of the text, with at least `size` bytes of room behind it. Hand the new end to
  // `commit`.
  char* room(std::size_t size) {
    if (size > static_cast<std::size_t>(limit_ - end_)) grow(size);
    return end_;
  }
  void commit(char* end) { end_ = end; }

  void append(std::string_view text) {
    char* to = room(text.size());
    if (!text.empty()) std::memcpy(to, text.data(), text.size());
    commit(to + text.size());
  }
  void append(char c) {
    char* to = room(1);
    *to = c;
    commit(to + 1);
  }
  void fill(std::size_t count, char c) {
    char* to = room(count);
    if (count > 0) std::memset(to, c, count);
    commit(to + count);
  }

  std::size_t size() const { return static_cast<std::size_t>(end_ - bytes_.get()); }
  std::string_view text() const { return {bytes_.get(), size()}; }
  void truncate(std::size_t size) { end_ = bytes_.get() + size; }
  void clear() { end_ = bytes_.get(); }

 private:
  void swap(TextBuffer& other) noexcept {
    std::swap(bytes_, other.bytes_);
    std::swap(end_, other.end_);
    std::swap(limit_, other.limit_);
  }

  void grow(std::size_t size) {
    const std::size_t used = size_now();
    const std::size_t capacity = std::max({used + size, used * 2, kFirst});
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    if (used > 0) std::memcpy(larger.get(), bytes_.get(), used);
    bytes_ = std::move(larger);
    end_ = bytes_.get() + used;
    limit_ = bytes_.get() + capacity;
  }
  std::size_t size_now() const { return bytes_ ? size() : 0; }

  static constexpr std::size_t kFirst = 4096;

  std::unique_ptr<char[]> bytes_;
  char* end_ = nullptr;
  char* limit_ = nullptr;
};

}  // namespace dossier
