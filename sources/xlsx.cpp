#include "sources/xlsx.hpp"

#include <algorithm>
#include <charconv>
#include <deque>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/tables.hpp"
#include "base/text.hpp"
#include "sources/column_names.hpp"
#include "sources/row_reader.hpp"
#include "sources/xlsx_parts.hpp"
#include "sources/xml_events.hpp"

namespace dossier {
namespace {

constexpr std::size_t kSheetBlock = std::size_t{64} << 10;
constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

struct SheetCell {
  std::size_t column = 0;
  SheetValue value;
};

struct SheetRow {
  std::uint64_t number = 0;      // from 0
  std::vector<SheetCell> cells;  // those that say something
};

// Rows as they end; the rest of what a block of bytes gives waits in `rows`.
class SheetHandler final : public XmlHandler {
 public:
  SheetHandler(const Workbook& book, std::string name, const Limits& limits)
      : book_(book), name_(std::move(name)), max_text_(limits.max_cell_bytes) {}

  void start_element(const XmlName& name, std::span<const XmlAttribute> attributes) override {
    takes_text_ = name.local == "v" || (name.local == "t" && phonetic_ == 0);
    if (name.local == "row") {
      begin_row(attributes);
    } else if (name.local == "c") {
      begin_cell(attributes);
    } else if (name.local == "f") {
      has_formula_ = true;
    } else if (name.local == "rPh") {
      ++phonetic_;
    }
  }
  void end_element(const XmlName& name) override {
    takes_text_ = false;
    if (name.local == "rPh") --phonetic_;
    if (name.local == "c") end_cell();
    if (name.local == "row") rows.push_back(std::move(row_));
  }
  void text(std::string_view text) override {
    if (!takes_text_) return;
    if (text_.size() + text.size() > max_text_ && too_long_.empty()) too_long_ = cell_name();
    if (too_long_.empty()) text_ += text;
  }
  void instruction(std::string_view, std::string_view) override {}
  void namespace_declared(std::string_view, std::string_view) override {}

  std::deque<SheetRow> rows;
  std::vector<Diagnostic> notices;
  const std::string& too_long() const { return too_long_; }  // a cell; empty: none

 private:
  // Rows and cells without a number follow the ones before.
  void begin_row(std::span<const XmlAttribute> attributes) {
    const std::uint64_t number = part_number(part_attribute(attributes, "r"));
    next_row_ = number > 0 ? number : next_row_ + 1;
    row_ = {next_row_ - 1, {}};
    next_column_ = 0;
  }
  void begin_cell(std::span<const XmlAttribute> attributes) {
    const std::size_t column = sheet_column(part_attribute(attributes, "r"));
    column_ = column == kNoColumn ? next_column_ : column;
    next_column_ = column_ + 1;
    type_ = part_attribute(attributes, "t");
    style_ = part_number(part_attribute(attributes, "s"));
    has_formula_ = false;
    text_.clear();
  }

  void end_cell() {
    if (type_ == "inlineStr" || type_ == "str") {
      add({unescape_sheet_text(text_), ValueType::text});
    } else if (text_.empty()) {
      if (has_formula_) warn("the formula has no stored result", "open and save it once in Excel");
    } else if (type_ == "s") {
      const std::uint64_t index = part_number(text_);
      if (index < book_.strings.size()) add({std::string(book_.strings[index]), ValueType::text});
    } else if (type_ == "b") {
      add({text_ == "1" || text_ == "true" ? "true" : "false", ValueType::boolean});
    } else if (type_ == "e") {
      warn(fmt::format("the cell holds the error {}", printable(text_)), "");
    } else if (type_ == "d") {
      add({text_, text_.find('T') == std::string::npos ? ValueType::date : ValueType::date_time});
    } else {
      add_number();
    }
  }
  void add_number() {
    double number = 0;
    const char* const end = text_.data() + text_.size();
    if (std::from_chars(text_.data(), end, number).ptr != end) {
      add({text_, ValueType::text});
      return;
    }
    const SheetFormat format =
        style_ < book_.formats.size() ? book_.formats[style_] : SheetFormat::number;
    add(sheet_number(number, format, book_.date1904));
  }
  void add(SheetValue value) {
    if (!value.text.empty()) row_.cells.push_back({column_, std::move(value)});
  }
  void warn(std::string_view what, std::string_view hint) {
    Place place{book_.path, 0, 0, cell_name()};
    notices.push_back(make_diagnostic(code::xlsx_cell, std::move(place),
                                      fmt::format("{}: read as absent", what), std::string(hint)));
  }
  std::string cell_name() const {
    std::string letters;
    for (std::size_t left = column_ + 1; left > 0; left = (left - 1) / 26) {
      letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
    }
    return fmt::format("{}!{}{}", printable(name_), letters, next_row_);
  }

  const Workbook& book_;
  std::string name_;
  std::size_t max_text_;
  SheetRow row_;
  std::uint64_t next_row_ = 0;  // counted from 1
  std::size_t next_column_ = 0;
  std::size_t column_ = 0;
  std::string type_;
  std::uint64_t style_ = 0;
  bool has_formula_ = false;
  bool takes_text_ = false;
  int phonetic_ = 0;
  std::string text_;
  std::string too_long_;
};

class SheetRows final : public RowSource {
 public:
  SheetRows(std::unique_ptr<Workbook> book, const SheetOptions& options, const Limits& limits)
      : book_(std::move(book)), options_(options), limits_(limits), buffer_(kSheetBlock) {}

  Expected<void> open(std::span<const std::string> wanted) {
    const auto sheet = find_sheet();
    if (!sheet) return std::unexpected(sheet.error());
    auto source = open_part(book_->path, (*sheet)->part, limits_);
    if (!source) return std::unexpected(std::move(source.error()));
    source_ = std::move(*source);
    handler_ = std::make_unique<SheetHandler>(*book_, (*sheet)->name, limits_);
    events_ = std::make_unique<XmlEvents>(source_->name(), limits_, *handler_, XmlEventOptions{});
    if (auto named = read_header(); !named) return named;
    return choose(wanted);
  }

  Expected<bool> next_row(RowWriter& out, std::uint64_t& number) override {
    for (;;) {
      const auto more = fill();
      if (!more || !*more) return more;
      const SheetRow row = std::move(handler_->rows.front());
      handler_->rows.pop_front();
      for (Diagnostic& each : handler_->notices) out.notice(std::move(each));
      handler_->notices.clear();
      if (row.number < options_.skip_rows || is_empty(row)) continue;
      number = row.number;
      write(row, out);
      return true;
    }
  }

  std::span<const std::string> columns() const override { return names_; }

 private:
  Expected<const SheetPart*> find_sheet() const {
    std::vector<std::string> names;
    for (const SheetPart& each : book_->sheets) {
      if (options_.sheet.empty() || each.name == options_.sheet) return &each;
      names.push_back(each.name);
    }
    const auto close = nearest_name(options_.sheet, std::span<const std::string>(names));
    std::string all;
    for (const std::string& each : names) all += (all.empty() ? "" : ", ") + printable(each, 60);
    return fail(code::xlsx_no_sheet, {book_->path},
                fmt::format("there is no sheet \"{}\"", printable(options_.sheet)),
                close ? fmt::format("did you mean \"{}\"? there are {}", printable(*close), all)
                      : fmt::format("there are {}", all));
  }

  // Reads until a row is there; false at the end.
  Expected<bool> fill() {
    while (handler_->rows.empty() && !ended_) {
      const auto n = source_->read(buffer_);
      if (!n) return std::unexpected(n.error());
      ended_ = *n < buffer_.size();
      if (auto fed = events_->feed({buffer_.data(), *n}, ended_); !fed) {
        return std::unexpected(std::move(fed.error()));
      }
      if (handler_->too_long().empty()) continue;
      return fail(code::limit_exceeded, {book_->path, 0, 0, handler_->too_long()},
                  fmt::format("the cell is larger than {} bytes (max-cell-bytes)",
                              with_separators(limits_.max_cell_bytes)),
                  "raise the limit with --limit max-cell-bytes=N");
    }
    return !handler_->rows.empty();
  }

  bool is_empty(const SheetRow& row) const {
    return std::ranges::none_of(
        row.cells, [&](const SheetCell& cell) { return cell.column >= options_.skip_columns; });
  }

  Expected<void> read_header() {
    names_ = options_.columns;
    std::uint32_t left = options_.header_rows;
    for (;;) {
      const auto more = fill();
      if (!more) return std::unexpected(more.error());
      if (!*more) break;
      const SheetRow& row = handler_->rows.front();
      const bool counts = row.number >= options_.skip_rows && !is_empty(row);
      if (counts && options_.header_rows == 0) return number_columns(row);
      if (counts && options_.columns.empty()) take_names(row);
      handler_->rows.pop_front();
      if (counts && --left == 0) break;
    }
    if (names_.empty()) {
      return fail(code::csv_empty, {book_->path},
                  "the sheet is empty: not even a header row was found");
    }
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const auto again =
          std::find(names_.begin(), names_.begin() + static_cast<std::ptrdiff_t>(i), names_[i]);
      if (names_[i].empty() || again == names_.begin() + static_cast<std::ptrdiff_t>(i)) continue;
      return fail(code::csv_duplicate_column, {book_->path},
                  fmt::format("the column name \"{}\" occurs twice: columns {} and {}",
                              printable(names_[i], 80), again - names_.begin() + 1, i + 1),
                  "rename one, or give the names in the dialect");
    }
    return {};
  }
  // A column is called by its first header cell that says something.
  void take_names(const SheetRow& row) {
    for (const SheetCell& cell : row.cells) {
      if (cell.column < options_.skip_columns) continue;
      const std::size_t column = cell.column - options_.skip_columns;
      if (names_.size() <= column) names_.resize(column + 1);
      if (names_[column].empty()) names_[column] = cell.value.text;
    }
  }
  Expected<void> number_columns(const SheetRow& first) {
    if (!names_.empty()) return {};
    const std::size_t count = first.cells.back().column + 1 - options_.skip_columns;
    for (std::size_t i = 1; i <= count; ++i) names_.push_back(std::to_string(i));
    return {};
  }

  Expected<void> choose(std::span<const std::string> wanted) {
    for (const std::string& name : wanted) {
      const auto found = std::ranges::find(names_, name);
      if (found == names_.end() || name.empty()) {
        return unknown_column(name, names_, book_->path);
      }
      chosen_.push_back(options_.skip_columns + static_cast<std::size_t>(found - names_.begin()));
    }
    return {};
  }

  void write(const SheetRow& row, RowWriter& out) const {
    for (const std::size_t column : chosen_) {
      const auto cell = std::ranges::find(row.cells, column, &SheetCell::column);
      if (cell == row.cells.end() ||
          std::ranges::find(options_.nulls, cell->value.text) != options_.nulls.end()) {
        out.add_absent();
      } else {
        out.add(cell->value.text, cell->value.type);
      }
    }
  }

  std::unique_ptr<Workbook> book_;
  SheetOptions options_;
  Limits limits_;
  std::vector<char> buffer_;
  std::unique_ptr<ByteSource> source_;
  std::unique_ptr<SheetHandler> handler_;
  std::unique_ptr<XmlEvents> events_;
  bool ended_ = false;
  std::vector<std::string> names_;
  std::vector<std::size_t> chosen_;  // by slot, the column in the sheet
};

}  // namespace

Expected<std::unique_ptr<RecordReader>> open_xlsx(const std::string& path,
                                                  const SheetOptions& options,
                                                  std::span<const std::string> wanted,
                                                  const Limits& limits) {
  if (path == "-") {
    return fail(code::xlsx_bad, {path},
                "a workbook is read in several passes, and standard input only once",
                "save it to a file");
  }
  auto book = open_workbook(path, limits);
  if (!book) return std::unexpected(std::move(book.error()));
  auto rows = std::make_unique<SheetRows>(std::move(*book), options, limits);
  if (auto opened = rows->open(wanted); !opened) return std::unexpected(std::move(opened.error()));
  return read_rows(std::move(rows), path, wanted.size());
}

}  // namespace dossier
