#include "sources/column_names.hpp"

#include <fmt/format.h>

#include "base/codes/tables.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace dossier {
namespace {

// Characters that nobody sees: no-break spaces, zero-width characters, direction marks, controls.
bool is_invisible(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || c == 0x180E ||
         (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
         (c >= 0x205F && c <= 0x2064) || c == 0x3000 || c == 0xFEFF;
}

constexpr std::size_t kMaxListed = 40;  // columns that a message lists

std::string listed(std::span<const std::string> columns) {
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
std::string hint_for(const std::string& wanted, std::span<const std::string> columns) {
  for (const std::string& column : columns) {
    const std::optional<char32_t> invisible = find_invisible(column);
    if (!invisible || visible_part(column) != visible_part(wanted)) continue;
    return fmt::format("a column looks like that, but holds the invisible character U+{:04X}; ",
                       static_cast<std::uint32_t>(*invisible));
  }
  const auto nearest = nearest_name(wanted, columns);
  return nearest ? fmt::format("did you mean \"{}\"? ", *nearest) : std::string();
}

}  // namespace

std::optional<char32_t> find_invisible(std::string_view column) {
  for (std::size_t at = 0; at < column.size();) {
    const CodePoint point = decode_utf8(column.substr(at));
    if (point.size == 0 || is_invisible(point.value)) return point.value;
    at += point.size;
  }
  return std::nullopt;
}

std::unexpected<Error> unknown_column(const std::string& wanted,
                                      std::span<const std::string> columns,
                                      const std::string& source) {
  return fail(code::column_unknown, {source},
              fmt::format("there is no column \"{}\"", printable(wanted, 80)),
              fmt::format("{}the columns are: {}", hint_for(wanted, columns), listed(columns)));
}

}  // namespace dossier
