// The bytes of a source that are not handed out yet, for readers that cut it into blocks of records
// (JSON, XML). One thread at a time. Memory: one block, or one record where a record is larger.
#pragma once

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include "base/input.hpp"
#include "sources/encoding.hpp"
#include "sources/records.hpp"
#include "sources/text_position.hpp"

namespace dossier {

class RecordWindow {
 public:
  RecordWindow(std::unique_ptr<ByteSource> source, std::size_t block_bytes)
      : source_(std::move(source)),
        name_(source_->name()),
        block_bytes_(std::max<std::size_t>(block_bytes, 1)),
        target_(block_bytes_) {}

  // Takes a byte order mark away and converts to UTF-8. Call once, first.
  Expected<void> start(TextEncoding encoding);

  // Reads until the target is reached or the source ends.
  Expected<void> fill();
  // Doubles the target and fills.
  Expected<void> grow();
  // Drops the first `size` bytes.
  void advance(std::size_t size);
  // Hands the first `size` bytes out and keeps the rest.
  RecordBlock take(std::size_t size);

  std::string_view text() const { return {bytes_.data() + begin_, bytes_.size() - begin_}; }
  bool ended() const { return ended_; }
  const std::string& name() const { return name_; }
  std::uint64_t offset() const { return offset_; }  // of text()[0] in the source
  Place place(std::size_t at) const;                // of text()[at]

 private:
  std::unique_ptr<ByteSource> source_;
  std::string name_;
  std::size_t block_bytes_;
  std::size_t target_;
  std::vector<char> bytes_;
  std::size_t begin_ = 0;  // of what is left in bytes_
  bool ended_ = false;
  std::uint64_t offset_ = 0;
  TextPosition position_;  // of text()[0]
};

// Places in a block, for offsets that mostly grow: each byte is looked at once.
class BlockPlaces {
 public:
  BlockPlaces(const std::string& name, const RecordBlock& block)
      : name_(name),
        text_(block.bytes.data(), block.bytes.size()),
        start_(block.first_line, block.first_column),
        position_(start_) {}
  Place at(std::size_t offset);

 private:
  const std::string& name_;
  std::string_view text_;
  TextPosition start_;
  TextPosition position_;
  std::size_t at_ = 0;
};

}  // namespace dossier
