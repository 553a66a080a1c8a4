#include "sources/json_splitter.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/trees.hpp"
#include "base/text.hpp"

namespace dossier {

Expected<void> JsonSplitter::open_document(TextEncoding encoding) {
  shape_ = JsonShape::document;
  return window_.start(encoding);
}

Expected<void> JsonSplitter::open_lines(TextEncoding encoding) {
  shape_ = JsonShape::lines;
  return window_.start(encoding);
}

Expected<void> JsonSplitter::open_elements(TextEncoding encoding,
                                           std::span<const std::string> path) {
  shape_ = JsonShape::elements;
  if (const Expected<void> started = window_.start(encoding); !started) return started;
  const Expected<char> first = cursor_.peek();
  if (!first) return std::unexpected(first.error());
  if (*first == '\0') return cursor_.unexpected("wanted a value; the file is empty");
  for (const std::string& key : path) {
    const Expected<bool> entered = enter(key);
    if (!entered) return std::unexpected(entered.error());
    if (!*entered) return {};
    open_.push_back(key);
  }
  const Expected<char> opening = cursor_.peek();
  if (!opening) return std::unexpected(opening.error());
  if (*opening != '[' && *opening != '{') return cursor_.skip_value();
  if (*opening == '{') shape_ = JsonShape::members;
  cursor_.skip_byte();
  found_ = true;
  return cursor_.settle();
}

// Passes into the object at hand up to the value of `key`. False when there is no object or no such
// key; then the value is passed.
Expected<bool> JsonSplitter::enter(std::string_view key) {
  Expected<char> next = cursor_.peek();
  if (!next) return std::unexpected(next.error());
  if (*next != '{') {
    const Expected<void> skipped = cursor_.skip_value();
    return skipped ? Expected<bool>(false) : std::unexpected(skipped.error());
  }
  cursor_.skip_byte();
  next = cursor_.peek();
  if (next && *next == '}') {
    cursor_.skip_byte();
    return false;
  }
  for (;;) {
    next = cursor_.peek();
    if (!next) return std::unexpected(next.error());
    if (*next != '"') return cursor_.unexpected("wanted a key in double quotes");
    const Expected<std::string_view> name = cursor_.string();
    if (!name) return std::unexpected(name.error());
    const bool found = *name == key;
    Expected<void> passed = cursor_.expect(':', "wanted :");
    if (passed && found) return true;
    if (passed) passed = cursor_.skip_value();
    if (!passed) return std::unexpected(passed.error());
    next = cursor_.peek();
    if (!next) return std::unexpected(next.error());
    if (*next == '}') {
      cursor_.skip_byte();
      return false;
    }
    if (const Expected<void> comma = cursor_.expect(',', "wanted , or }"); !comma) {
      return std::unexpected(comma.error());
    }
  }
}

Expected<std::optional<RecordBlock>> JsonSplitter::next() {
  if (finished_) return std::nullopt;
  switch (shape_) {
    case JsonShape::document:
      return next_document();
    case JsonShape::lines:
      return next_lines();
    case JsonShape::elements:
    case JsonShape::members:
      return next_elements();
  }
  return std::nullopt;
}

Expected<std::optional<RecordBlock>> JsonSplitter::next_elements() {
  if (!found_ || handed_out_) {
    finished_ = true;
    const Expected<void> tail = finish();
    if (!tail) return std::unexpected(tail.error());
    return std::nullopt;
  }
  Expected<void> filled = window_.fill();
  for (; filled; filled = window_.grow()) {
    const std::string_view text = window_.text();
    scan_.run(text, window_.ended());
    handed_out_ = scan_.close() != JsonScan::kNowhere || window_.ended();
    std::size_t size = scan_.end();
    if (scan_.close() != JsonScan::kNowhere) size = scan_.close();
    if (scan_.close() == JsonScan::kNowhere && window_.ended()) size = text.size();
    if (size == 0 && !handed_out_) {
      if (const Expected<void> small = check_growth(); !small) {
        return std::unexpected(small.error());
      }
      continue;
    }
    const std::uint64_t commas = scan_.commas();
    scan_.drop(size);
    RecordBlock block = window_.take(size);
    block.first_record = records_;
    block.last = handed_out_;
    records_ += commas;
    return block;
  }
  return std::unexpected(filled.error());
}

// One element fills the window.
Expected<void> JsonSplitter::check_growth() const {
  const std::size_t size = window_.text().size();
  const std::size_t string = scan_.open_string(size);
  if (string > limits_.max_string_bytes) {
    return fail(code::limit_exceeded, window_.place(size - string),
                fmt::format("the string is larger than {} bytes (max-string-bytes)",
                            with_separators(limits_.max_string_bytes)),
                "is the quote that opens here ever closed? Raise the limit with --limit "
                "max-string-bytes=N");
  }
  if (size > std::min<std::size_t>(limits_.max_record_bytes, UINT32_MAX / 2)) {
    return fail(code::limit_exceeded, window_.place(0),
                fmt::format("a record is larger than {} bytes (max-record-bytes)",
                            with_separators(limits_.max_record_bytes)),
                "raise the limit with --limit max-record-bytes=N");
  }
  return {};
}

// What stands behind the elements: the end of the container, of the objects around it, of the file.
Expected<void> JsonSplitter::finish() {
  if (found_) {
    const bool object = shape_ == JsonShape::members;
    const Expected<void> closed = object
                                      ? cursor_.expect('}', "wanted , or } (is the file cut off?)")
                                      : cursor_.expect(']', "wanted , or ] (is the file cut off?)");
    if (!closed) return closed;
  }
  for (; !open_.empty(); open_.pop_back()) {
    if (const Expected<void> members = finish_members(); !members) return members;
  }
  const Expected<char> next = cursor_.peek();
  if (!next) return std::unexpected(next.error());
  if (const Expected<void> passed = cursor_.settle(); !passed) return passed;
  if (!window_.text().empty()) return cursor_.unexpected("wanted the end of the file");
  return {};
}

// The rest of an object, behind the value that the path leads through.
Expected<void> JsonSplitter::finish_members() {
  for (;;) {
    Expected<char> next = cursor_.peek();
    if (!next) return std::unexpected(next.error());
    if (*next == '}') {
      cursor_.skip_byte();
      return {};
    }
    if (const Expected<void> comma = cursor_.expect(',', "wanted , or }"); !comma) return comma;
    next = cursor_.peek();
    if (!next) return std::unexpected(next.error());
    if (*next != '"') return cursor_.unexpected("wanted a key in double quotes");
    const Place place = cursor_.place();
    const Expected<std::string_view> key = cursor_.string();
    if (!key) return std::unexpected(key.error());
    if (*key == open_.back()) {
      return fail(code::json_repeated_key, place,
                  fmt::format("the key \"{}\" occurs twice, and the iterator leads through it",
                              printable(*key, 80)));
    }
    Expected<void> passed = cursor_.expect(':', "wanted :");
    if (passed) passed = cursor_.skip_value();
    if (!passed) return passed;
  }
}

Expected<std::optional<RecordBlock>> JsonSplitter::next_lines() {
  Expected<void> filled = window_.fill();
  for (; filled; filled = window_.grow()) {
    const std::string_view text = window_.text();
    std::size_t size = text.size();
    if (!window_.ended()) {
      const std::size_t last = text.rfind('\n');
      if (last == std::string_view::npos) {
        if (const Expected<void> small = check_growth(); !small) {
          return std::unexpected(small.error());
        }
        continue;
      }
      size = last + 1;
    }
    finished_ = window_.ended();
    if (size == 0) return std::nullopt;
    const auto lines = static_cast<std::uint64_t>(std::ranges::count(text.substr(0, size), '\n'));
    RecordBlock block = window_.take(size);
    block.first_record = records_;
    block.last = finished_;
    records_ += lines;
    return block;
  }
  return std::unexpected(filled.error());
}

Expected<std::optional<RecordBlock>> JsonSplitter::next_document() {
  Expected<void> filled = window_.fill();
  while (filled && !window_.ended()) {
    const std::size_t size = window_.text().size();
    if (size > std::min<std::size_t>(limits_.max_document_bytes, UINT32_MAX / 2)) {
      return fail(code::limit_exceeded, {window_.name()},
                  fmt::format("the document is larger than {} bytes (max-document-bytes)",
                              with_separators(limits_.max_document_bytes)),
                  "an iterator like $.a.b[*] is streamed and needs no limit; else raise it with "
                  "--limit max-document-bytes=N");
    }
    filled = window_.grow();
  }
  if (!filled) return std::unexpected(filled.error());
  finished_ = true;
  RecordBlock block = window_.take(window_.text().size());
  block.last = true;
  return block;
}

}  // namespace dossier
