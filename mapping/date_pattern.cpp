#include "mapping/date_pattern.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "graph/calendar.hpp"
#include "graph/characters.hpp"
#include "mapping/unicode_text.hpp"

namespace dossier {
namespace {

struct Months {
  std::string_view language;
  std::array<std::string_view, 12> names;
};
constexpr Months kMonths[] = {
#define DOSSIER_MONTHS(language, ...) {language, {__VA_ARGS__}},
#include "mapping/month_names.def"
#undef DOSSIER_MONTHS
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
// The letters of words, whatever the script.
bool is_word(char c) {
  return is_letter(c) || static_cast<signed char>(c) < 0;
}

class PatternReader {
 public:
  PatternReader(std::string_view text, std::string_view pattern, std::string_view language)
      : text_(text), pattern_(pattern), language_(language) {}

  std::optional<PatternDate> read() {
    while (at_ < pattern_.size()) {
      if (!step()) return std::nullopt;
    }
    if (!text_.empty() || !has_year_) return std::nullopt;
    date_.precision = has_time_    ? DatePrecision::second
                      : has_day_   ? DatePrecision::day
                      : has_month_ ? DatePrecision::month
                                   : DatePrecision::year;
    const bool good = date_.month >= 1 && date_.month <= 12 && date_.day >= 1 &&
                      date_.day <= days_in_month(date_.year, date_.month) && date_.hour < 24 &&
                      date_.minute < 60 && date_.second < 60;
    return good ? std::optional(date_) : std::nullopt;
  }

 private:
  bool step() {
    const char c = pattern_[at_];
    if (c == '\'') return quoted();
    if (!is_letter(c)) {
      ++at_;
      return take(c);
    }
    std::size_t count = 0;
    while (at_ < pattern_.size() && pattern_[at_] == c) ++at_, ++count;
    return field(c, count);
  }

  bool take(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool quoted() {
    const std::size_t close = pattern_.find('\'', at_ + 1);
    if (close == std::string_view::npos) return false;
    std::string_view inside = pattern_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    if (inside.empty()) inside = "'";
    if (!text_.starts_with(inside)) return false;
    text_.remove_prefix(inside.size());
    return true;
  }

  // `count` letters want as many digits; one letter wants one or more, up to `most`. Where another
  // number follows at once, just as many as letters.
  bool digits(std::size_t count, std::size_t most, std::int64_t& out) {
    if (count > 1) most = std::max(count, std::size_t{2});
    std::size_t size = 0;
    out = 0;
    while (size < text_.size() && size < most && is_digit(text_[size])) {
      out = out * 10 + (text_[size++] - '0');
    }
    if (size < count) return false;
    text_.remove_prefix(size);
    return true;
  }
  bool digits(std::size_t count, int& out) {
    std::int64_t value = 0;
    if (!digits(count, 2, value)) return false;
    out = static_cast<int>(value);
    return true;
  }

  bool field(char letter, std::size_t count) {
    switch (letter) {
      case 'y':
      case 'u':
        has_year_ = true;
        if (!digits(count == 1 ? 4 : count, 4, date_.year)) return false;
        if (count == 2) date_.year += 2000;
        return true;
      case 'M':
      case 'L':
        has_month_ = true;
        return count < 3 ? digits(count, date_.month) : month_name();
      case 'd':
        has_day_ = true;
        return digits(count, date_.day);
      case 'H':
        has_time_ = true;
        return digits(count, date_.hour);
      case 'm':
        return digits(count, date_.minute);
      case 's':
        return digits(count, date_.second);
      case 'E':
        return !word().empty();
      default:
        return false;
    }
  }

  std::string_view word() {
    std::size_t size = 0;
    while (size < text_.size() && is_word(text_[size])) ++size;
    const std::string_view out = text_.substr(0, size);
    text_.remove_prefix(size);
    return out;
  }

  // A full name, or the first three letters or more of one, with or without a point.
  bool month_name() {
    const std::string name = lower_case(composed(word()));
    if (text_.starts_with('.')) text_.remove_prefix(1);
    if (name.size() < 3) return false;
    for (const Months& months : kMonths) {
      if (months.language != "en" && months.language != language_.substr(0, 2)) continue;
      for (std::size_t i = 0; i < months.names.size(); ++i) {
        if (!months.names[i].starts_with(name)) continue;
        date_.month = static_cast<int>(i) + 1;
        return true;
      }
    }
    return false;
  }

  std::string_view text_;
  std::string_view pattern_;
  std::string_view language_;
  std::size_t at_ = 0;
  PatternDate date_;
  bool has_year_ = false;
  bool has_month_ = false;
  bool has_day_ = false;
  bool has_time_ = false;
};

}  // namespace

bool is_date_pattern(std::string_view pattern) {
  bool year = false;
  bool quoted = false;
  for (const char c : pattern) {
    if (c == '\'') quoted = !quoted;
    if (quoted || !is_letter(c)) continue;
    if (std::string_view("yuMLdHmsE").find(c) == std::string_view::npos) return false;
    year = year || c == 'y' || c == 'u';
  }
  return year && !quoted;
}

std::optional<PatternDate> parse_pattern_date(std::string_view text, std::string_view pattern,
                                              std::string_view language) {
  return PatternReader(text, pattern, language).read();
}

std::string to_string(const PatternDate& date, DatePrecision precision) {
  std::string out = fmt::format("{:04}", date.year);
  if (precision >= DatePrecision::month) out += fmt::format("-{:02}", date.month);
  if (precision >= DatePrecision::day) out += fmt::format("-{:02}", date.day);
  if (precision == DatePrecision::second) {
    out += fmt::format("T{:02}:{:02}:{:02}", date.hour, date.minute, date.second);
  }
  return out;
}

}  // namespace dossier
