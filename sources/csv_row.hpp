// One row of a table, byte by byte, in any dialect: the definition of what a cell is. Used for
// headers, for dialects and rows that the masks of csv_masks.hpp do not cover, and for places in
// messages; about 400 MB/s. No state, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/line_index.hpp"
#include "sources/csv.hpp"

namespace dossier {

inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

// Offsets into the text that was read.
struct CsvCell {
  std::size_t begin = 0;         // of the cell, its opening quote included
  std::size_t end = 0;           // of the cell, its closing quote included
  std::size_t close = kNowhere;  // the closing quote; kNowhere: not quoted
  bool escaped = false;          // there are doubled or escaped quotes inside
  bool stray = false;            // text stands between `close` and `end`
};

struct CsvRow {
  std::size_t end = 0;                // behind the line end
  bool complete = false;              // a line end was found
  std::size_t open_quote = kNowhere;  // a quote that was not closed before the end of the text
};

// The row that begins at `at`, which must be no empty or comment line. `cells` may be null.
CsvRow read_csv_row(std::string_view text, std::size_t at, const CsvDialect& dialect,
                    std::vector<CsvCell>* cells);

// The first row that begins at or behind `at`: comment lines, and empty ones where these are no
// records, are passed over.
std::size_t skip_csv_gaps(std::string_view text, std::size_t at, const CsvDialect& dialect);

// Behind the line end that stands at or behind `at`; text.size() when there is none.
std::size_t skip_csv_line(std::string_view text, std::size_t at, const CsvDialect& dialect);

// Bytes of the longest line end of the dialect.
std::size_t longest_csv_line_end(const CsvDialect& dialect);

// `end` is behind a line end that was found without a look at what follows it: behind the longer
// one that `text` has there (CRLF where CR was found).
std::size_t whole_csv_line_end(std::string_view text, std::size_t end, const CsvDialect& dialect);

// Whether all cells of a row are empty.
bool is_blank_csv_row(std::string_view text, const std::vector<CsvCell>& cells,
                      const CsvDialect& dialect);

// What the cell says. Bytes are those of `text`, or of `arena` where quotes had to be taken out.
std::string_view csv_cell_text(std::string_view text, const CsvCell& cell,
                               const CsvDialect& dialect, Arena& arena);

// `quoted` is the inside of a quoted cell: doubled quotes, or escaped ones, become single.
std::string_view unescape_csv(std::string_view quoted, const CsvDialect& dialect, Arena& arena);

// The masks know doubled quotes and the usual line ends only, and no comments and blanks.
bool csv_masks_suffice(const CsvDialect& dialect);

// How far whole rows reach.
struct CsvScan {
  std::size_t end = 0;        // behind the last line end outside of quotes; 0 when there is none
  std::uint64_t records = 0;  // up to there
  std::uint64_t lines = 0;    // line ends up to there, those between quotes included
  bool inside = false;        // the text ends between quotes
};
// `text` begins at the start of a row. A CR at the very end counts as a line end of its own.
CsvScan scan_csv_rows(std::string_view text, const CsvDialect& dialect);

// Line and column of offsets that mostly grow: each byte is looked at once.
class CsvLineCounter {
 public:
  CsvLineCounter(std::string_view text, std::uint64_t first_line)
      : text_(text), first_line_(first_line), line_(first_line) {}
  LineColumn at(std::size_t offset);

 private:
  std::string_view text_;
  std::uint64_t first_line_;
  std::uint64_t line_;
  std::size_t line_start_ = 0;
  std::size_t at_ = 0;
};

}  // namespace dossier
