// Built-in functions on dates. Nothing here asks the clock or the locale.
#include <charconv>

#include <fmt/format.h>

#include "base/text.hpp"
#include "graph/calendar.hpp"
#include "mapping/date_pattern.hpp"
#include "mapping/function_table.hpp"

namespace dossier {
namespace {

using enum FunctionType;

Value written(const PatternDate& found, DatePrecision precision, FunctionScope& scope) {
  const ValueType type = precision == DatePrecision::day      ? ValueType::date
                         : precision == DatePrecision::second ? ValueType::date_time
                                                              : ValueType::text;
  return scope.text(to_string(found, precision), type);
}

Value not_a_date(std::string_view text, std::string_view patterns, FunctionScope& scope) {
  return scope.fail(fmt::format("\"{}\" is no date of the pattern {}", printable(text, 60),
                                printable(patterns, 100)));
}

// The first of the patterns that fits; as exact as it is, or as is asked.
Value parse_date(const Arguments& in, FunctionScope& scope) {
  std::string tried;
  for (const Value& each : in.list(1)) {
    if (!tried.empty()) tried += ", ";
    tried += each.text();
    if (!is_date_pattern(each.text())) continue;
    const auto found = parse_pattern_date(in.text(0), each.text(), in.has(3) ? in.text(3) : "en");
    if (!found) continue;
    DatePrecision precision = found->precision;
    static constexpr std::string_view kNames[] = {"year", "month", "day", "second"};
    for (std::size_t i = 0; in.has(2) && i < std::size(kNames); ++i) {
      if (kNames[i] == in.text(2)) precision = std::min(precision, static_cast<DatePrecision>(i));
    }
    return written(*found, precision, scope);
  }
  return not_a_date(in.text(0), tried, scope);
}

Value exact(const Arguments& in, DatePrecision wanted, std::string_view language,
            FunctionScope& scope) {
  const auto found = parse_pattern_date(in.text(0), in.text(1), language);
  if (!found) return not_a_date(in.text(0), in.text(1), scope);
  return written(*found, wanted, scope);
}
Value normalize_date(const Arguments& in, FunctionScope& scope) {
  return exact(in, DatePrecision::day, in.has(2) ? in.text(2) : "en", scope);
}
Value normalize_date_time(const Arguments& in, FunctionScope& scope) {
  return exact(in, DatePrecision::second, in.has(2) ? in.text(2) : "en", scope);
}

// The day of an xsd:date or xsd:dateTime, and the second in it.
struct DateParts {
  PatternDate date;
  std::int64_t days = 0;
  bool time = false;
};

DateParts parts_of(std::string_view text) {
  DateParts out;
  const std::size_t day_end = text.find('-', text.find('-', 1) + 1) + 3;
  const auto number = [&](std::size_t at, std::size_t size, int& into) {
    if (at + size <= text.size()) std::from_chars(text.data() + at, text.data() + at + size, into);
  };
  std::from_chars(text.data(), text.data() + day_end, out.date.year);
  number(day_end - 5, 2, out.date.month);
  number(day_end - 2, 2, out.date.day);
  out.time = text.substr(day_end).starts_with('T');
  if (out.time) {
    number(day_end + 1, 2, out.date.hour);
    number(day_end + 4, 2, out.date.minute);
    number(day_end + 7, 2, out.date.second);
  }
  out.days = days_from_civil(out.date.year, out.date.month, out.date.day);
  return out;
}

struct Unit {
  std::string_view plural;
  std::string_view singular;
  std::int64_t months;
  std::int64_t days;
};
constexpr Unit kUnits[] = {{"years", "year", 12, 0},
                           {"months", "month", 1, 0},
                           {"weeks", "week", 0, 7},
                           {"days", "day", 0, 1}};

const Unit* find_unit(std::string_view name) {
  for (const Unit& unit : kUnits) {
    if (name == unit.plural || name == unit.singular) return &unit;
  }
  return nullptr;
}

void set_days(PatternDate& date, std::int64_t days) {
  // A year is at least 365 days long: this is too early by no more than the leap days.
  date.year = 1970 + days / 366 - 1;
  while (days_from_civil(date.year + 1, 1, 1) <= days) ++date.year;
  date.month = 1;
  while (date.month < 12 && days_from_civil(date.year, date.month + 1, 1) <= days) ++date.month;
  date.day = static_cast<int>(days - days_from_civil(date.year, date.month, 1)) + 1;
}

// A month later than the 31st is the month's last day.
Value add_to_date(const Arguments& in, FunctionScope& scope) {
  const Unit* unit = find_unit(in.text(2));
  if (unit == nullptr) return scope.fail("the unit is none of years, months, weeks, days");
  DateParts parts = parts_of(in.text(0));
  const std::int64_t count = in.integer(1);
  if (count > 4'000'000 || count < -4'000'000) return scope.fail("that is too far away");
  if (unit->months != 0) {
    const std::int64_t month = parts.date.year * 12 + parts.date.month - 1 + count * unit->months;
    parts.date.year = month >= 0 ? month / 12 : (month - 11) / 12;
    parts.date.month = static_cast<int>(month - parts.date.year * 12) + 1;
    parts.date.day = std::min(parts.date.day, days_in_month(parts.date.year, parts.date.month));
  } else {
    const std::int64_t days = parts.days + count * unit->days;
    if (days < 0) parts.date.year = 0;
    set_days(parts.date, days);
  }
  if (parts.date.year < 0 || parts.date.year > 9999) return scope.fail("the year is out of range");
  return written(parts.date, parts.time ? DatePrecision::second : DatePrecision::day, scope);
}

// From the second date to the first, in whole units.
Value date_difference(const Arguments& in, FunctionScope& scope) {
  const Unit* unit = find_unit(in.text(2));
  if (unit == nullptr) return scope.fail("the unit is none of years, months, weeks, days");
  const DateParts a = parts_of(in.text(0));
  const DateParts b = parts_of(in.text(1));
  if (unit->days != 0) return scope.integer((a.days - b.days) / unit->days);
  std::int64_t months = (a.date.year - b.date.year) * 12 + a.date.month - b.date.month;
  if (months > 0 && a.date.day < b.date.day) --months;
  if (months < 0 && a.date.day > b.date.day) ++months;
  return scope.integer(months / unit->months);
}

Value date_part(const Arguments& in, FunctionScope& scope) {
  const DateParts parts = parts_of(in.text(0));
  const std::string_view name = in.text(1);
  if (name == "year" || name == "years") return scope.integer(parts.date.year);
  if (name == "month" || name == "months") return scope.integer(parts.date.month);
  if (name == "day" || name == "days") return scope.integer(parts.date.day);
  if (name == "hour" || name == "hours") return scope.integer(parts.date.hour);
  if (name == "minute" || name == "minutes") return scope.integer(parts.date.minute);
  if (name == "sec" || name == "second" || name == "seconds")
    return scope.integer(parts.date.second);
  if (name == "weekday") {
    static constexpr std::string_view kDays[] = {"Thursday", "Friday",  "Saturday", "Sunday",
                                                 "Monday",   "Tuesday", "Wednesday"};
    return scope.text(kDays[static_cast<std::size_t>(((parts.days % 7) + 7) % 7)]);
  }
  return scope.fail("the part is none of year, month, day, weekday, hour, minute, second");
}

Value is_date(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(in.has(0) && fits(date, in.text(0)));
}

constexpr FunctionParameter kDateParse[] = {
    {"valueParameter valueParam strDate _strDate"},
    {"pattern _pattern p_string_pattern param_string_pattern", list, true, true},
    {"precision", text, false, false, true},
    {"lang _lang", text, false, false, true}};
constexpr FunctionParameter kNormalize[] = {{"strDate _strDate valueParameter valueParam"},
                                            {"pattern _pattern", date_pattern},
                                            {"lang _lang", text, false, false, true}};
constexpr FunctionParameter kAdd[] = {{"p_date_d param_date_d", date},
                                      {"p_dec_n param_dec_n", integer},
                                      {"p_string_unit param_string_unit"}};
constexpr FunctionParameter kDifference[] = {{"p_datetime_d param_datetime_d p_date_d", date},
                                             {"p_datetime_d2 param_datetime_d2", date},
                                             {"p_string_timeunit param_string_timeunit"}};
constexpr FunctionParameter kPart[] = {{"p_date_d param_date_d", date},
                                       {"p_string_unit param_string_unit"}};
constexpr FunctionParameter kDateMaybe[] = {{"valueParameter valueParam", any, true, false, true}};

constexpr BuiltinFunction kDateFunctions[] = {
    {"dfn", "parseDate",
     "A date as people write it, by the first of the patterns that fits (d.M.yyyy, MMMM yyyy), as "
     "exact "
     "as that is or as precision says: year, month, day, second.",
     kDateParse, date, parse_date},
    {"grel", "date_toDate", "A date by its pattern.", kDateParse, date, parse_date},
    {"idlab-fn", "normalizeDate normalizeDateWithLang", "A date by its pattern, as YYYY-MM-DD.",
     kNormalize, date, normalize_date},
    {"idlab-fn", "normalizeDateTime normalizeDateTimeWithLang",
     "A date and time by its pattern, as YYYY-MM-DDThh:mm:ss.", kNormalize, date,
     normalize_date_time},
    {"grel", "date_inc", "So many years, months, weeks or days later.", kAdd, date, add_to_date},
    {"grel", "date_diff",
     "How many years, months, weeks or days the first date is after the second.", kDifference,
     integer, date_difference},
    {"grel", "date_datePart", "The year, month, day, weekday, hour, minute or second.", kPart, any,
     date_part},
    {"dfn", "isDate", "Whether the value is a date, YYYY-MM-DD, with or without a time.",
     kDateMaybe, boolean, is_date},
};

}  // namespace

std::span<const BuiltinFunction> date_functions() {
  return kDateFunctions;
}

}  // namespace dossier
