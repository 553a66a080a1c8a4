#include "sources/csv_block.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/tables.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sources/csv_masks.hpp"
#include "sources/csv_row.hpp"

namespace dossier {
namespace {

constexpr char kControlZ = '\x1A';

bool is_null_mark(const CsvPlan& plan, std::string_view text) {
  if ((plan.null_sizes >> std::min<std::size_t>(text.size(), 63) & 1) == 0) return false;
  return std::ranges::find(plan.dialect.nulls, text) != plan.dialect.nulls.end();
}

// Rows of values, grown many rows at a time; a new row is all absent.
class RowStore {
 public:
  RowStore(RecordBatch& batch, std::size_t bytes, std::size_t columns) : batch_(batch) {
    // 40 bytes a row is a narrow table, and a cell has its delimiter; a wrong guess costs a copy.
    reserve_rows(bytes / std::max<std::size_t>(40, columns) + 1);
  }

  Value* current() { return row_; }

  void commit(std::uint64_t offset) {
    batch_.offsets.push_back(offset);
    if (++rows_ == capacity_) {
      reserve_rows(capacity_ * 2);
    } else {
      row_ += batch_.slots;
    }
  }

  // Takes back what the current row was given.
  void drop() { std::fill_n(row_, batch_.slots, Value{}); }

  void finish() { batch_.values.resize(rows_ * batch_.slots); }

 private:
  void reserve_rows(std::size_t rows) {
    capacity_ = rows;
    batch_.values.resize(rows * batch_.slots);
    row_ = batch_.values.data() + rows_ * batch_.slots;
  }

  RecordBatch& batch_;
  std::size_t rows_ = 0;
  std::size_t capacity_ = 0;
  Value* row_ = nullptr;
};

class CsvBlockParser {
 public:
  CsvBlockParser(const CsvPlan& plan, std::string_view text, RecordBatch& out,
                 DiagnosticSink& diagnostics)
      : plan_(plan),
        dialect_(plan.dialect),
        columns_(plan.width()),
        out_(out),
        diagnostics_(diagnostics),
        text_(text),
        rows_(out, text.size(), columns_),
        lines_(text_, out.block.first_line) {}

  Expected<RecordCounts> run() {
    drop_control_z();
    const bool fast = csv_masks_suffice(dialect_) && text_.size() <= plan_.limits.max_cell_bytes;
    odd_ = fast ? 0 : 1;
    for (std::size_t at = 0; at < text_.size();) {
      if (fast) at = fast_rows(at);
      at = skip_csv_gaps(text_, at, dialect_);
      if (at == text_.size()) break;
      odd_ = 1;
      const Expected<std::size_t> next = slow_row(at);
      if (!next) return std::unexpected(next.error());
      at = *next;
    }
    if (too_wide_) return csv_limit(*too_wide_, "row", "max-columns", plan_.limits.max_columns);
    rows_.finish();
    if (odd_ != 0) {
      const Expected<void> good =
          check_csv_text(text_, plan_.name, out_.block.offset, out_.block.first_line);
      if (!good) return std::unexpected(good.error());
    }
    return counts_;
  }

 private:
  // Reads rows by masks from the row start `at`, to the end of the text or to the start of a row in
  // which the masks cannot be trusted. One loop over the special characters: everything in
  // registers, no call but for quoted cells with quotes inside.
  std::size_t fast_rows(std::size_t at) {
    const CsvMasker masker(dialect_.delimiter, dialect_.quote);
    CsvQuoteState quotes;
    const char* const data = text_.data();
    const std::size_t size = text_.size();
    Cursor cursor = start_row(at);
    std::uint64_t odd = 0;
    for (; at < size; at += kMaskBytes) {
      const CsvMasks masks =
          size - at >= kMaskBytes ? masker(data + at) : masker.tail(data + at, size - at);
      odd |= masks.odd;
      const CsvQuoteState::Step step = quotes(masks);
      std::uint64_t stops = step.ends | step.delimiters;
      if (step.doubtful != 0) stops &= (step.doubtful & (0 - step.doubtful)) - 1;
      while (stops != 0) {
        const auto bit = static_cast<unsigned>(std::countr_zero(stops));
        const std::size_t stop = at + bit;
        end_cell(cursor, stop);
        if ((step.ends >> bit & 1) != 0) end_row(cursor, stop);
        stops &= stops - 1;
      }
      if (step.doubtful != 0) break;
    }
    odd_ |= odd;
    if (at < size || quotes.inside()) {
      rows_.drop();
      return cursor.row_start;
    }
    if (cursor.row_start < size) {
      end_cell(cursor, size);
      end_row(cursor, size);
    }
    return size;
  }

  // Where the fast path stands; a local of its loop, so that it lives in registers.
  struct Cursor {
    std::size_t row_start;
    std::size_t cell_start;
    std::size_t column;
    const CsvPlan::Wanted* wanted;  // the next; the last one has no column
    Value* row;
  };
  Cursor start_row(std::size_t at) { return {at, at, 0, plan_.wanted.data(), rows_.current()}; }

  [[gnu::always_inline]] void end_cell(Cursor& cursor, std::size_t stop) {
    for (; cursor.wanted->column == cursor.column; ++cursor.wanted) {
      take_plain_cell(cursor.cell_start, stop, cursor.row[cursor.wanted->slot]);
    }
    ++cursor.column;
    cursor.cell_start = stop + 1;
  }

  // A cell that the masks vouch for: if it begins with a quote it ends with one.
  [[gnu::always_inline]] void take_plain_cell(std::size_t begin, std::size_t end, Value& into) {
    std::string_view cell = text_.substr(begin, end - begin);
    if (!cell.empty() && cell.front() == dialect_.quote && dialect_.quote != 0) {
      cell = cell.substr(1, cell.size() - 2);
      if (std::memchr(cell.data(), dialect_.quote, cell.size()) != nullptr) {
        cell = unescape_csv(cell, dialect_, out_.arena);
      }
    }
    store(cell, into);
  }

  [[gnu::always_inline]] void store(std::string_view cell, Value& into) {
    if (cell.empty() && dialect_.empty_is_null) return;
    if (plan_.null_sizes != 0 && is_null_mark(plan_, cell)) return;
    into = Value::of(cell);
  }

  [[gnu::always_inline]] void end_row(Cursor& cursor, std::size_t stop) {
    if (stop == cursor.row_start) {
      // An empty line, or the LF of a CRLF. Its cell was empty, but may have counted as a text.
      if (!dialect_.empty_is_null) rows_.drop();
    } else {
      ++counts_.read;
      if (cursor.column == columns_ || keep_ragged_row(cursor.row_start, cursor.column, stop)) {
        rows_.commit(out_.block.offset + cursor.row_start);
      } else {
        rows_.drop();
      }
    }
    cursor = start_row(stop + 1);
  }

  // Reads one row by the book and returns where the next begins.
  Expected<std::size_t> slow_row(std::size_t at) {
    const CsvRow row = read_csv_row(text_, at, dialect_, &cells_);
    if (row.open_quote != kNowhere) {
      const Expected<void> good =
          check_csv_text(text_, plan_.name, out_.block.offset, out_.block.first_line);
      if (!good) return std::unexpected(good.error());
      return csv_unclosed_quote_error(place_of(row.open_quote));
    }
    if (dialect_.blank_rows == CsvBlankRows::skip && is_blank_csv_row(text_, cells_, dialect_)) {
      return row.end;
    }
    ++counts_.read;
    const CsvPlan::Wanted* wanted = plan_.wanted.data();
    for (std::size_t column = 0; column < cells_.size(); ++column) {
      const CsvCell& cell = cells_[column];
      if (cell.end - cell.begin > plan_.limits.max_cell_bytes) {
        return csv_limit(cell.begin, "cell", "max-cell-bytes", plan_.limits.max_cell_bytes);
      }
      if (cell.stray) report_stray(cell);
      for (; wanted->column == column; ++wanted) {
        store(csv_cell_text(text_, cell, dialect_, out_.arena), rows_.current()[wanted->slot]);
      }
    }
    const std::size_t stop = cells_.back().end;
    if (cells_.size() == columns_ || keep_ragged_row(at, cells_.size(), stop)) {
      rows_.commit(out_.block.offset + at);
    } else {
      rows_.drop();
    }
    return row.end;
  }

  std::unexpected<Error> csv_limit(std::size_t at, std::string_view what, std::string_view limit,
                                   std::size_t value) {
    return fail(code::limit_exceeded, place_of(at),
                fmt::format("the {} is larger than {} {}", what, limit, with_separators(value)));
  }

  // Reports a row with another number of cells than there are columns; false: leave it out.
  [[gnu::noinline]] bool keep_ragged_row(std::size_t row_start, std::size_t cells,
                                         std::size_t stop) {
    if (cells > plan_.limits.max_columns && !too_wide_) too_wide_ = row_start;
    std::string message = fmt::format("the row has {} where the header has {}",
                                      counted(cells, "cell"), with_separators(columns_));
    std::size_t at = stop;
    if (cells < columns_) {
      const std::size_t first = std::max<std::size_t>(cells, dialect_.skip_columns);
      message += fmt::format("; \"{}\"{} missing",
                             printable(plan_.columns[first - dialect_.skip_columns], 80),
                             columns_ - cells > 1 ? " and what follows are" : " is");
    } else {
      read_csv_row(text_, row_start, dialect_, &surplus_);
      at = surplus_[columns_].begin;
      if (!dialect_.strict) message += "; the surplus is dropped";
    }
    Diagnostic diagnostic = make_diagnostic(code::csv_ragged_row, place_of(at), std::move(message));
    if (dialect_.strict) {
      diagnostic.severity = Severity::violation;
      counts_.reject(code::csv_ragged_row);
    }
    diagnostics_.report(std::move(diagnostic));
    return !dialect_.strict;
  }

  void report_stray(const CsvCell& cell) {
    diagnostics_.report(
        make_diagnostic(code::csv_stray_quote, place_of(cell.close + 1),
                        fmt::format("text after the closing quote: {}",
                                    printable(text_.substr(cell.begin, cell.end - cell.begin), 80)),
                        "double the quotes inside a quoted cell"));
  }

  // A leftover of old systems: a row of nothing but 0x1A at the end of the file.
  void drop_control_z() {
    if (!out_.block.last) return;
    std::size_t end = text_.size();
    while (end > 0 && (text_[end - 1] == '\r' || text_[end - 1] == '\n')) --end;
    if (end == 0 || text_[end - 1] != kControlZ) return;
    --end;
    if (end > 0 && text_[end - 1] != '\r' && text_[end - 1] != '\n') return;
    diagnostics_.report(make_diagnostic(code::csv_control_z, place_of(end),
                                        "the last row is only the mark Ctrl-Z (0x1A)"));
    text_ = text_.substr(0, end);
  }

  Place place_of(std::size_t at) {
    const LineColumn where = lines_.at(at);
    return {plan_.name, where.line, where.column, {}};
  }

  const CsvPlan& plan_;
  const CsvDialect& dialect_;
  const std::size_t columns_;
  RecordBatch& out_;
  DiagnosticSink& diagnostics_;
  std::string_view text_;
  RowStore rows_;
  CsvLineCounter lines_;
  RecordCounts counts_;
  std::uint64_t odd_ = 0;                // not 0: the text must be checked for NUL and bad UTF-8
  std::optional<std::size_t> too_wide_;  // where a row with too many cells begins
  std::vector<CsvCell> cells_;
  std::vector<CsvCell> surplus_;
};

}  // namespace

Expected<RecordCounts> parse_csv_block(const CsvPlan& plan, RecordBlock block, RecordBatch& out,
                                       DiagnosticSink& diagnostics) {
  out.slots = plan.wanted.size() - 1;
  out.values.clear();
  out.offsets.clear();
  out.arena = Arena();
  out.block = std::move(block);
  if (out.block.offset == plan.data_offset) {
    for (const Diagnostic& notice : plan.notices) diagnostics.report(notice);
  }
  const std::string_view text(out.block.bytes.data(), out.block.bytes.size());
  return CsvBlockParser(plan, text, out, diagnostics).run();
}

Expected<void> check_csv_text(std::string_view text, const std::string& name, std::uint64_t offset,
                              std::uint64_t line) {
  const std::size_t nul = text.find('\0');
  const std::size_t bad = find_invalid_utf8(text);
  const std::size_t first = std::min(nul, bad);
  if (first == kNowhere) return {};
  const LineColumn where = CsvLineCounter(text, line).at(first);
  Place place{name, where.line, where.column, {}};
  if (nul < bad) {
    return fail(code::csv_nul_byte, std::move(place),
                fmt::format("NUL byte at byte {}", offset + first),
                "is this UTF-16 or a binary file? Name the encoding: `encoding: utf-16`");
  }
  return fail(code::invalid_utf8, std::move(place),
              fmt::format("byte {} (0x{:02X}) does not belong to valid UTF-8", offset + first,
                          static_cast<unsigned char>(text[first])),
              "name the encoding, such as `encoding: windows-1252` or `encoding: latin1`");
}

std::unexpected<Error> csv_unclosed_quote_error(Place place) {
  return fail(code::csv_unclosed_quote, std::move(place),
              "the quote that opens here is never closed",
              "double a quote inside a quoted cell, or name another quote character");
}

}  // namespace dossier
