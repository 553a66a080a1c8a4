#include "sources/csv.hpp"

#include <algorithm>

#include "sources/csv_block.hpp"
#include "sources/csv_input.hpp"
#include "sources/csv_row.hpp"

namespace dossier {
namespace {

class CsvReader final : public RecordReader {
 public:
  CsvReader(std::unique_ptr<ByteSource> source, const CsvDialect& dialect, const Limits& limits,
            std::size_t block_bytes)
      : RecordReader(source->name()),
        plan_{.name = name(), .dialect = dialect, .limits = limits},
        input_(std::move(source), plan_.dialect, plan_.limits, block_bytes) {
    // A value tells its size in 32 bits.
    plan_.limits.max_cell_bytes = std::min<std::size_t>(limits.max_cell_bytes, UINT32_MAX);
  }

  Expected<void> open(std::span<const std::string> wanted) {
    Expected<void> done = check_csv_dialect(plan_.dialect, plan_.name);
    if (done) done = input_.start();
    if (done) done = read_csv_header(input_, plan_);
    if (done) done = project_csv(wanted, plan_);
    return done;
  }

  Expected<std::optional<RecordBlock>> next() override {
    if (finished_) return std::nullopt;
    Expected<void> filled = input_.fill();
    const std::size_t kept = longest_csv_line_end(plan_.dialect);
    std::size_t inside_until = 0;  // up to here the text is the beginning of a quoted cell
    for (; filled; filled = input_.grow()) {
      const std::string_view text = input_.text();
      if (input_.ended()) return last_block();
      // The last byte is kept back, so that there is always a last block; those before it too,
      // because they may be the beginning of a line end.
      if (text.size() <= kept) continue;
      if (inside_until > 0 && text.find(plan_.dialect.quote, inside_until) == std::string::npos) {
        inside_until = text.size();
        continue;
      }
      CsvScan scan = scan_csv_rows(text.substr(0, text.size() - kept), plan_.dialect);
      if (scan.end == 0) {
        if (scan.inside) inside_until = text.size() - kept;
        continue;
      }
      const std::size_t whole = whole_csv_line_end(text, scan.end, plan_.dialect);
      if (whole != scan.end) scan.lines = CsvLineCounter(text, 0).at(whole).line;
      scan.end = whole;
      return hand_out(scan);
    }
    return std::unexpected(filled.error());
  }

  Expected<RecordCounts> parse(RecordBlock block, RecordBatch& out,
                               DiagnosticSink& diagnostics) const override {
    return parse_csv_block(plan_, std::move(block), out, diagnostics);
  }

  std::span<const std::string> columns() const override { return plan_.columns; }

 private:
  RecordBlock hand_out(const CsvScan& scan) {
    RecordBlock block = input_.take(scan.end, scan.lines);
    block.first_record = records_;
    records_ += scan.records;
    return block;
  }

  std::optional<RecordBlock> last_block() {
    finished_ = true;
    const bool first = input_.offset() == plan_.data_offset;
    if (input_.text().empty() && !(first && !plan_.notices.empty())) return std::nullopt;
    RecordBlock block = input_.take(input_.text().size(), 0);
    block.first_record = records_;
    block.last = true;
    return block;
  }

  CsvPlan plan_;
  CsvInput input_;
  std::uint64_t records_ = 0;  // handed out
  bool finished_ = false;
};

}  // namespace

Expected<std::unique_ptr<RecordReader>> open_csv(std::unique_ptr<ByteSource> source,
                                                 const CsvDialect& dialect,
                                                 std::span<const std::string> wanted,
                                                 const Limits& limits, std::size_t block_bytes) {
  auto reader = std::make_unique<CsvReader>(std::move(source), dialect, limits, block_bytes);
  const Expected<void> opened = reader->open(wanted);
  if (!opened) return std::unexpected(opened.error());
  return reader;
}

Expected<CellPlace> find_csv_cell(const std::string& path, const CsvDialect& dialect,
                                  std::uint64_t offset, std::string_view reference,
                                  const Limits& limits) {
  Expected<std::unique_ptr<ByteSource>> source = open_input(path, limits);
  if (!source) return std::unexpected(source.error());
  CsvPlan plan{.name = (*source)->name(), .dialect = dialect, .limits = limits};
  CsvInput input(std::move(*source), plan.dialect, plan.limits, kCsvBlockBytes);
  Expected<void> done = input.start();
  if (done) done = read_csv_header(input, plan);
  const std::string wanted[] = {std::string(reference)};
  if (done) done = project_csv(wanted, plan);
  if (done) done = input.advance_to(std::max(offset, plan.data_offset));
  std::vector<CsvCell> cells;
  for (; done; done = input.grow()) {
    const CsvRow row = read_csv_row(input.text(), 0, plan.dialect, &cells);
    if (row.complete || input.ended()) break;
  }
  if (!done) return std::unexpected(done.error());

  const std::size_t column = plan.wanted.front().column;
  const bool there = column < cells.size();
  CsvLineCounter lines(input.text(), input.line());
  const LineColumn where = lines.at(there ? cells[column].begin : cells.back().end);
  CellPlace out{.place = {plan.name, where.line, where.column, {}}, .text = {}};
  Arena arena;
  if (there) out.text = csv_cell_text(input.text(), cells[column], plan.dialect, arena);
  return out;
}

}  // namespace dossier
