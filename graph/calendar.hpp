// Dates, times and durations of XML Schema 1.1 part 2: lexical forms, calendar (proleptic
// Gregorian, year 0000 is 1 BCE and a leap year) and the order of values. Values borrow the digits
// of their fraction from the text. Years are exact up to 10^11 and stay there beyond.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dossier {

enum class MomentKind : std::uint8_t {
  date_time,
  date,
  time,
  g_year,
  g_year_month,
  g_month,
  g_month_day,
  g_day
};

// A stretch of the timeline: an instant, a day, a month or a year. What a kind leaves out is filled
// from 1972-12-31, as XSD 1.1 says, so that values of one kind compare.
struct Moment {
  MomentKind kind{};
  bool zoned = false;         // has a time zone
  std::int64_t seconds = 0;   // where it begins, since 1970-01-01, in UTC when zoned
  std::int64_t next = 0;      // where the next day, month or year begins; == seconds for an instant
  std::string_view fraction;  // digits of the second, no zeros at the end
};

struct Duration {
  std::int64_t months = 0;
  std::int64_t seconds = 0;   // of one sign with months
  std::string_view fraction;  // digits, no zeros at the end; of the sign of the duration
  bool negative = false;
};

int days_in_month(std::int64_t year, int month);                      // month 1 to 12
std::int64_t days_from_civil(std::int64_t year, int month, int day);  // since 1970-01-01

std::optional<Moment> parse_moment(MomentKind kind, std::string_view text);
std::optional<Duration> parse_duration(std::string_view text);

// Values of one kind; unordered where the missing zone of one of them (up to 14 hours) decides, and
// for different kinds.
std::partial_ordering compare(const Moment& a, const Moment& b);
// By the four reference points of XSD 1.1, 3.3.6.2: a month and 30 days are unordered.
std::partial_ordering compare(const Duration& a, const Duration& b);

// Whether all of `a` lies after all of `b`, whatever their precision and zones: 2020-10 is
// certainly after 2020-09-20, 2020-09 is not. Only dates with a year (date_time, date,
// g_year_month, g_year).
bool certainly_after(const Moment& a, const Moment& b);

}  // namespace dossier
