// Dates as people write them, read by a pattern: y year (yyyy or uuuu; yy is 2000 to 2099), M month
// (M, MM; MMM and MMMM by name), d day, H hour, m minute, s second, E a weekday's name, quoted text
// 'at', all else stands for itself. The letters are those of java.time, which other engines of RML
// take. How exact a date is follows from the pattern: year and month give 2020-10.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

enum class DatePrecision : std::uint8_t { year, month, day, second };

struct PatternDate {
  std::int64_t year = 0;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  DatePrecision precision = DatePrecision::day;
};

bool is_date_pattern(std::string_view pattern);

// Nothing when the text is not of the pattern, or no day of the calendar. Names of months in
// English, and in `language` (de, fr, nl, es, it, pt) where that is given.
std::optional<PatternDate> parse_pattern_date(std::string_view text, std::string_view pattern,
                                              std::string_view language = "en");

// "2020", "2020-10", "2020-10-05", "2020-10-05T12:00:00": cut to `precision`.
std::string to_string(const PatternDate& date, DatePrecision precision);

}  // namespace dossier
