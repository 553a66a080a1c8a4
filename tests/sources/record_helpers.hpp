// Reads all records of a text in one thread, for tests.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "sources/csv.hpp"
#include "sources/json_records.hpp"
#include "sources/xml_records.hpp"

namespace dossier {

// Absent ones are nullopt; a list is "[a|b]".
using Cells = std::vector<std::optional<std::string>>;

struct ReadRecords {
  std::vector<Cells> rows;
  std::vector<std::uint64_t> offsets;
  std::vector<std::uint64_t> first_records;  // as the blocks said
  std::vector<std::uint64_t> first_rows;     // as counted here
  RecordCounts counts;
  DiagnosticCollector diagnostics;
  std::optional<Error> error;
  std::vector<std::string> columns;
};

// `text` as a JSON string, for the oracles that read the output of a test program.
inline std::string json_string(std::string_view text) {
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

inline void read_records(RecordReader& reader, ReadRecords& out) {
  out.columns.assign(reader.columns().begin(), reader.columns().end());
  for (;;) {
    Expected<std::optional<RecordBlock>> block = reader.next();
    if (!block) {
      out.error = block.error();
      return;
    }
    if (!*block) return;
    out.first_records.push_back((*block)->first_record);
    out.first_rows.push_back(out.counts.read);
    RecordBatch batch;
    const Expected<RecordCounts> counts = reader.parse(std::move(**block), batch, out.diagnostics);
    if (!counts) {
      out.error = counts.error();
      return;
    }
    out.counts.read += counts->read;
    out.counts.rejected += counts->rejected;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      Cells& row = out.rows.emplace_back();
      for (const Value& value : batch.row(i)) {
        if (value.type == ValueType::absent) {
          row.emplace_back();
        } else if (value.type == ValueType::list) {
          std::string items;
          for (const Value& item : value.list()) {
            items += (items.empty() ? "[" : "|") + std::string(item.text());
          }
          row.emplace_back(items + "]");
        } else {
          row.emplace_back(value.text());
        }
      }
      out.offsets.push_back(batch.offsets[i]);
    }
  }
}

// With no `wanted`, all columns that have a name are read.
inline std::unique_ptr<ReadRecords> read_csv(std::string_view text, const CsvDialect& dialect = {},
                                             std::vector<std::string> wanted = {},
                                             const Limits& limits = {},
                                             std::size_t block_bytes = kCsvBlockBytes) {
  auto out = std::make_unique<ReadRecords>();
  auto reader = open_csv(memory_input(text, "t.csv"), dialect, {}, limits, block_bytes);
  if (reader && wanted.empty()) {
    std::ranges::copy_if((*reader)->columns(), std::back_inserter(wanted),
                         [](const std::string& column) { return !column.empty(); });
  }
  if (reader) reader = open_csv(memory_input(text, "t.csv"), dialect, wanted, limits, block_bytes);
  if (!reader) {
    out->error = reader.error();
    return out;
  }
  read_records(**reader, *out);
  return out;
}

inline std::unique_ptr<ReadRecords> read_json(std::string_view text, const JsonOptions& options,
                                              const std::vector<std::string>& wanted,
                                              const Limits& limits = {},
                                              std::size_t block_bytes = kJsonBlockBytes) {
  auto out = std::make_unique<ReadRecords>();
  auto reader = open_json(memory_input(text, "t.json"), options, wanted, limits, block_bytes);
  if (reader) {
    read_records(**reader, *out);
  } else {
    out->error = reader.error();
  }
  return out;
}

inline std::unique_ptr<ReadRecords> read_xml(std::string_view text, const XmlOptions& options,
                                             const std::vector<std::string>& wanted,
                                             const Limits& limits = {},
                                             std::size_t block_bytes = kXmlBlockBytes) {
  auto out = std::make_unique<ReadRecords>();
  auto reader = open_xml(memory_input(text, "t.xml"), options, wanted, limits, block_bytes);
  if (reader) {
    read_records(**reader, *out);
  } else {
    out->error = reader.error();
  }
  return out;
}

}  // namespace dossier
