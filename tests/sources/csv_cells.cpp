// csv_cells FILE BLOCK_BYTES DELIMITER QUOTE: the rows of a table without header, one JSON list a
// line, for csv_oracle.py. All cells are in columns 1 to 12; absent ones are left out at the end.
#include <cstdio>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "tests/sources/record_helpers.hpp"

namespace {

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 64;
  dossier::CsvDialect dialect;
  dialect.header = false;
  for (int i = 1; i <= 12; ++i) dialect.columns.push_back(std::to_string(i));
  dialect.delimiter = argv[3][0];
  dialect.quote = argv[4][0];
  dialect.empty_is_null = false;
  const auto text = dossier::load_file(argv[1]);
  if (!text) return 2;
  const auto read =
      dossier::read_csv(*text, dialect, dialect.columns, {}, std::strtoull(argv[2], nullptr, 10));
  if (read->error) {
    fmt::print("{{\"error\": {}}}\n", json_string(dossier::number_of(read->error->code)));
    return 0;
  }
  for (const dossier::Cells& row : read->rows) {
    std::string line = "[";
    for (const auto& cell : row) {
      if (cell) line += (line.size() > 1 ? ", " : "") + json_string(*cell);
    }
    fmt::print("{}]\n", line);
  }
}
