#include "graph/numbers.hpp"

#include <charconv>
#include <limits>
#include <string>

#include "graph/characters.hpp"

namespace dossier {
namespace {

std::string_view take_digits(std::string_view& rest) {
  std::size_t n = 0;
  while (n < rest.size() && is_digit(rest[n])) ++n;
  const std::string_view found = rest.substr(0, n);
  rest.remove_prefix(n);
  return found;
}

bool take_sign(std::string_view& rest) {
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  return negative;
}

Decimal normal(bool negative, std::string_view whole, std::string_view fraction) {
  while (whole.starts_with('0')) whole.remove_prefix(1);
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  return {negative && !(whole.empty() && fraction.empty()), whole, fraction};
}

// The parts of [+-]? (digits ('.' digits?)? | '.' digits) ([eE] [+-]? digits)?
struct Floating {
  bool negative = false;
  std::string_view unsigned_text;
  std::string_view whole;
  std::string_view fraction;
  std::string_view exponent;
  bool negative_exponent = false;
};

std::optional<Floating> scan_floating(std::string_view text) {
  Floating out;
  out.negative = take_sign(text);
  out.unsigned_text = text;
  out.whole = take_digits(text);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    out.fraction = take_digits(text);
  }
  if (out.whole.empty() && out.fraction.empty()) return std::nullopt;
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    out.negative_exponent = take_sign(text);
    out.exponent = take_digits(text);
    if (out.exponent.empty()) return std::nullopt;
  }
  if (!text.empty()) return std::nullopt;
  return out;
}

// Whether a number out of range is too large; else it is too small.
bool overflows(const Floating& number) {
  const Decimal digits = normal(false, number.whole, number.fraction);
  long long magnitude = static_cast<long long>(digits.whole.size());
  if (magnitude == 0) {
    magnitude = -static_cast<long long>(digits.fraction.find_first_not_of('0'));
  }
  long long exponent = 0;
  for (const char c : number.exponent) {
    if (exponent < 1'000'000'000'000) exponent = exponent * 10 + (c - '0');
  }
  return magnitude + (number.negative_exponent ? -exponent : exponent) > 0;
}

template <class Float>
std::optional<double> parse_ieee(std::string_view text) {
  if (text == "INF" || text == "+INF") return std::numeric_limits<double>::infinity();
  if (text == "-INF") return -std::numeric_limits<double>::infinity();
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  const std::optional<Floating> number = scan_floating(text);
  if (!number) return std::nullopt;
  Float value = 0;
  const char* first = number->unsigned_text.data();
  const auto done = std::from_chars(first, first + number->unsigned_text.size(), value);
  if (done.ec == std::errc::result_out_of_range) {
    value = overflows(*number) ? std::numeric_limits<Float>::infinity() : Float{0};
  }
  return number->negative ? -static_cast<double>(value) : static_cast<double>(value);
}

}  // namespace

// [1] decimalLexicalRep
std::optional<Decimal> parse_decimal(std::string_view text) {
  const bool negative = take_sign(text);
  const std::string_view whole = take_digits(text);
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = take_digits(text);
  }
  if (!text.empty() || (whole.empty() && fraction.empty())) return std::nullopt;
  return normal(negative, whole, fraction);
}

// [34] noDecimalPtNumeral
std::optional<Decimal> parse_integer(std::string_view text) {
  const bool negative = take_sign(text);
  const std::string_view whole = take_digits(text);
  if (!text.empty() || whole.empty()) return std::nullopt;
  return normal(negative, whole, {});
}

std::strong_ordering compare(const Decimal& a, const Decimal& b) {
  if (a.negative != b.negative) {
    return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  const auto magnitude = [&] {
    if (const auto c = a.whole.size() <=> b.whole.size(); c != 0) return c;
    if (const auto c = a.whole <=> b.whole; c != 0) return c;
    return a.fraction <=> b.fraction;
  }();
  return a.negative ? 0 <=> magnitude : magnitude;
}

std::optional<double> parse_double(std::string_view text) {
  return parse_ieee<double>(text);
}

std::optional<double> parse_float(std::string_view text) {
  return parse_ieee<float>(text);
}

double to_double(const Decimal& value) {
  std::string text;
  if (value.negative) text += '-';
  text.append(value.whole).append(".").append(value.fraction).append("0");
  return parse_double(text).value_or(0);
}

}  // namespace dossier
