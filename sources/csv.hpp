// CSV and TSV -> records. RFC 4180 and the dialects people have; the names of the options follow
// CSVW
// ("Model for Tabular Data", section 5.9) where it has one.
#pragma once

#include "base/input.hpp"
#include "sources/records.hpp"

namespace dossier {

enum class TextEncoding : std::uint8_t { utf8, utf16, utf16le, utf16be, latin1 };
std::optional<TextEncoding> find_encoding(
    std::string_view name);  // "UTF-8", "latin1", "ISO-8859-1" ...

struct CsvDialect {
  char delimiter = ',';
  char quote = '"';          // 0: no quoting
  bool double_quote = true;  // a quote inside a quoted cell is doubled; else escaped by '\'
  char comment = 0;          // lines that begin with it are skipped; 0: none
  bool header = true;
  std::vector<std::string> columns;  // names when there is no header row, or to replace it
  std::uint32_t skip_rows = 0;       // before the header
  bool trim = false;                 // blanks and tabs around unquoted cells
  TextEncoding encoding = TextEncoding::utf8;  // a byte order mark decides over it
  std::vector<std::string> nulls;  // cells that mean absent, compared as written; quoted cells too
  bool empty_is_null = true;
  bool strict = false;  // ragged rows are rejected instead of warned of
};

// Every wanted reference must name a column: else column_unknown with the nearest name and the
// list. Limits: max_cell_bytes, max_columns.
Expected<std::unique_ptr<RecordReader>> open_csv(std::unique_ptr<ByteSource> source,
                                                 const CsvDialect& dialect,
                                                 std::span<const std::string> wanted,
                                                 const Limits& limits = {});

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
