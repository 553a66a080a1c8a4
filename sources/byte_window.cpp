#include "sources/byte_window.hpp"

#include <algorithm>
#include <cstring>

#include "base/utf8.hpp"

namespace dossier {

ByteWindow::ByteWindow(ByteSource& source, std::size_t block_bytes, std::size_t max_token_bytes)
    : ByteWindow(source, block_bytes, max_token_bytes, Start()) {}

ByteWindow::ByteWindow(ByteSource& source, std::size_t block_bytes, std::size_t max_token_bytes,
                       Start start)
    : source_(source),
      block_(std::max<std::size_t>(block_bytes, 16)),
      max_token_(max_token_bytes),
      buffer_(std::move(start.head)),
      size_(buffer_.size()),
      dropped_(start.offset),
      position_(start.position) {
  buffer_.resize(std::max(block_, buffer_.size()));
  if (size_ > 0) validate();
  const char* at = buffer_.data();
  if (valid_ == 0) slide(at);
  if (dropped_ == 0 && text().starts_with("\xEF\xBB\xBF")) {
    begin_ = 3;  // a byte order mark is no part of the text
  }
}

ByteWindow::ByteWindow(ByteSource& source, std::vector<char> text, std::uint64_t offset)
    : source_(source),
      block_(0),
      max_token_(text.size()),
      buffer_(std::move(text)),
      size_(buffer_.size()),
      dropped_(offset),
      source_ended_(true) {
  validate();
}

bool ByteWindow::slide(const char*& keep) {
  if (last_ != Last::open) return false;
  const auto kept_from = static_cast<std::size_t>(keep - buffer_.data());
  position_.advance({begin(), kept_from - begin_});
  const std::size_t kept = size_ - kept_from;
  if (valid_ - kept_from > max_token_) {
    begin_ = kept_from;
    last_ = Last::too_long;
    return false;
  }
  if (kept_from > 0) std::memmove(buffer_.data(), buffer_.data() + kept_from, kept);
  dropped_ += kept_from;
  begin_ = 0;
  valid_ -= kept_from;
  size_ = kept;
  if (kept > buffer_.size() / 2) buffer_.resize(buffer_.size() * 2);
  keep = buffer_.data();
  return read_more();
}

bool ByteWindow::read_more() {
  const std::size_t before = valid_;
  while (valid_ == before && last_ == Last::open) {
    if (size_ == buffer_.size()) buffer_.resize(buffer_.size() + block_);
    const Expected<std::size_t> got = source_.read(std::span(buffer_).subspan(size_));
    if (!got) {
      error_ = got.error();
      last_ = Last::failed;
      return false;
    }
    source_ended_ = *got < buffer_.size() - size_;
    size_ += *got;
    validate();
  }
  return valid_ > before;
}

void ByteWindow::validate() {
  const std::string_view fresh(buffer_.data() + valid_, size_ - valid_);
  const std::size_t fault = find_invalid_utf8(fresh);
  const std::size_t good = fault == kUtf8Valid ? fresh.size() : fault;
  valid_ += good;
  if (valid_ == size_) {
    if (source_ended_) last_ = Last::input;
  } else if (source_ended_ || incomplete_tail(valid_) == 0) {
    last_ = Last::invalid_utf8;
  }
}

// The size of the sequence that begins at `fault` when only its end is missing, else 0.
std::size_t ByteWindow::incomplete_tail(std::size_t fault) const {
  const auto first = static_cast<unsigned char>(buffer_[fault]);
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  return size_ - fault < size ? size : 0;
}

void ByteWindow::skip_bad_byte(const char*& at) {
  ++valid_;
  ++at;
  last_ = Last::open;
  validate();
}

TextPosition ByteWindow::position(const char* at) const {
  TextPosition position = position_;
  position.advance({begin(), static_cast<std::size_t>(at - begin())});
  return position;
}

Place ByteWindow::place(const char* at) const {
  const TextPosition at_it = position(at);
  return {source_.name(), at_it.line(), at_it.column(), {}};
}

}  // namespace dossier
