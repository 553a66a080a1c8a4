// A block of whole rows -> a batch of values: the parallel half of the CSV reader. Only the wanted
// columns are touched beyond finding where they end. A CsvPlan is made once when the table is
// opened and then shared by all threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/limits.hpp"
#include "sources/csv.hpp"
#include "sources/records.hpp"

namespace dossier {

struct CsvPlan {
  // A column that leaves the reader; in the order of columns. A column that is wanted twice stands
  // twice.
  struct Wanted {
    std::size_t column = 0;  // in the row
    std::size_t slot = 0;
  };

  std::string name;  // of the source
  CsvDialect dialect;
  Limits limits;
  std::vector<std::string> columns;
  std::vector<Wanted> wanted;
  std::uint64_t data_offset = 0;    // of the first byte behind the header
  std::vector<Diagnostic> notices;  // about the header; reported with the first block
  std::uint64_t null_sizes = 0;     // bit i: a null mark has i bytes; bit 63: 63 or more

  // Cells of a row, those that are skipped included.
  std::size_t width() const { return dialect.skip_columns + columns.size(); }
};

Expected<RecordCounts> parse_csv_block(const CsvPlan& plan, RecordBlock block, RecordBatch& out,
                                       DiagnosticSink& diagnostics);

// NUL bytes and bad UTF-8 in `text`, whose first byte is at `offset` and on `line`.
Expected<void> check_csv_text(std::string_view text, const std::string& name, std::uint64_t offset,
                              std::uint64_t line);

std::unexpected<Error> csv_unclosed_quote_error(Place place);

}  // namespace dossier
