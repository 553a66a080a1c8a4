#include <algorithm>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/tables.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sources/csv_input.hpp"
#include "sources/csv_row.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMaxListed = 40;  // columns that a message lists

std::string listed(const std::vector<std::string>& columns) {
  std::string out;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i == kMaxListed) {
      out += fmt::format(" and {} more", with_separators(columns.size() - kMaxListed));
      break;
    }
    out += fmt::format("{}\"{}\"", i == 0 ? "" : ", ", printable(columns[i], 80));
  }
  return out;
}

// Characters that nobody sees: no-break spaces, zero-width characters, direction marks, controls.
bool is_invisible(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || c == 0x180E ||
         (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
         (c >= 0x205F && c <= 0x2064) || c == 0x3000 || c == 0xFEFF;
}

// The first invisible character of a column name.
std::optional<char32_t> find_invisible(std::string_view column) {
  for (std::size_t at = 0; at < column.size();) {
    const CodePoint point = decode_utf8(column.substr(at));
    if (point.size == 0 || is_invisible(point.value)) return point.value;
    at += point.size;
  }
  return std::nullopt;
}

// What is seen of a name.
std::string visible_part(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint point = decode_utf8(name.substr(at));
    if (point.size == 0) return std::string(name);
    if (!is_invisible(point.value)) out += name.substr(at, point.size);
    at += point.size;
  }
  return out;
}

// A column that only looks like `wanted` is the likeliest slip, and the one that no list of names
// shows.
std::string hint_for(const std::string& wanted, const std::vector<std::string>& columns) {
  for (const std::string& column : columns) {
    const std::optional<char32_t> invisible = find_invisible(column);
    if (!invisible || visible_part(column) != visible_part(wanted)) continue;
    return fmt::format("a column looks like that, but holds the invisible character U+{:04X}; ",
                       static_cast<std::uint32_t>(*invisible));
  }
  const auto nearest = nearest_name(wanted, columns);
  return nearest ? fmt::format("did you mean \"{}\"? ", *nearest) : std::string();
}

// The first row, whole; nothing when the table has none. Lines to skip are dropped before.
struct FirstRow {
  std::size_t begin = 0;
  CsvRow row;
  std::vector<CsvCell> cells;
};
Expected<std::optional<FirstRow>> find_first_row(CsvInput& input, const CsvDialect& dialect) {
  Expected<void> filled = input.fill();
  for (; filled; filled = input.grow()) {
    const std::string_view text = input.text();
    FirstRow first;
    for (std::uint32_t i = 0; i < dialect.skip_rows; ++i) {
      first.begin = skip_csv_line(text, first.begin);
    }
    first.begin = skip_csv_gaps(text, first.begin, dialect);
    if (first.begin < text.size()) {
      first.row = read_csv_row(text, first.begin, dialect, &first.cells);
      // A CR at the very end may be half of a CRLF.
      if (input.ended() || (first.row.complete && first.row.end < text.size())) return first;
    } else if (input.ended()) {
      return std::nullopt;
    }
  }
  return std::unexpected(filled.error());
}

Expected<void> name_columns(std::string_view text, const FirstRow& first, CsvLineCounter& lines,
                            CsvPlan& plan) {
  Arena arena;
  std::unordered_map<std::string_view, std::size_t> seen;
  const auto place_of = [&](const CsvCell& cell) {
    const LineColumn where = lines.at(cell.begin);
    return Place{plan.name, where.line, where.column, {}};
  };
  plan.columns.reserve(first.cells.size());
  for (const CsvCell& cell : first.cells) {
    plan.columns.emplace_back(csv_cell_text(text, cell, plan.dialect, arena));
    const std::string& column = plan.columns.back();
    // Columns without a name cannot be referred to, so they may repeat.
    const auto [first_use, fresh] = seen.emplace(column, plan.columns.size());
    if (!fresh && !column.empty()) {
      return fail(code::csv_duplicate_column, place_of(cell),
                  fmt::format("the column name \"{}\" occurs twice: columns {} and {}",
                              printable(column, 80), first_use->second, plan.columns.size()),
                  "rename one, or give the names in the dialect");
    }
    if (const std::optional<char32_t> invisible = find_invisible(column)) {
      plan.notices.push_back(make_diagnostic(
          code::csv_invisible_in_name, place_of(cell),
          fmt::format("the column name \"{}\" holds the invisible character U+{:04X}",
                      printable(column, 80), static_cast<std::uint32_t>(*invisible))));
    }
  }
  return {};
}

// Names given in the dialect, or 1, 2, 3 ...
void take_given_names(const FirstRow* first, CsvPlan& plan) {
  plan.columns = plan.dialect.columns;
  if (!plan.columns.empty() || first == nullptr) return;
  for (std::size_t i = 1; i <= first->cells.size(); ++i) plan.columns.push_back(std::to_string(i));
}

void prepare_nulls(CsvPlan& plan) {
  for (const std::string& null : plan.dialect.nulls) {
    plan.null_sizes |= std::uint64_t{1} << std::min<std::size_t>(null.size(), 63);
  }
}

}  // namespace

Expected<void> read_csv_header(CsvInput& input, CsvPlan& plan) {
  prepare_nulls(plan);
  const Expected<std::optional<FirstRow>> found = find_first_row(input, plan.dialect);
  if (!found) return std::unexpected(found.error());
  const FirstRow* const first = *found ? &**found : nullptr;
  const bool names_known = !plan.dialect.header && !plan.dialect.columns.empty();
  if (first == nullptr && !names_known) {
    return fail(code::csv_empty, {plan.name},
                "the table is empty: not even a header row was found");
  }
  const std::string_view text = input.text();
  if (first != nullptr) {
    const Expected<void> good =
        check_csv_text(text.substr(0, first->row.end), plan.name, input.offset(), input.line());
    if (!good) return good;
    CsvLineCounter lines(text, input.line());
    if (first->row.open_quote != kNowhere) {
      const LineColumn where = lines.at(first->row.open_quote);
      return csv_unclosed_quote_error({plan.name, where.line, where.column, {}});
    }
    if (first->cells.size() > plan.limits.max_columns) {
      const LineColumn where = lines.at(first->begin);
      return fail(code::limit_exceeded, {plan.name, where.line, where.column, {}},
                  fmt::format("the table has {}, more than {} (max-columns)",
                              counted(first->cells.size(), "column"),
                              with_separators(plan.limits.max_columns)),
                  "raise the limit with --limit max-columns=N");
    }
    if (plan.dialect.header && plan.dialect.columns.empty()) {
      const Expected<void> named = name_columns(text, *first, lines, plan);
      if (!named) return named;
    }
  }
  if (plan.columns.empty()) take_given_names(first, plan);
  if (first != nullptr) input.advance(plan.dialect.header ? first->row.end : first->begin);
  plan.data_offset = input.offset();
  return {};
}

Expected<void> project_csv(std::span<const std::string> wanted, CsvPlan& plan) {
  std::unordered_map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < plan.columns.size(); ++i) index.emplace(plan.columns[i], i);
  for (std::size_t slot = 0; slot < wanted.size(); ++slot) {
    const auto found = index.find(wanted[slot]);
    if (found == index.end() || wanted[slot].empty()) {
      return fail(code::column_unknown, {plan.name},
                  fmt::format("there is no column \"{}\"", printable(wanted[slot], 80)),
                  fmt::format("{}the columns are: {}", hint_for(wanted[slot], plan.columns),
                              listed(plan.columns)));
    }
    plan.wanted.push_back({found->second, slot});
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
  const char used[] = {dialect.delimiter, dialect.quote, dialect.comment};
  for (const char c : used) {
    if (c == '\r' || c == '\n') return bad("delimiter, quote and comment cannot be a line break");
    if (static_cast<signed char>(c) < 0) {
      return bad("delimiter, quote and comment must be ASCII characters");
    }
  }
  if (dialect.delimiter == 0) return bad("a table needs a delimiter");
  if (dialect.delimiter == dialect.quote || dialect.delimiter == dialect.comment ||
      (dialect.quote != 0 && dialect.quote == dialect.comment)) {
    return bad("delimiter, quote and comment must differ");
  }
  if (!dialect.double_quote && (dialect.delimiter == '\\' || dialect.quote == '\\')) {
    return bad("'\\' is the escape character, so it cannot be delimiter or quote");
  }
  return {};
}

}  // namespace dossier
