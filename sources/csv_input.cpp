#include "sources/csv_input.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/text.hpp"
#include "sources/csv_row.hpp"

namespace dossier {

Expected<void> CsvInput::start() {
  Expected<DecodedSource> decoded = decode_text(std::move(source_), dialect_.encoding);
  if (!decoded) return std::unexpected(decoded.error());
  source_ = std::move(decoded->bytes);
  offset_ = decoded->skipped;
  return {};
}

Expected<void> CsvInput::fill() {
  const std::size_t had = bytes_.size();
  if (ended_ || had >= target_) return {};
  bytes_.resize(target_);
  const Expected<std::size_t> n = source_->read(std::span(bytes_).subspan(had));
  if (!n) return std::unexpected(n.error());
  ended_ = *n < target_ - had;
  bytes_.resize(had + *n);
  return {};
}

Expected<void> CsvInput::grow() {
  const Expected<void> small = check_tail();
  if (!small) return small;
  target_ = std::max(target_, bytes_.size()) * 2;
  return fill();
}

Expected<void> CsvInput::advance_to(std::uint64_t offset) {
  for (;;) {
    const Expected<void> filled = fill();
    if (!filled) return filled;
    const auto step =
        static_cast<std::size_t>(std::min<std::uint64_t>(offset - offset_, bytes_.size()));
    if (step == 0) return {};
    advance(step);
  }
}

// What is there is the beginning of one row (or of the header).
Expected<void> CsvInput::check_tail() const {
  if (bytes_.size() <= limits_.max_cell_bytes && bytes_.size() <= limits_.max_columns) return {};
  std::vector<CsvCell> cells;
  const std::size_t begin = skip_csv_gaps(text(), 0, dialect_);
  const CsvRow row = read_csv_row(text(), begin, dialect_, &cells);
  if (cells.size() > limits_.max_columns) {
    const LineColumn where = CsvLineCounter(text(), line_).at(begin);
    return fail(code::limit_exceeded, {source_->name(), where.line, where.column, {}},
                fmt::format("the row has more than {} cells (max-columns)",
                            with_separators(limits_.max_columns)),
                "is the delimiter the right one? Raise the limit with --limit max-columns=N");
  }
  const CsvCell& last = cells.back();
  if (last.end - last.begin > limits_.max_cell_bytes) {
    const LineColumn where = CsvLineCounter(text(), line_).at(last.begin);
    return fail(code::limit_exceeded, {source_->name(), where.line, where.column, {}},
                fmt::format("the cell is larger than {} bytes (max-cell-bytes)",
                            with_separators(limits_.max_cell_bytes)),
                row.open_quote == kNowhere
                    ? "raise the limit with --limit max-cell-bytes=N"
                    : "is the quote that opens here ever closed? Raise the limit with --limit "
                      "max-cell-bytes=N");
  }
  return {};
}

void CsvInput::advance(std::size_t size) {
  if (size == 0) return;
  const std::string_view gone = text().substr(0, size);
  std::size_t at = after_cr_ && gone[0] == '\n' ? 1 : 0;
  for (;;) {
    at = gone.find_first_of("\r\n", at);
    if (at == std::string_view::npos) break;
    ++line_;
    const bool crlf = gone[at] == '\r' && at + 1 < size && gone[at + 1] == '\n';
    at += crlf ? 2 : 1;
  }
  after_cr_ = gone.back() == '\r';
  offset_ += size;
  bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(size));
}

RecordBlock CsvInput::take(std::size_t size, std::uint64_t lines) {
  RecordBlock block;
  block.offset = offset_;
  block.first_line = line_;
  std::vector<char> rest;
  target_ = block_bytes_;
  rest.reserve(std::max(target_, bytes_.size() - size));
  rest.assign(bytes_.begin() + static_cast<std::ptrdiff_t>(size), bytes_.end());
  block.bytes = std::move(bytes_);
  block.bytes.resize(size);
  bytes_ = std::move(rest);
  offset_ += size;
  line_ += lines;
  return block;
}

}  // namespace dossier
