#include "sources/record_window.hpp"

namespace dossier {

Expected<void> RecordWindow::start(TextEncoding encoding) {
  Expected<DecodedSource> decoded = decode_text(std::move(source_), encoding);
  if (!decoded) return std::unexpected(decoded.error());
  source_ = std::move(decoded->bytes);
  offset_ = decoded->skipped;
  return fill();
}

Expected<void> RecordWindow::fill() {
  const std::size_t left = bytes_.size() - begin_;
  if (ended_ || left >= target_) return {};
  bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(begin_));
  begin_ = 0;
  bytes_.resize(target_);
  const Expected<std::size_t> n = source_->read(std::span(bytes_).subspan(left));
  if (!n) return std::unexpected(n.error());
  ended_ = *n < target_ - left;
  bytes_.resize(left + *n);
  return {};
}

Expected<void> RecordWindow::grow() {
  target_ = std::max(target_, text().size()) * 2;
  return fill();
}

void RecordWindow::advance(std::size_t size) {
  position_.advance(text().substr(0, size));
  begin_ += size;
  offset_ += size;
  if (begin_ == bytes_.size()) {
    bytes_.clear();
    begin_ = 0;
  }
  if (text().size() < block_bytes_) target_ = block_bytes_;
}

RecordBlock RecordWindow::take(std::size_t size) {
  RecordBlock block;
  block.offset = offset_;
  block.first_line = position_.line();
  block.first_column = position_.column();
  position_.advance(text().substr(0, size));
  offset_ += size;
  target_ = block_bytes_;
  std::vector<char> rest;
  const auto cut = bytes_.begin() + static_cast<std::ptrdiff_t>(begin_ + size);
  rest.reserve(std::max(target_, static_cast<std::size_t>(bytes_.end() - cut)));
  rest.assign(cut, bytes_.end());
  bytes_.erase(cut, bytes_.end());
  bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(begin_));
  block.bytes = std::move(bytes_);
  bytes_ = std::move(rest);
  begin_ = 0;
  return block;
}

Place RecordWindow::place(std::size_t at) const {
  TextPosition position = position_;
  position.advance(text().substr(0, at));
  return {name_, position.line(), position.column(), {}};
}

Place BlockPlaces::at(std::size_t offset) {
  offset = std::min(offset, text_.size());
  if (offset < at_) {
    position_ = start_;
    at_ = 0;
  }
  position_.advance(text_.substr(at_, offset - at_));
  at_ = offset;
  return {name_, position_.line(), position_.column(), {}};
}

}  // namespace dossier
