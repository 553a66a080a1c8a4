#include "cli/ledger.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/json_writer.hpp"

namespace dossier {
namespace {

std::uint64_t sum(const std::vector<Ledger::Source>& sources, std::uint64_t Ledger::Source::* of) {
  std::uint64_t total = 0;
  for (const Ledger::Source& each : sources) total += each.*of;
  return total;
}

std::uint64_t sum(const std::vector<Ledger::Part>& parts) {
  std::uint64_t total = 0;
  for (const Ledger::Part& each : parts) total += each.count;
  return total;
}

// Rows of a label and a number, the numbers flush right.
class Table {
 public:
  void row(std::string label, std::uint64_t number, std::string note = {}) {
    rows_.push_back({std::move(label), with_separators(number), std::move(note)});
  }

  std::string text() const {
    std::size_t label_width = 0;
    std::size_t number_width = 0;
    for (const Row& row : rows_) {
      label_width = std::max(label_width, row.label.size());
      number_width = std::max(number_width, row.number.size());
    }
    std::string out;
    for (const Row& row : rows_) {
      out += fmt::format("  {:<{}}  {:>{}}", row.label, label_width, row.number, number_width);
      if (!row.note.empty()) out += "  " + row.note;
      out += '\n';
    }
    return out;
  }

 private:
  struct Row {
    std::string label;
    std::string number;
    std::string note;
  };
  std::vector<Row> rows_;
};

std::string contents_of(const Ledger::Export& each) {
  std::string out;
  for (const Ledger::Part& part : each.contents) {
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", with_separators(part.count), part.name);
  }
  return out;
}

void write_parts(const std::vector<Ledger::Part>& parts, JsonWriter& json) {
  for (const Ledger::Part& part : parts) json.member(part.name, part.count);
}

}  // namespace

std::uint64_t Ledger::records_read() const {
  return sum(sources, &Source::read);
}
std::uint64_t Ledger::records_mapped() const {
  return sum(sources, &Source::mapped);
}
std::uint64_t Ledger::records_rejected() const {
  return sum(sources, &Source::rejected);
}

std::vector<std::string> imbalances(const Ledger& ledger) {
  std::vector<std::string> out;
  const auto check = [&](std::uint64_t left, std::uint64_t right, std::string equation) {
    if (left != right) out.push_back(fmt::format("{}: {} is not {}", equation, left, right));
  };
  for (const Ledger::Source& source : ledger.sources) {
    check(source.read, source.mapped + source.rejected,
          fmt::format("{}: read = mapped + rejected", source.path));
  }
  std::uint64_t with_reason = 0;
  for (const auto& [reason, count] : ledger.rejected_by) with_reason += count;
  check(ledger.records_rejected(), with_reason, "records rejected = those with a reason");
  check(ledger.from_mappings + ledger.from_files + ledger.inferred,
        ledger.duplicates + ledger.in_graph, "produced + inferred = duplicates + in graph");
  for (const Ledger::Export& each : ledger.exports) {
    if (each.parts.empty()) continue;
    check(ledger.in_graph, sum(each.parts), fmt::format("{}: in graph = written", each.path));
  }
  return out;
}

std::string to_text(const Ledger& ledger) {
  Table table;
  if (!ledger.sources.empty()) {
    table.row("records read", ledger.records_read(), counted(ledger.sources.size(), "source"));
    table.row("  mapped", ledger.records_mapped());
    table.row("  rejected", ledger.records_rejected());
    for (const auto& [reason, count] : ledger.rejected_by) table.row("    " + reason, count);
  }
  const std::uint64_t produced = ledger.from_mappings + ledger.from_files;
  table.row("statements produced", produced);
  for (const auto& [reason, count] : ledger.statements_rejected_by) {
    table.row("  not made: " + reason, count);
  }
  table.row("  equal to another", ledger.duplicates);
  table.row("  inferred", ledger.inferred);
  table.row("statements in the graph", ledger.in_graph);
  if (ledger.terms_merged > 0) table.row("entities merged", ledger.terms_merged);
  for (const Ledger::Export& each : ledger.exports) {
    table.row(fmt::format("written to {}", printable(each.path)),
              sum(each.parts.empty() ? each.contents : each.parts), contents_of(each));
  }
  return table.text();
}

void write_json(const Ledger& ledger, JsonWriter& json) {
  json.begin_object("records");
  json.member("read", ledger.records_read());
  json.member("mapped", ledger.records_mapped());
  json.member("rejected", ledger.records_rejected());
  json.begin_object("rejected_by");
  for (const auto& [reason, count] : ledger.rejected_by) json.member(reason, count);
  json.end_object();
  json.begin_array("sources");
  for (const Ledger::Source& each : ledger.sources) {
    json.begin_object();
    json.member("path", each.path);
    json.member("read", each.read);
    json.member("mapped", each.mapped);
    json.member("rejected", each.rejected);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.begin_object("statements");
  json.member("from_mappings", ledger.from_mappings);
  json.member("from_files", ledger.from_files);
  json.begin_object("rejected_by");
  for (const auto& [reason, count] : ledger.statements_rejected_by) json.member(reason, count);
  json.end_object();
  json.member("duplicates", ledger.duplicates);
  json.member("inferred", ledger.inferred);
  json.member("in_graph", ledger.in_graph);
  json.end_object();
  json.member("entities_merged", ledger.terms_merged);
  json.begin_array("exports");
  for (const Ledger::Export& each : ledger.exports) {
    json.begin_object();
    json.member("path", each.path);
    json.member("format", each.format);
    json.member("bytes", each.bytes);
    json.begin_object("statements");
    write_parts(each.parts, json);
    json.end_object();
    json.begin_object("contents");
    write_parts(each.contents, json);
    json.end_object();
    json.end_object();
  }
  json.end_array();
}

}  // namespace dossier
