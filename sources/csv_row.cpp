#include "sources/csv_row.hpp"

#include <algorithm>
#include <cstring>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sources/csv_masks.hpp"

namespace dossier {
namespace {

bool is_line_end(char c) {
  return c == '\r' || c == '\n';
}

// Behind the line end at `at`.
std::size_t past_line_end(std::string_view text, std::size_t at) {
  const bool crlf = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
  return at + (crlf ? 2 : 1);
}

// The first CR or LF at or behind `at`; kNowhere when there is none. In steps, so that neither
// character is looked for far beyond the other.
std::size_t find_line_end(std::string_view text, std::size_t at) {
  constexpr std::size_t kStep = 1024;
  for (; at < text.size(); at += kStep) {
    const std::string_view step = text.substr(at, kStep);
    const std::size_t lf = step.find('\n');
    const std::size_t cr = step.substr(0, lf).find('\r');
    const std::size_t first = std::min(lf, cr);
    if (first != std::string_view::npos) return at + first;
  }
  return kNowhere;
}

// The closing quote of the cell whose inside begins at `at`; kNowhere when there is none.
std::size_t find_closing_quote(std::string_view text, std::size_t at, const CsvDialect& dialect,
                               bool& escaped) {
  const char stops[] = {dialect.quote, '\\'};
  for (;;) {
    const std::size_t stop = dialect.double_quote
                                 ? text.find(dialect.quote, at)
                                 : text.find_first_of(std::string_view(stops, 2), at);
    if (stop == std::string_view::npos) return kNowhere;
    const bool backslash = text[stop] != dialect.quote;
    const bool doubled = !backslash && dialect.double_quote && stop + 1 < text.size() &&
                         text[stop + 1] == dialect.quote;
    if (!backslash && !doubled) return stop;
    escaped = true;
    at = std::min(stop + 2, text.size());
  }
}

// Bytes of the line end of the dialect that begins at `at`; 0: none does.
std::size_t line_end_size(std::string_view text, std::size_t at, const CsvDialect& dialect) {
  if (dialect.line_ends.empty()) return is_line_end(text[at]) ? past_line_end(text, at) - at : 0;
  std::size_t longest = 0;
  for (const std::string& each : dialect.line_ends) {
    if (each.size() > longest && text.substr(at).starts_with(each)) longest = each.size();
  }
  return longest;
}

bool ends_with_line_end(std::string_view text, const CsvDialect& dialect) {
  if (dialect.line_ends.empty()) return !text.empty() && is_line_end(text.back());
  return std::ranges::any_of(dialect.line_ends,
                             [&](const std::string& each) { return text.ends_with(each); });
}

std::size_t find_cell_end(std::string_view text, std::size_t at, const CsvDialect& dialect) {
  while (at < text.size() && text[at] != dialect.delimiter &&
         line_end_size(text, at, dialect) == 0) {
    ++at;
  }
  return at;
}

// What trimming takes away: also line breaks that end no line of this dialect.
bool is_blank(std::string_view text, std::size_t at, const CsvDialect& dialect) {
  if (text[at] == dialect.delimiter) return false;
  if (text[at] == ' ' || text[at] == '\t') return true;
  return is_line_end(text[at]) && line_end_size(text, at, dialect) == 0;
}

bool trims(const CsvDialect& dialect, CsvTrim side) {
  return dialect.trim == side || dialect.trim == CsvTrim::both;
}

// The cell that begins at `at`; its end is where the delimiter or line end stands, or would stand.
struct CellStep {
  CsvCell cell;
  std::size_t next = 0;  // the delimiter or line end; text.size() when there is none
  bool closed = true;
};
CellStep read_cell(std::string_view text, std::size_t at, const CsvDialect& dialect) {
  CellStep out;
  const auto skippable = [&](CsvTrim side, std::size_t i) {
    return trims(dialect, side) && i < text.size() && is_blank(text, i, dialect);
  };
  while (skippable(CsvTrim::start, at)) ++at;
  out.cell.begin = at;
  if (dialect.quote == 0 || at == text.size() || text[at] != dialect.quote) {
    out.next = out.cell.end = find_cell_end(text, at, dialect);
    while (out.cell.end > at && skippable(CsvTrim::end, out.cell.end - 1)) --out.cell.end;
    return out;
  }
  out.cell.close = find_closing_quote(text, at + 1, dialect, out.cell.escaped);
  if (out.cell.close == kNowhere) {
    out.closed = false;
    out.next = out.cell.end = text.size();
    return out;
  }
  out.next = find_cell_end(text, out.cell.close + 1, dialect);
  out.cell.end = out.next;
  while (out.cell.end > out.cell.close + 1 && skippable(CsvTrim::end, out.cell.end - 1)) {
    --out.cell.end;
  }
  out.cell.stray = out.cell.end > out.cell.close + 1;
  return out;
}

std::string_view trimmed(std::string_view text, const CsvDialect& dialect) {
  const std::string_view inner = trim_ascii(text);
  if (dialect.trim == CsvTrim::none) return text;
  if (dialect.trim == CsvTrim::both || inner.empty()) return inner;
  const auto begin = static_cast<std::size_t>(inner.data() - text.data());
  return dialect.trim == CsvTrim::start ? text.substr(begin) : text.substr(0, begin + inner.size());
}

CsvScan scan_by_rows(std::string_view text, const CsvDialect& dialect) {
  CsvScan out;
  std::vector<CsvCell> cells;
  const bool drops_blank = dialect.blank_rows == CsvBlankRows::skip;
  for (std::size_t at = 0;;) {
    at = skip_csv_gaps(text, at, dialect);
    if (ends_with_line_end(text.substr(0, at), dialect)) out.end = at;
    if (at == text.size()) break;
    const CsvRow row = read_csv_row(text, at, dialect, drops_blank ? &cells : nullptr);
    if (!row.complete) {
      out.inside = row.open_quote != kNowhere;
      break;
    }
    if (!drops_blank || !is_blank_csv_row(text, cells, dialect)) ++out.records;
    out.end = at = row.end;
  }
  CsvLineCounter lines(text, 0);
  out.lines = lines.at(out.end).line;
  return out;
}

// Counters of the fast scan; all hold up to the last line end outside of quotes.
class MaskScan {
 public:
  MaskScan(std::string_view text, const CsvDialect& dialect)
      : text_(text), dialect_(dialect), masker_(dialect.delimiter, dialect.quote) {}

  CsvScan run() {
    for (std::size_t at = 0; at < text_.size();) {
      at = scan_from(at);
      if (at == text_.size()) break;
      const CsvRow row = read_csv_row(text_, at, dialect_, nullptr);
      if (!row.complete) {
        out_.inside = row.open_quote != kNowhere;
        break;
      }
      CsvLineCounter lines(text_.substr(at, row.end - at), 0);
      out_.lines += lines.at(row.end - at).line;
      ++out_.records;
      out_.end = at = row.end;
    }
    return out_;
  }

 private:
  // From a row's start as far as the masks can be trusted: to the end of the text, or to the start
  // of the row in which they cannot.
  std::size_t scan_from(std::size_t at) {
    CsvQuoteState quotes;
    std::uint64_t after_end = 1;  // the byte before is a line end outside of quotes
    std::uint64_t after_cr = 0;
    std::uint64_t lines = out_.lines;
    std::size_t row_start = at;
    for (; at < text_.size(); at += kMaskBytes) {
      const std::size_t left = text_.size() - at;
      const CsvMasks masks =
          left >= kMaskBytes ? masker_(text_.data() + at) : masker_.tail(text_.data() + at, left);
      const CsvQuoteState::Step step = quotes(masks);
      std::uint64_t ends = step.ends;
      if (step.doubtful != 0) ends &= (step.doubtful & (0 - step.doubtful)) - 1;
      const std::uint64_t breaks = (masks.cr | masks.lf) & ~(masks.lf & (masks.cr << 1 | after_cr));
      if (ends != 0) {
        const auto last = static_cast<unsigned>(63 - std::countl_zero(ends));
        const std::uint64_t upto = ~std::uint64_t{0} >> (63 - last);
        out_.lines = lines + static_cast<unsigned>(std::popcount(breaks & upto));
        out_.records += static_cast<unsigned>(std::popcount(ends & ~(ends << 1 | after_end)));
        out_.end = row_start = at + last + 1;
      }
      if (step.doubtful != 0) return row_start;
      lines += static_cast<unsigned>(std::popcount(breaks));
      after_end = step.ends >> 63;
      after_cr = masks.cr >> 63;
    }
    out_.inside = quotes.inside();
    return text_.size();
  }

  std::string_view text_;
  const CsvDialect& dialect_;
  CsvMasker masker_;
  CsvScan out_;
};

}  // namespace

CsvRow read_csv_row(std::string_view text, std::size_t at, const CsvDialect& dialect,
                    std::vector<CsvCell>* cells) {
  if (cells != nullptr) cells->clear();
  CsvRow row;
  for (;;) {
    const CellStep step = read_cell(text, at, dialect);
    if (cells != nullptr) cells->push_back(step.cell);
    if (!step.closed) row.open_quote = step.cell.begin;
    if (step.next == text.size()) {
      row.end = text.size();
      return row;
    }
    if (const std::size_t size = line_end_size(text, step.next, dialect); size > 0) {
      row.end = step.next + size;
      row.complete = true;
      return row;
    }
    at = step.next + 1;
  }
}

std::size_t skip_csv_gaps(std::string_view text, std::size_t at, const CsvDialect& dialect) {
  while (at < text.size()) {
    const std::size_t size = line_end_size(text, at, dialect);
    if (size > 0 && dialect.blank_rows != CsvBlankRows::keep) {
      at += size;
    } else if (!dialect.comment.empty() && text.substr(at).starts_with(dialect.comment)) {
      at = skip_csv_line(text, at, dialect);
    } else {
      break;
    }
  }
  return at;
}

std::size_t skip_csv_line(std::string_view text, std::size_t at, const CsvDialect& dialect) {
  if (dialect.line_ends.empty()) {
    const std::size_t end = find_line_end(text, at);
    return end == kNowhere ? text.size() : past_line_end(text, end);
  }
  for (; at < text.size(); ++at) {
    if (const std::size_t size = line_end_size(text, at, dialect); size > 0) return at + size;
  }
  return at;
}

std::size_t longest_csv_line_end(const CsvDialect& dialect) {
  std::size_t longest = dialect.line_ends.empty() ? 2 : 1;
  for (const std::string& each : dialect.line_ends) longest = std::max(longest, each.size());
  return longest;
}

std::size_t whole_csv_line_end(std::string_view text, std::size_t end, const CsvDialect& dialect) {
  const std::size_t longest = std::min(longest_csv_line_end(dialect), end);
  for (std::size_t back = longest; back > 0; --back) {
    const std::size_t size = line_end_size(text, end - back, dialect);
    if (size > back && line_end_size(text.substr(0, end), end - back, dialect) == back) {
      return end - back + size;
    }
  }
  return end;
}

bool is_blank_csv_row(std::string_view text, const std::vector<CsvCell>& cells,
                      const CsvDialect& dialect) {
  return std::ranges::all_of(cells, [&](const CsvCell& cell) {
    if (cell.close == kNowhere) return cell.end == cell.begin;
    Arena arena;
    return csv_cell_text(text, cell, dialect, arena).empty();
  });
}

std::string_view csv_cell_text(std::string_view text, const CsvCell& cell,
                               const CsvDialect& dialect, Arena& arena) {
  if (cell.close == kNowhere) return text.substr(cell.begin, cell.end - cell.begin);
  std::string_view inside = text.substr(cell.begin + 1, cell.close - cell.begin - 1);
  if (cell.escaped) inside = unescape_csv(inside, dialect, arena);
  // CSVW, section 6.4 of the model for tabular data: a cell's value is trimmed, its quotes are no
  // part of it.
  if (!cell.stray) return trimmed(inside, dialect);
  const std::string_view rest = text.substr(cell.close + 1, cell.end - cell.close - 1);
  char* joined = arena.allocate(inside.size() + rest.size());
  std::memcpy(joined, inside.data(), inside.size());
  std::memcpy(joined + inside.size(), rest.data(), rest.size());
  return trimmed({joined, inside.size() + rest.size()}, dialect);
}

std::string_view unescape_csv(std::string_view quoted, const CsvDialect& dialect, Arena& arena) {
  const char escape = dialect.double_quote ? dialect.quote : '\\';
  char* const out = arena.allocate(quoted.size());
  std::size_t size = 0;
  for (std::size_t at = 0; at < quoted.size();) {
    const std::size_t stop = std::min(quoted.find(escape, at), quoted.size());
    std::memcpy(out + size, quoted.data() + at, stop - at);
    size += stop - at;
    at = stop;
    if (at < quoted.size()) {
      if (at + 1 < quoted.size()) ++at;
      out[size++] = quoted[at++];
    }
  }
  return {out, size};
}

bool csv_masks_suffice(const CsvDialect& dialect) {
  return (dialect.double_quote || dialect.quote == 0) && dialect.comment.empty() &&
         dialect.trim == CsvTrim::none && dialect.blank_rows == CsvBlankRows::lines &&
         dialect.line_ends.empty();
}

CsvScan scan_csv_rows(std::string_view text, const CsvDialect& dialect) {
  if (csv_masks_suffice(dialect)) return MaskScan(text, dialect).run();
  return scan_by_rows(text, dialect);
}

LineColumn CsvLineCounter::at(std::size_t offset) {
  offset = std::min(offset, text_.size());
  if (offset < at_) {
    line_ = first_line_;
    line_start_ = at_ = 0;
  }
  while (at_ < offset) {
    const std::size_t end = find_line_end(text_, at_);
    if (end == kNowhere || past_line_end(text_, end) > offset) break;
    at_ = line_start_ = past_line_end(text_, end);
    ++line_;
  }
  return {line_, 1 + count_code_points(text_.substr(line_start_, offset - line_start_))};
}

}  // namespace dossier
