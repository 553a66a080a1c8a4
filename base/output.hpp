// Buffered byte sinks, and files that appear whole or not at all. A sink is written by one thread.
// The first failed write is kept and later writes do nothing, so that writers need no check per
// call; `finish` tells.
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"

namespace dossier {

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  ByteSink(const ByteSink&) = delete;
  ByteSink& operator=(const ByteSink&) = delete;

  void append(std::string_view bytes) {
    if (bytes.size() > buffer_.size() - used_) {
      append_slow(bytes);
      return;
    }
    std::memcpy(buffer_.data() + used_, bytes.data(), bytes.size());
    used_ += bytes.size();
  }
  void append(char c) {
    if (used_ == buffer_.size()) flush();
    buffer_[used_++] = c;
  }
  template <class Integer>
    requires std::is_integral_v<Integer>
  void append_number(Integer value) {
    char* at = reserve(24);
    advance(static_cast<std::size_t>(std::to_chars(at, at + 24, value).ptr - at));
  }

  // At least `size` (at most kMaxReserve) bytes of room to write into; `advance` says how many were
  // used.
  static constexpr std::size_t kMaxReserve = std::size_t{64} << 10;
  char* reserve(std::size_t size) {
    if (size > buffer_.size() - used_) flush();
    return buffer_.data() + used_;
  }
  void advance(std::size_t size) { used_ += size; }

  // Hands the buffer on. Rarely called by writers.
  void flush();

  std::uint64_t bytes_written() const { return flushed_ + used_; }
  bool failed() const { return error_.has_value(); }

  // Writes all out, and for a file makes it appear. Must be called once; without it nothing
  // appears.
  Expected<void> finish();
  // The first half of `finish`: every byte is on the disk, but nothing has appeared. For files that
  // belong together: seal them all, and only then finish them all.
  Expected<void> seal();

 protected:
  explicit ByteSink(std::size_t buffer_bytes = std::size_t{1} << 20) : buffer_(buffer_bytes) {}
  virtual Expected<void> write_out(std::string_view bytes) = 0;
  virtual Expected<void> close_out() { return {}; }  // ends the bytes: what `seal` needs
  virtual Expected<void> appear() { return {}; }     // what `finish` does after it

 private:
  void append_slow(std::string_view bytes);
  void hand_on(std::string_view bytes);

  std::vector<char> buffer_;
  std::size_t used_ = 0;
  std::uint64_t flushed_ = 0;
  std::optional<Error> error_;
  bool sealed_ = false;
};

// Collects into a string that it owns.
class StringSink final : public ByteSink {
 public:
  StringSink() : ByteSink(std::size_t{64} << 10) {}
  // The text so far. The sink goes on from there.
  const std::string& text() {
    flush();
    return text_;
  }

 private:
  Expected<void> write_out(std::string_view bytes) override {
    text_.append(bytes);
    return {};
  }
  std::string text_;
};

// Counts and forgets.
class NullSink final : public ByteSink {
 private:
  Expected<void> write_out(std::string_view) override { return {}; }
};

// `path` "-" is stdout. A regular file is written under a temporary name in the same folder, synced
// and renamed by `finish`; a sink that dies before leaves nothing, and an older file of that name
// untouched. Devices and pipes are written directly. A name that ends in .gz or .zst is compressed.
// The folder must exist.
Expected<std::unique_ptr<ByteSink>> open_output(const std::filesystem::path& path);

}  // namespace dossier
