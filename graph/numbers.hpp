// Numbers of XML Schema 1.1 part 2: exact decimals of any length, and IEEE doubles. A Decimal
// borrows its digits from the text. No allocation, no locale.
#pragma once

#include <compare>
#include <optional>
#include <string_view>

namespace dossier {

// Zero is never negative; `whole` has no zeros in front, `fraction` none at the end.
struct Decimal {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
};

std::optional<Decimal> parse_decimal(std::string_view text);  // xsd:decimal
std::optional<Decimal> parse_integer(std::string_view text);  // xsd:integer
std::strong_ordering compare(const Decimal& a, const Decimal& b);

// xsd:double and xsd:float: too large a number is infinite, too small a one is zero. A float is
// rounded once, to 24 bits.
std::optional<double> parse_double(std::string_view text);
std::optional<double> parse_float(std::string_view text);
// The nearest double.
double to_double(const Decimal& value);

}  // namespace dossier
