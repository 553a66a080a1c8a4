#include "sources/csv_cells.hpp"

#include <algorithm>

#include "base/arena.hpp"
#include "sources/csv_input.hpp"
#include "sources/csv_row.hpp"

namespace dossier {
namespace {

// The row at the front of the input, whole.
Expected<void> read_row(CsvInput& input, const CsvDialect& dialect, std::vector<CsvCell>& cells) {
  if (auto filled = input.fill(); !filled) return filled;
  for (;;) {
    const CsvRow row = read_csv_row(input.text(), 0, dialect, &cells);
    if (row.complete || input.ended()) return {};
    if (auto grown = input.grow(); !grown) return grown;
  }
}

}  // namespace

Expected<std::vector<CellPlace>> find_csv_cells(const std::string& path, const CsvDialect& dialect,
                                                std::span<const CsvCellRequest> requests,
                                                const Limits& limits) {
  auto source = open_input(path, limits);
  if (!source) return std::unexpected(std::move(source.error()));
  CsvPlan plan{.name = (*source)->name(), .dialect = dialect, .limits = limits};
  CsvInput input(std::move(*source), plan.dialect, plan.limits, kCsvBlockBytes);
  Expected<void> done = input.start();
  if (done) done = read_csv_header(input, plan);
  if (!done) return std::unexpected(std::move(done.error()));

  std::vector<CellPlace> out;
  std::vector<CsvCell> cells;
  std::uint64_t read = static_cast<std::uint64_t>(-1);  // the offset that `cells` are of
  Arena arena;
  for (const CsvCellRequest& request : requests) {
    CellPlace& place = out.emplace_back();
    place.place.file = plan.name;
    if (request.offset < input.offset()) continue;
    if (request.offset != read) {
      done = input.advance_to(request.offset);
      if (done && input.offset() == request.offset) done = read_row(input, plan.dialect, cells);
      if (!done) return std::unexpected(std::move(done.error()));
      if (input.offset() != request.offset || input.text().empty()) continue;
      read = request.offset;
    }
    const auto column =
        dialect.skip_columns +
        static_cast<std::size_t>(std::ranges::find(plan.columns, request.reference) -
                                 plan.columns.begin());
    const bool there = column < cells.size();
    CsvLineCounter lines(input.text(), input.line());
    const std::size_t at = there ? cells[column].begin : cells.empty() ? 0 : cells.back().end;
    const LineColumn where = lines.at(at);
    place.place.line = where.line;
    place.place.column = where.column;
    if (there) place.text = csv_cell_text(input.text(), cells[column], plan.dialect, arena);
  }
  return out;
}

}  // namespace dossier
