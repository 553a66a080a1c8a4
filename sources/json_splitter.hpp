// The sequential half of the JSON reader: cuts a source into blocks of whole records.
//   elements  an iterator that begins with names and then `[*]` (`$[*]`, `$.a.b[*]`, `$.*`): the
//             elements of one array, or the members of one object, stream by
//   lines     JSON Lines: each line is a document
//   document  anything else: the whole document is one block
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sources/json_cursor.hpp"
#include "sources/json_path.hpp"
#include "sources/json_scan.hpp"
#include "sources/record_window.hpp"

namespace dossier {

enum class JsonShape : std::uint8_t { document, lines, elements, members };

class JsonSplitter {
 public:
  JsonSplitter(std::unique_ptr<ByteSource> source, const Limits& limits, std::size_t block_bytes)
      : window_(std::move(source), block_bytes), cursor_(window_, limits), limits_(limits) {}

  Expected<void> open_document(TextEncoding encoding);
  Expected<void> open_lines(TextEncoding encoding);
  // Finds the container below the keys `path`.
  Expected<void> open_elements(TextEncoding encoding, std::span<const std::string> path);

  JsonShape shape() const { return shape_; }
  Expected<std::optional<RecordBlock>> next();

 private:
  Expected<bool> enter(std::string_view key);
  Expected<std::optional<RecordBlock>> next_elements();
  Expected<std::optional<RecordBlock>> next_lines();
  Expected<std::optional<RecordBlock>> next_document();
  Expected<void> check_growth() const;
  Expected<void> finish();
  Expected<void> finish_members();

  RecordWindow window_;
  JsonCursor cursor_;
  const Limits& limits_;
  JsonShape shape_ = JsonShape::document;
  JsonScan scan_;
  std::vector<std::string> open_;  // keys of the objects around the container, outermost first
  std::uint64_t records_ = 0;      // elements or lines handed out
  bool found_ = false;             // the container
  bool handed_out_ = false;        // the last block
  bool finished_ = false;
};

}  // namespace dossier
