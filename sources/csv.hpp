// CSV and TSV -> records. RFC 4180 and the dialects people have; the names of the options follow
// CSVW ("Model for Tabular Data", section 5.9) where it has one. What a cell is follows Python's
// csv module, which is the oracle of the tests: a quote opens a quoted cell only as its first
// character, text after a closing quote is kept (and warned of), CRLF, LF and a lone CR end a line,
// empty lines are no records. A quote that never closes, NUL and bad UTF-8 are errors.
#pragma once

#include "base/input.hpp"
#include "base/limits.hpp"
#include "sources/encoding.hpp"
#include "sources/records.hpp"

namespace dossier {

// Blanks, tabs and line ends around values, quoted ones too.
enum class CsvTrim : std::uint8_t { none, start, end, both };

// Empty lines are no records, unless `keep`: then each is a record of one empty cell. `skip`: rows
// of nothing but empty cells are left out too.
enum class CsvBlankRows : std::uint8_t { lines, keep, skip };

struct CsvDialect {
  char delimiter = ',';
  char quote = '"';          // 0: no quoting
  bool double_quote = true;  // a quote inside a quoted cell is doubled; else escaped by '\'
  std::string comment;       // lines that begin with it are skipped; empty: none
  std::uint32_t header_rows =
      1;  // a column is called by its first cell in them that says something
  std::vector<std::string> columns;  // names when there is no header row, or to replace it; without
                                     // both, the columns are called 1, 2, 3 ...
  std::uint32_t skip_rows = 0;       // lines before the header
  std::uint32_t skip_columns = 0;    // cells at the start of each row
  CsvTrim trim = CsvTrim::none;
  CsvBlankRows blank_rows = CsvBlankRows::lines;
  std::vector<std::string> line_ends;          // empty: CRLF, LF and a lone CR
  TextEncoding encoding = TextEncoding::utf8;  // a byte order mark decides over it
  std::vector<std::string> nulls;  // cells that mean absent, compared as written; quoted cells too
  bool empty_is_null = true;
  bool strict = false;  // ragged rows are rejected instead of warned of
};

// Slot i of the records is the column `wanted[i]`; one that is not there gives column_unknown with
// the nearest name and the list. Reads the header; the rest is read block by block, about
// `block_bytes` each (a block holds at least one record). Warnings about the header are reported by
// `parse` of the first block, which therefore exists even if there are no records.
// Limits: max_cell_bytes, max_columns.
inline constexpr std::size_t kCsvBlockBytes = std::size_t{1} << 18;
Expected<std::unique_ptr<RecordReader>> open_csv(std::unique_ptr<ByteSource> source,
                                                 const CsvDialect& dialect,
                                                 std::span<const std::string> wanted,
                                                 const Limits& limits = {},
                                                 std::size_t block_bytes = kCsvBlockBytes);

// The line and column of the cell of `reference` in the record that begins at `offset`, and its
// text: for messages. Reads the file again up to there.
struct CellPlace {
  Place place;
  std::string text;
};
Expected<CellPlace> find_csv_cell(const std::string& path, const CsvDialect& dialect,
                                  std::uint64_t offset, std::string_view reference,
                                  const Limits& limits = {});

}  // namespace dossier
