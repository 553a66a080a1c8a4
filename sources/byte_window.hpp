// A window that slides over a ByteSource, for readers of text in UTF-8: it holds the token at hand
// and what has been read ahead, checks UTF-8 as blocks come in, and knows the line and column of
// what it has dropped. It grows (by doubling) only when one token fills it. One thread. Costs one
// copy of the bytes that a slide keeps.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/input.hpp"
#include "sources/text_position.hpp"

namespace dossier {

class ByteWindow {
 public:
  // Reads `block_bytes` (at least 16) at a time. A token of more than `max_token_bytes` ends the
  // window.
  ByteWindow(ByteSource& source, std::size_t block_bytes, std::size_t max_token_bytes);
  // The same from the middle of a document on: `start` is where `head` begins, which stands before
  // what the source gives.
  struct Start {
    std::vector<char> head;
    std::uint64_t offset = 0;
    TextPosition position;
  };
  ByteWindow(ByteSource& source, std::size_t block_bytes, std::size_t max_token_bytes, Start start);
  // All of a text, which does not move; the source only has its name.
  ByteWindow(ByteSource& source, std::vector<char> text, std::uint64_t offset);

  // What may be looked at; ends at a border of code points.
  const char* begin() const { return buffer_.data() + begin_; }
  const char* end() const { return buffer_.data() + valid_; }
  std::string_view text() const { return {begin(), valid_ - begin_}; }

  enum class Last : std::uint8_t {
    open,          // more may follow end()
    input,         // the input ends there
    invalid_utf8,  // a byte that is no UTF-8 stands there
    too_long,      // the token that was kept passes the limit
    failed,        // reading failed: error()
  };
  Last last() const { return last_; }
  const Error& error() const { return *error_; }

  // Drops everything before `keep` and reads on; `keep` is moved with its bytes. False when
  // nothing follows: last() says why.
  bool slide(const char*& keep);

  // Steps over the bad byte, after invalid_utf8. `at` is end() and is moved behind that byte.
  void skip_bad_byte(const char*& at);

  std::uint64_t offset(const char* at) const {  // in the source
    return dropped_ + static_cast<std::uint64_t>(at - buffer_.data());
  }
  TextPosition position(const char* at) const;
  Place place(const char* at) const;
  // What was read from `at` on, checked or not.
  std::vector<char> rest(const char* at) const { return {at, buffer_.data() + size_}; }
  const std::vector<char>& bytes() const { return buffer_; }

 private:
  bool read_more();
  void validate();
  std::size_t incomplete_tail(std::size_t fault) const;

  ByteSource& source_;
  std::size_t block_;
  std::size_t max_token_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t valid_ = 0;  // checked up to here
  std::size_t size_ = 0;   // read up to here
  std::uint64_t dropped_ = 0;
  TextPosition position_;  // of begin_
  bool source_ended_ = false;
  Last last_ = Last::open;
  std::optional<Error> error_;
};

}  // namespace dossier
