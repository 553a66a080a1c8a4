#include <algorithm>
#include <optional>
#include <span>
#include <unordered_map>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/tables.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sources/column_names.hpp"
#include "sources/csv_input.hpp"
#include "sources/csv_row.hpp"

namespace dossier {
namespace {

struct FirstRow {
  std::size_t begin = 0;
  CsvRow row;
  std::vector<CsvCell> cells;  // without those that are skipped
};

// The header rows, or the first row of a table that has none; each whole, fewer where the table
// ends. Lines to skip are dropped before.
struct FirstRows {
  std::vector<FirstRow> rows;
  std::size_t begin = 0;  // behind the lines that are skipped
};
Expected<FirstRows> find_first_rows(CsvInput& input, const CsvDialect& dialect) {
  const std::size_t wanted = std::max<std::size_t>(dialect.header_rows, 1);
  const std::size_t behind = longest_csv_line_end(dialect) - 1;  // a line end may be half read
  Expected<void> filled = input.fill();
  for (; filled; filled = input.grow()) {
    const std::string_view text = input.text();
    std::size_t at = 0;
    for (std::uint32_t i = 0; i < dialect.skip_rows; ++i) at = skip_csv_line(text, at, dialect);
    FirstRows first{.rows = {}, .begin = at};
    std::vector<FirstRow>& rows = first.rows;
    while (rows.size() < wanted) {
      at = skip_csv_gaps(text, at, dialect);
      if (at == text.size()) break;
      FirstRow& row = rows.emplace_back();
      row.begin = at;
      row.row = read_csv_row(text, at, dialect, &row.cells);
      at = row.row.end;
    }
    const bool whole = rows.size() == wanted && rows.back().row.complete &&
                       rows.back().row.end + behind <= text.size();
    if (whole || input.ended()) {
      for (FirstRow& each : rows) {
        const auto skipped = std::min<std::size_t>(dialect.skip_columns, each.cells.size());
        each.cells.erase(each.cells.begin(),
                         each.cells.begin() + static_cast<std::ptrdiff_t>(skipped));
      }
      return first;
    }
  }
  return std::unexpected(filled.error());
}

// A column is called by its first cell in the header rows that says something.
Expected<void> name_columns(std::string_view text, std::span<const FirstRow> rows,
                            CsvLineCounter& lines, CsvPlan& plan) {
  Arena arena;
  std::unordered_map<std::string_view, std::size_t> seen;
  const auto place_of = [&](const CsvCell& cell) {
    const LineColumn where = lines.at(cell.begin);
    return Place{plan.name, where.line, where.column, {}};
  };
  std::size_t width = 0;
  for (const FirstRow& row : rows) width = std::max(width, row.cells.size());
  plan.columns.reserve(width);
  for (std::size_t i = 0; i < width; ++i) {
    const CsvCell* cell = nullptr;
    std::string& column = plan.columns.emplace_back();
    for (const FirstRow& row : rows) {
      if (i >= row.cells.size() || !column.empty()) continue;
      cell = &row.cells[i];
      column = csv_cell_text(text, *cell, plan.dialect, arena);
    }
    // Columns without a name cannot be referred to, so they may repeat.
    const auto [first_use, fresh] = seen.emplace(column, plan.columns.size());
    if (!fresh && !column.empty()) {
      return fail(code::csv_duplicate_column, place_of(*cell),
                  fmt::format("the column name \"{}\" occurs twice: columns {} and {}",
                              printable(column, 80), first_use->second, plan.columns.size()),
                  "rename one, or give the names in the dialect");
    }
    if (const std::optional<char32_t> invisible = find_invisible(column)) {
      plan.notices.push_back(make_diagnostic(
          code::csv_invisible_in_name, place_of(*cell),
          fmt::format("the column name \"{}\" holds the invisible character U+{:04X}",
                      printable(column, 80), static_cast<std::uint32_t>(*invisible))));
    }
  }
  return {};
}

// Names given in the dialect, or 1, 2, 3 ...
void take_given_names(std::size_t cells, CsvPlan& plan) {
  plan.columns = plan.dialect.columns;
  if (!plan.columns.empty()) return;
  for (std::size_t i = 1; i <= cells; ++i) plan.columns.push_back(std::to_string(i));
}

void prepare_nulls(CsvPlan& plan) {
  for (const std::string& null : plan.dialect.nulls) {
    plan.null_sizes |= std::uint64_t{1} << std::min<std::size_t>(null.size(), 63);
  }
}

}  // namespace

Expected<void> read_csv_header(CsvInput& input, CsvPlan& plan) {
  prepare_nulls(plan);
  const Expected<FirstRows> found = find_first_rows(input, plan.dialect);
  if (!found) return std::unexpected(found.error());
  const std::vector<FirstRow>& rows = found->rows;
  const bool has_header = plan.dialect.header_rows > 0;
  if (rows.empty() && (has_header || plan.dialect.columns.empty())) {
    return fail(code::csv_empty, {plan.name},
                "the table is empty: not even a header row was found");
  }
  const std::string_view text = input.text();
  CsvLineCounter lines(text, input.line());
  const auto place_of = [&](std::size_t at) {
    const LineColumn where = lines.at(at);
    return Place{plan.name, where.line, where.column, {}};
  };
  for (const FirstRow& each : rows) {
    const Expected<void> good =
        check_csv_text(text.substr(0, each.row.end), plan.name, input.offset(), input.line());
    if (!good) return good;
    if (each.row.open_quote != kNowhere) {
      return csv_unclosed_quote_error(place_of(each.row.open_quote));
    }
    if (each.cells.size() <= plan.limits.max_columns) continue;
    return fail(
        code::limit_exceeded, place_of(each.begin),
        fmt::format("the table has {}, more than {} (max-columns)",
                    counted(each.cells.size(), "column"), with_separators(plan.limits.max_columns)),
        "raise the limit with --limit max-columns=N");
  }
  if (has_header && plan.dialect.columns.empty()) {
    if (Expected<void> named = name_columns(text, rows, lines, plan); !named) return named;
  } else {
    take_given_names(rows.empty() ? 0 : rows.front().cells.size(), plan);
  }
  input.advance(rows.empty() ? found->begin
                : has_header ? rows.back().row.end
                             : rows.front().begin);
  plan.data_offset = input.offset();
  return {};
}

Expected<void> project_csv(std::span<const std::string> wanted, CsvPlan& plan) {
  std::unordered_map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < plan.columns.size(); ++i) index.emplace(plan.columns[i], i);
  for (std::size_t slot = 0; slot < wanted.size(); ++slot) {
    const auto found = index.find(wanted[slot]);
    if (found == index.end() || wanted[slot].empty()) {
      return unknown_column(wanted[slot], plan.columns, plan.name);
    }
    plan.wanted.push_back({plan.dialect.skip_columns + found->second, slot});
  }
  std::ranges::sort(plan.wanted, {},
                    [](const CsvPlan::Wanted& w) { return std::pair(w.column, w.slot); });
  plan.wanted.push_back({kNowhere, 0});
  return {};
}

Expected<void> check_csv_dialect(const CsvDialect& dialect, const std::string& name) {
  const auto bad = [&](std::string_view what) {
    return fail(code::csv_bad_dialect, {name}, std::string(what));
  };
  const char comment = dialect.comment.empty() ? '\0' : dialect.comment.front();
  const char used[] = {dialect.delimiter, dialect.quote, comment};
  for (const char c : used) {
    if (c == '\r' || c == '\n') return bad("delimiter, quote and comment cannot be a line break");
  }
  for (const char c : {dialect.delimiter, dialect.quote}) {
    if (static_cast<signed char>(c) < 0) {
      return bad("delimiter and quote must be ASCII characters");
    }
  }
  if (dialect.delimiter == 0) return bad("a table needs a delimiter");
  if (dialect.delimiter == dialect.quote || dialect.delimiter == comment ||
      (dialect.quote != 0 && dialect.quote == comment)) {
    return bad("delimiter, quote and comment must differ");
  }
  if (!dialect.double_quote && (dialect.delimiter == '\\' || dialect.quote == '\\')) {
    return bad("'\\' is the escape character, so it cannot be delimiter or quote");
  }
  for (const std::string& each : dialect.line_ends) {
    if (each.empty()) return bad("a line end cannot be empty");
    if (each.front() == dialect.delimiter || each.front() == dialect.quote) {
      return bad("a line end cannot begin with the delimiter or the quote");
    }
  }
  return {};
}

}  // namespace dossier
