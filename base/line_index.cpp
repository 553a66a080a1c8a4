#include "base/line_index.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace dossier {
namespace {

// The start of the line after the one that ends at or behind `from`; npos when there is none.
std::size_t next_line_start(std::string_view text, std::size_t from) {
  const std::size_t end = text.find_first_of("\r\n", from);
  if (end == std::string_view::npos) return end;
  const bool crlf = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
  return end + (crlf ? 2 : 1);
}

}  // namespace

LineColumn line_column(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  LineColumn out;
  std::size_t start = 0;
  for (std::size_t next = next_line_start(text, 0);
       next != std::string_view::npos && next <= offset; next = next_line_start(text, next)) {
    start = next;
    ++out.line;
  }
  out.column = 1 + count_code_points(text.substr(start, offset - start));
  return out;
}

std::string_view line_at(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::size_t before =
      offset == 0 ? std::string_view::npos : text.find_last_of("\r\n", offset - 1);
  const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
  return text.substr(start, std::min(text.find_first_of("\r\n", start), text.size()) - start);
}

LineIndex::LineIndex(std::string_view text) : text_(text), starts_{0} {
  for (std::size_t next = next_line_start(text, 0); next != std::string_view::npos;
       next = next_line_start(text, next)) {
    starts_.push_back(next);
  }
}

LineColumn LineIndex::at(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto after = std::ranges::upper_bound(starts_, offset);
  const std::size_t start = *(after - 1);
  return {static_cast<std::uint64_t>(after - starts_.begin()),
          1 + count_code_points(text_.substr(start, offset - start))};
}

std::optional<std::string_view> LineIndex::line(std::uint64_t number) const {
  if (number == 0 || number > starts_.size()) return std::nullopt;
  return line_at(text_, starts_[number - 1]);
}

}  // namespace dossier
