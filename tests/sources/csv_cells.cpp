// csv_cells FILE BLOCK_BYTES DELIMITER QUOTE [NAME=VALUE...]: the rows of a table without header,
// one JSON list a line, for csv_oracle.py and csvw_oracle.py. All cells are in columns 1 to 12;
// absent ones are left out at the end. Names are those of CSVW.
#include <cstdio>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "tests/sources/record_helpers.hpp"

namespace {

bool set_option(dossier::CsvDialect& dialect, std::string_view option) {
  using dossier::CsvTrim;
  const std::size_t at = option.find('=');
  const std::string_view name = option.substr(0, at);
  const std::string value(option.substr(at + 1));
  const auto number = static_cast<std::uint32_t>(std::strtoul(value.c_str(), nullptr, 10));
  if (name == "doubleQuote")
    dialect.double_quote = value == "true";
  else if (name == "commentPrefix")
    dialect.comment = value;
  else if (name == "skipRows")
    dialect.skip_rows = number;
  else if (name == "skipColumns")
    dialect.skip_columns = number;
  else if (name == "headerRowCount")
    dialect.header_rows = number;
  else if (name == "lineTerminators")
    dialect.line_ends.push_back(value);
  else if (name == "skipBlankRows") {
    dialect.blank_rows =
        value == "true" ? dossier::CsvBlankRows::skip : dossier::CsvBlankRows::keep;
  } else if (name == "columns") {
    dialect.columns.clear();
    for (std::uint32_t i = 1; i <= number; ++i) dialect.columns.push_back(std::to_string(i));
  } else if (name == "trim") {
    dialect.trim = value == "true"    ? CsvTrim::both
                   : value == "start" ? CsvTrim::start
                   : value == "end"   ? CsvTrim::end
                                      : CsvTrim::none;
  } else {
    return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return 64;
  dossier::CsvDialect dialect;
  dialect.header_rows = 0;
  for (int i = 1; i <= 12; ++i) dialect.columns.push_back(std::to_string(i));
  dialect.delimiter = argv[3][0];
  dialect.quote = argv[4][0];
  dialect.empty_is_null = false;
  for (int i = 5; i < argc; ++i) {
    if (!set_option(dialect, argv[i])) return 64;
  }
  const auto text = dossier::load_file(argv[1]);
  if (!text) return 2;
  const auto read =
      dossier::read_csv(*text, dialect, dialect.columns, {}, std::strtoull(argv[2], nullptr, 10));
  if (read->error) {
    fmt::print("{{\"error\": {}}}\n", dossier::json_string(dossier::number_of(read->error->code)));
    return 0;
  }
  for (const dossier::Cells& row : read->rows) {
    std::string line = "[";
    for (const auto& cell : row) {
      if (cell) line += (line.size() > 1 ? ", " : "") + dossier::json_string(*cell);
    }
    fmt::print("{}]\n", line);
  }
}
