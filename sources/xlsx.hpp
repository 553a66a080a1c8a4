// Sheets of Excel workbooks (.xlsx, Office Open XML) -> records, streamed row by row through
// libarchive and expat; the shared strings of the workbook are held. The first row with a cell is
// the header, as in a table. Numbers whose format shows a date or a time become xsd:date,
// xsd:dateTime or xsd:time, whole numbers integers, others doubles; formulas are what the program
// that saved the workbook stored for them. A cell that holds an error, or a formula without a
// stored result, is absent and warned of. Records are numbered by their rows, from 0.
#pragma once

#include <string>

#include "base/limits.hpp"
#include "sources/records.hpp"

namespace dossier {

struct SheetOptions {
  std::string sheet;              // its name; empty: the first
  std::uint32_t header_rows = 1;  // as in CsvDialect, likewise the next three
  std::vector<std::string> columns;
  std::uint32_t skip_rows = 0;
  std::uint32_t skip_columns = 0;
  std::vector<std::string> nulls;  // texts that mean absent
};

// Slot i of the records is the column `wanted[i]`. `path` is read in several passes, so it is no
// pipe. Errors: xlsx_bad, xlsx_no_sheet, column_unknown, csv_duplicate_column, csv_empty.
Expected<std::unique_ptr<RecordReader>> open_xlsx(const std::string& path,
                                                  const SheetOptions& options,
                                                  std::span<const std::string> wanted,
                                                  const Limits& limits = {});

}  // namespace dossier
