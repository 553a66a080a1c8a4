// Byte offset -> line and column, worked out only when a message asks. Line ends are LF, CRLF and
// lone CR.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"

namespace dossier {

struct LineColumn {
  std::uint64_t line = 1;
  std::uint64_t column = 1;  // in code points
};

// One look: scans `text` up to `offset`.
LineColumn line_column(std::string_view text, std::size_t offset);

// The line (without its end) in which `offset` lies: for source excerpts.
std::string_view line_at(std::string_view text, std::size_t offset);

// Many looks into one text: built once in O(bytes), then O(log lines + line length) each.
// Borrows `text`.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);
  LineColumn at(std::size_t offset) const;
  // Line `number` (from 1) without its end; nothing when there is none.
  std::optional<std::string_view> line(std::uint64_t number) const;

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

}  // namespace dossier
