#include "sources/xlsx_values.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "base/utf8.hpp"

namespace dossier {
namespace {

constexpr double kMillisecondsPerDay = 86'400'000;
constexpr double kFirstDayAfter9999 = 2'958'466;  // of the system of 1900
constexpr double kExactIntegers = 1e15;

std::string shortest_number(double number) {
  char digits[40];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  return {digits, end};
}

SheetValue plain_number(double number) {
  if (number == std::floor(number) && std::abs(number) < kExactIntegers) {
    return {fmt::format("{}", static_cast<std::int64_t>(number)), ValueType::integer};
  }
  return {shortest_number(number), ValueType::real};
}

// The first date of each system. In that of 1900 a day that never was (29 February 1900) has the
// number 60: days before it are counted from one day later.
std::chrono::sys_days day_of(std::int64_t serial, bool date1904) {
  using namespace std::chrono;
  if (date1904) return sys_days(year(1904) / January / 1) + days(serial);
  return sys_days(year(1899) / December / 30) + days(serial < 60 ? serial + 1 : serial);
}

std::string time_text(std::int64_t milliseconds) {
  const std::int64_t seconds = milliseconds / 1000;
  std::string out =
      fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (milliseconds % 1000 == 0) return out;
  out += fmt::format(".{:03}", milliseconds % 1000);
  while (out.back() == '0') out.pop_back();
  return out;
}

std::string date_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

// What a code holds, its texts and colours left out.
struct FormatLetters {
  bool date = false;
  bool time = false;
  bool elapsed = false;
};
FormatLetters letters_of(std::string_view code) {
  FormatLetters out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = static_cast<char>(code[i] | 0x20);
    if (code[i] == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (code[i] == '\\' || code[i] == '_' || code[i] == '*') {
      ++i;
    } else if (code[i] == '[') {
      const std::size_t end = std::min(code.find(']', i), code.size());
      const std::string_view inside = code.substr(i + 1, end - i - 1);
      out.elapsed = out.elapsed || (!inside.empty() &&
                                    inside.find_first_not_of("hHmMsS") == std::string_view::npos);
      i = end;
    } else if (code[i] == ';') {
      break;  // of the other sections the first decides
    } else if (c == 'y' || c == 'd') {
      out.date = true;
    } else if (c == 'h' || c == 's') {
      out.time = true;
    } else if (c == 'm' && !out.time) {
      // Minutes stand beside hours or seconds, months alone or with days and years.
      out.date = out.date || code.find_first_of("hHsS") == std::string_view::npos;
    }
  }
  return out;
}

}  // namespace

SheetFormat sheet_format(std::string_view code) {
  if (code == "General" || code == "@") return SheetFormat::number;
  const FormatLetters letters = letters_of(code);
  if (letters.elapsed) return SheetFormat::number;
  if (letters.date) return letters.time ? SheetFormat::date_time : SheetFormat::date;
  return letters.time ? SheetFormat::time : SheetFormat::number;
}

SheetFormat builtin_sheet_format(std::uint64_t id) {
  if (id == 22) return SheetFormat::date_time;
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
      id == 57 || id == 58) {
    return SheetFormat::date;
  }
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 ||
      id == 56) {
    return SheetFormat::time;
  }
  return SheetFormat::number;
}

SheetValue sheet_number(double number, SheetFormat format, bool date1904) {
  if (!std::isfinite(number)) return {shortest_number(number), ValueType::text};
  const double first_after = date1904 ? kFirstDayAfter9999 - 1462 : kFirstDayAfter9999;
  if (format == SheetFormat::number || number < 0 || number >= first_after) {
    return plain_number(number);
  }
  auto day = static_cast<std::int64_t>(std::floor(number));
  auto milliseconds =
      static_cast<std::int64_t>(std::llround((number - std::floor(number)) * kMillisecondsPerDay));
  if (milliseconds == static_cast<std::int64_t>(kMillisecondsPerDay)) {
    ++day;
    milliseconds = 0;
  }
  if (format == SheetFormat::time && day == 0) return {time_text(milliseconds), ValueType::time};
  const std::string date = date_text(day_of(day, date1904));
  if (format == SheetFormat::date && milliseconds == 0) return {date, ValueType::date};
  return {date + "T" + time_text(milliseconds), ValueType::date_time};
}

std::string unescape_sheet_text(std::string_view text) {
  constexpr std::size_t kEscape = 7;  // _x000D_
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view escape = text.substr(i, kEscape);
    unsigned value = 0;
    const bool shaped = escape.size() == kEscape && escape.starts_with("_x") && escape[6] == '_';
    const char* const end = escape.data() + 6;
    const bool hex = shaped && std::from_chars(escape.data() + 2, end, value, 16).ptr == end;
    if (!hex || value == 0 || (value >= 0xD800 && value <= 0xDFFF)) {
      out += text[i];
      continue;
    }
    append_utf8(out, value);
    i += kEscape - 1;
  }
  return out;
}

std::size_t sheet_column(std::string_view reference) {
  std::size_t column = 0;
  std::size_t letters = 0;
  for (; letters < reference.size() && letters < 4; ++letters) {
    const char c = reference[letters];
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
  }
  return letters == 0 ? static_cast<std::size_t>(-1) : column - 1;
}

}  // namespace dossier
