#include "graph/calendar.hpp"

#include <algorithm>

#include "graph/characters.hpp"

namespace dossier {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kMaxZone = 14 * 3600;
constexpr std::int64_t kMaxYear = 100'000'000'000;  // seconds of it fit in 63 bits
constexpr std::int64_t kMaxCount = 1'000'000'000'000'000;
constexpr std::int64_t kMaxMonths = 1'000'000'000'000;

// Eats a text from the front. Every member says whether it found what it wanted.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  bool eat(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  std::string_view digits() {
    std::size_t n = 0;
    while (n < rest_.size() && is_digit(rest_[n])) ++n;
    const std::string_view found = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return found;
  }

  // Two digits with a value in [low, high].
  bool two(int low, int high, int& value) {
    if (rest_.size() < 2 || !is_digit(rest_[0]) || !is_digit(rest_[1])) return false;
    value = (rest_[0] - '0') * 10 + (rest_[1] - '0');
    rest_.remove_prefix(2);
    return value >= low && value <= high;
  }

 private:
  std::string_view rest_;
};

std::int64_t saturated(std::string_view digits, std::int64_t most) {
  std::int64_t value = 0;
  for (const char c : digits) value = std::min(value * 10 + (c - '0'), most);
  return value;
}

std::string_view trim_zeros(std::string_view fraction) {
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  return fraction;
}

// [56] yearFrag: four digits or more, no needless zero in front.
bool scan_year(Scanner& in, std::int64_t& year) {
  const bool negative = in.eat('-');
  const std::string_view digits = in.digits();
  if (digits.size() < 4 || (digits.size() > 4 && digits.front() == '0')) return false;
  year = saturated(digits, kMaxYear);
  if (negative) year = -year;
  return true;
}

struct Fields {
  std::int64_t year = 1972;
  int month = 12;
  int day = 31;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::string_view fraction;
};

// hour ':' minute ':' second ('.' digits)?, or endOfDayFrag 24:00:00(.0+)?
bool scan_time(Scanner& in, Fields& at) {
  if (!in.two(0, 24, at.hour) || !in.eat(':') || !in.two(0, 59, at.minute) || !in.eat(':') ||
      !in.two(0, 59, at.second)) {
    return false;
  }
  if (in.eat('.')) {
    const std::string_view digits = in.digits();
    if (digits.empty()) return false;
    at.fraction = trim_zeros(digits);
  }
  return at.hour < 24 || (at.minute == 0 && at.second == 0 && at.fraction.empty());
}

// [63] timezoneFrag, in seconds east of UTC; may be absent.
bool scan_zone(Scanner& in, std::optional<std::int64_t>& zone) {
  if (in.at_end()) return true;
  if (in.eat('Z')) {
    zone = 0;
    return true;
  }
  const bool west = in.peek() == '-';
  if (!in.eat('-') && !in.eat('+')) return false;
  int hours = 0;
  int minutes = 0;
  if (!in.two(0, 14, hours) || !in.eat(':') || !in.two(0, 59, minutes)) return false;
  if (hours == 14 && minutes != 0) return false;
  zone = (hours * 3600 + minutes * 60) * (west ? -1 : 1);
  return true;
}

bool scan_month_day(Scanner& in, Fields& at) {
  return in.two(1, 12, at.month) && in.eat('-') && in.two(1, 31, at.day);
}

bool scan_fields(Scanner& in, MomentKind kind, Fields& at) {
  switch (kind) {
    case MomentKind::date_time:
      return scan_year(in, at.year) && in.eat('-') && scan_month_day(in, at) && in.eat('T') &&
             scan_time(in, at);
    case MomentKind::date:
      return scan_year(in, at.year) && in.eat('-') && scan_month_day(in, at);
    case MomentKind::time:
      return scan_time(in, at);
    case MomentKind::g_year:
      at.month = at.day = 1;
      return scan_year(in, at.year);
    case MomentKind::g_year_month:
      at.day = 1;
      return scan_year(in, at.year) && in.eat('-') && in.two(1, 12, at.month);
    case MomentKind::g_month:
      at.day = 1;
      return in.eat('-') && in.eat('-') && in.two(1, 12, at.month);
    case MomentKind::g_month_day:
      return in.eat('-') && in.eat('-') && scan_month_day(in, at);
    case MomentKind::g_day:
      return in.eat('-') && in.eat('-') && in.eat('-') && in.two(1, 31, at.day);
  }
  return false;
}

std::int64_t next_start(const Fields& at, MomentKind kind, std::int64_t days) {
  switch (kind) {
    case MomentKind::g_year:
      return days_from_civil(at.year + 1, 1, 1) * kDay;
    case MomentKind::g_year_month:
    case MomentKind::g_month:
      return (days + days_in_month(at.year, at.month)) * kDay;
    case MomentKind::date:
    case MomentKind::g_month_day:
    case MomentKind::g_day:
      return (days + 1) * kDay;
    case MomentKind::date_time:
    case MomentKind::time:
      break;
  }
  return days * kDay + at.hour * 3600 + at.minute * 60 + at.second;
}

// Digits after the point compare as texts once the zeros at the end are gone.
std::strong_ordering order(std::int64_t seconds_a, std::string_view fraction_a,
                           std::int64_t seconds_b, std::string_view fraction_b) {
  if (const auto c = seconds_a <=> seconds_b; c != 0) return c;
  return fraction_a <=> fraction_b;
}

}  // namespace

int days_in_month(std::int64_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// Counts years from March, so that the leap day is the last of its year.
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

std::optional<Moment> parse_moment(MomentKind kind, std::string_view text) {
  Scanner in(text);
  Fields at;
  std::optional<std::int64_t> zone;
  if (!scan_fields(in, kind, at) || !scan_zone(in, zone) || !in.at_end()) return std::nullopt;
  if (at.day > days_in_month(at.year, at.month)) return std::nullopt;
  if (kind == MomentKind::time && at.hour == 24) at.hour = 0;

  const std::int64_t days = days_from_civil(at.year, at.month, at.day);
  const std::int64_t shift = zone.value_or(0);
  return Moment{.kind = kind,
                .zoned = zone.has_value(),
                .seconds = days * kDay + at.hour * 3600 + at.minute * 60 + at.second - shift,
                .next = next_start(at, kind, days) - shift,
                .fraction = at.fraction};
}

// [15] durationLexicalRep
std::optional<Duration> parse_duration(std::string_view text) {
  Scanner in(text);
  Duration out;
  out.negative = in.eat('-');
  if (!in.eat('P')) return std::nullopt;

  constexpr std::string_view kDateUnits = "YMD";
  constexpr std::string_view kTimeUnits = "HMS";
  std::int64_t date[3] = {};
  std::int64_t time[3] = {};
  std::size_t found = 0;
  const auto scan = [&](std::string_view units, std::int64_t(&into)[3]) {
    std::size_t unit = 0;
    while (is_digit(in.peek())) {
      const std::string_view whole = in.digits();
      if (in.eat('.')) {
        out.fraction = in.digits();
        if (out.fraction.empty() || units != kTimeUnits || in.peek() != 'S') return false;
      }
      while (unit < 3 && in.peek() != units[unit]) ++unit;
      if (unit == 3 || !in.eat(units[unit])) return false;
      into[unit++] = saturated(whole, kMaxMonths / 12);
      ++found;
    }
    return true;
  };
  if (!scan(kDateUnits, date)) return std::nullopt;
  if (in.eat('T')) {
    const std::size_t before = found;
    if (!scan(kTimeUnits, time) || found == before) return std::nullopt;
  }
  if (!in.at_end() || found == 0) return std::nullopt;

  const std::int64_t sign = out.negative ? -1 : 1;
  out.months = sign * (date[0] * 12 + date[1]);
  out.seconds =
      sign * std::min(date[2] * kDay + time[0] * 3600 + time[1] * 60 + time[2], kMaxCount);
  out.fraction = trim_zeros(out.fraction);
  return out;
}

std::partial_ordering compare(const Moment& a, const Moment& b) {
  if (a.kind != b.kind) return std::partial_ordering::unordered;
  if (a.zoned == b.zoned) return order(a.seconds, a.fraction, b.seconds, b.fraction);
  // The one without a zone may stand up to 14 hours earlier or later.
  const std::int64_t low = a.zoned ? 0 : kMaxZone;
  const std::int64_t high = a.zoned ? kMaxZone : 0;
  if (order(a.seconds + low, a.fraction, b.seconds - high, b.fraction) < 0) {
    return std::partial_ordering::less;
  }
  if (order(a.seconds - low, a.fraction, b.seconds + high, b.fraction) > 0) {
    return std::partial_ordering::greater;
  }
  return std::partial_ordering::unordered;
}

std::partial_ordering compare(const Duration& a, const Duration& b) {
  struct YearMonth {
    std::int64_t year;
    int month;
  };
  constexpr YearMonth kReferences[] = {{1696, 9}, {1697, 2}, {1903, 3}, {1903, 7}};
  const auto add = [](const YearMonth& to, const Duration& d) {
    const std::int64_t months = to.year * 12 + (to.month - 1) + d.months;
    const std::int64_t year = (months >= 0 ? months : months - 11) / 12;
    const int month = static_cast<int>(months - year * 12) + 1;
    return days_from_civil(std::clamp(year, -kMaxYear, kMaxYear), month, 1) * kDay + d.seconds;
  };
  // Fractions differ in sign only when the durations do.
  const auto compare_at = [&](const YearMonth& at) {
    if (const auto c = add(at, a) <=> add(at, b); c != 0) return c;
    if (a.negative != b.negative) {
      const bool none = a.fraction.empty() && b.fraction.empty();
      if (none) return std::strong_ordering::equal;
      return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    return a.negative ? b.fraction <=> a.fraction : a.fraction <=> b.fraction;
  };
  const std::strong_ordering first = compare_at(kReferences[0]);
  for (const YearMonth& each : kReferences) {
    if (compare_at(each) != first) return std::partial_ordering::unordered;
  }
  return first;
}

bool certainly_after(const Moment& a, const Moment& b) {
  const std::int64_t slack = a.zoned == b.zoned ? 0 : kMaxZone;
  if (b.next > b.seconds) return a.seconds - slack >= b.next;
  return order(a.seconds - slack, a.fraction, b.seconds, b.fraction) > 0;
}

}  // namespace dossier
