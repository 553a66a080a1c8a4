// Walks over the tokens of JSON in a window that slides: finds the container whose elements are the
// records, and checks what stands before and behind it. Values that are passed by are checked in
// full but never held, so they may be larger than memory. About 300 MB/s.
#pragma once

#include <string>
#include <vector>

#include "base/arena.hpp"
#include "base/limits.hpp"
#include "sources/json_tree.hpp"
#include "sources/record_window.hpp"

namespace dossier {

class JsonCursor {
 public:
  JsonCursor(RecordWindow& window, const Limits& limits) : window_(window), limits_(limits) {}

  // The next byte that is not blank, or 0 at the end of the input.
  Expected<char> peek();
  // Passes over the byte that peek() gave.
  void skip_byte() { ++at_; }
  // Passes over `c`, or fails with what was wanted.
  Expected<void> expect(char c, std::string_view wanted);
  // A string, whose opening quote peek() gave; valid until the next call.
  Expected<std::string_view> string();
  // Any value, checked.
  Expected<void> skip_value();

  // Drops what was passed from the window, so that the window begins at the next token.
  Expected<void> settle();
  std::unexpected<Error> unexpected(std::string_view wanted) const;
  Place place() const { return window_.place(at_); }

 private:
  Expected<void> more();
  Expected<void> skip_scalar(char first);
  Expected<void> skip_key();
  std::unexpected<Error> failure(const JsonFailure& failure) const;

  RecordWindow& window_;
  const Limits& limits_;
  std::size_t at_ = 0;  // in window_.text()
  Arena arena_;
};

// The failure of a JSON text as an error, with the code that fits.
std::unexpected<Error> json_error(const JsonFailure& failure, Place place);

// Bad UTF-8 in `text`, at the place that `place_of` makes of an offset.
std::unexpected<Error> json_utf8_error(std::size_t bad, std::uint64_t offset, Place place);

}  // namespace dossier
