// Built-in functions on numbers. Results that are whole are written without a point.
#include <cmath>
#include <numbers>
#include <numeric>

#include "mapping/function_table.hpp"

namespace dossier {
namespace {

using enum FunctionType;

template <double (*Function)(double)>
Value of_one(const Arguments& in, FunctionScope& scope) {
  return scope.number(Function(in.number(0)));
}

// Halves go up, as GREL has it.
double round_half_up(double value) {
  return std::floor(value + 0.5);
}
double floor_of(double value) {
  return std::floor(value);
}
double ceil_of(double value) {
  return std::ceil(value);
}
double abs_of(double value) {
  return std::fabs(value);
}
double ln_of(double value) {
  return std::log(value);
}
double log_of(double value) {
  return std::log10(value);
}
double exp_of(double value) {
  return std::exp(value);
}
double degrees_of(double value) {
  return value * 180 / std::numbers::pi;
}
double radians_of(double value) {
  return value * std::numbers::pi / 180;
}
// To the next even or odd whole number away from zero.
double even_of(double value) {
  return std::copysign(std::ceil(std::fabs(value) / 2) * 2, value);
}
double odd_of(double value) {
  return std::copysign(std::ceil((std::fabs(value) + 1) / 2) * 2 - 1, value);
}

Value minimum(const Arguments& in, FunctionScope& scope) {
  return scope.number(std::min(in.number(0), in.number(1)));
}
Value maximum(const Arguments& in, FunctionScope& scope) {
  return scope.number(std::max(in.number(0), in.number(1)));
}
Value power(const Arguments& in, FunctionScope& scope) {
  return scope.number(std::pow(in.number(0), in.number(1)));
}
Value add(const Arguments& in, FunctionScope& scope) {
  return scope.number(in.number(0) + in.number(1));
}
Value multiply(const Arguments& in, FunctionScope& scope) {
  return scope.number(in.number(0) * in.number(1));
}
Value quotient(const Arguments& in, FunctionScope& scope) {
  if (in.number(1) == 0) return scope.fail("division by zero");
  return scope.number(std::trunc(in.number(0) / in.number(1)));
}
Value divide(const Arguments& in, FunctionScope& scope) {
  if (in.number(1) == 0) return scope.fail("division by zero");
  return scope.number(in.number(0) / in.number(1));
}
Value modulo(const Arguments& in, FunctionScope& scope) {
  if (in.integer(1) == 0) return scope.fail("division by zero");
  if (in.integer(1) == -1) return scope.integer(0);  // INT64_MIN % -1 overflows
  return scope.integer(in.integer(0) % in.integer(1));
}
Value divisor(const Arguments& in, FunctionScope& scope) {
  return scope.number(static_cast<double>(std::gcd(in.integer(0), in.integer(1))));
}

// "1.234,50" with ',' before the decimals is 1234.50; blanks, ' and the other mark group digits.
Value parse_number(const Arguments& in, FunctionScope& scope) {
  const char point = in.text(1) == "," ? ',' : '.';
  std::string plain;
  for (const char c : in.text(0)) {
    if (c == point) {
      plain += '.';
    } else if (std::string_view(" ',._").find(c) == std::string_view::npos) {
      plain += c;
    }
  }
  // A no-break space, and a narrow one.
  for (const std::string_view space : {"\xC2\xA0", "\xE2\x80\xAF"}) {
    for (auto at = plain.find(space); at != std::string::npos; at = plain.find(space)) {
      plain.erase(at, space.size());
    }
  }
  if (plain.empty() || !fits(number, plain) ||
      plain.find_first_not_of("0123456789+-.eE") != std::string::npos) {
    return scope.fail("it is no number");
  }
  const bool whole = plain.find_first_of(".eE") == std::string::npos;
  return scope.text(plain, whole ? ValueType::integer : ValueType::decimal);
}

Value is_numeric(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(in.has(0) && fits(number, in.text(0)));
}

Value in_range(const Arguments& in, FunctionScope& scope) {
  const bool above = !in.has(1) || in.number(0) >= in.number(1);
  const bool below = !in.has(2) || in.number(0) < in.number(2);
  return scope.boolean(above && below);
}

constexpr FunctionParameter kNumber[] = {{"p_dec_n param_dec_n valueParameter valueParam", number}};
constexpr FunctionParameter kNumberTwo[] = {{"p_dec_n param_dec_n", number},
                                            {"param_n2 param_dec_n2", number}};
constexpr FunctionParameter kPower[] = {{"p_dec_n param_dec_n", number},
                                        {"p_any_exp param_dec_n_exp", number}};
constexpr FunctionParameter kIntegers[] = {{"p_int_i param_int_i", integer},
                                           {"p_int_i2 param_int_i2", integer}};
constexpr FunctionParameter kNumberAny[] = {{"p_any_e param_any_e valueParameter valueParam"}};
constexpr FunctionParameter kNumberParse[] = {{"valueParameter valueParam"},
                                              {"decimalMark", text, false, false, true}};
constexpr FunctionParameter kNumberMaybe[] = {
    {"p_any_e param_any_e valueParameter valueParam", any, true, false, true}};
constexpr FunctionParameter kNumberRange[] = {{"p_test _test", number},
                                              {"p_from _from", number, false, false, true},
                                              {"p_to _to", number, false, false, true}};

constexpr BuiltinFunction kNumberFunctions[] = {
    {"grel", "math_round", "The nearest whole number; halves go up.", kNumber, number,
     of_one<round_half_up>},
    {"grel", "math_floor", "The next whole number below.", kNumber, number, of_one<floor_of>},
    {"grel", "math_ceil", "The next whole number above.", kNumber, number, of_one<ceil_of>},
    {"grel", "math_abs", "Without its sign.", kNumber, number, of_one<abs_of>},
    {"grel", "math_even", "The next even number away from zero.", kNumber, number, of_one<even_of>},
    {"grel", "math_odd", "The next odd number away from zero.", kNumber, number, of_one<odd_of>},
    {"grel", "math_ln", "The natural logarithm.", kNumber, number, of_one<ln_of>},
    {"grel", "math_log", "The logarithm to base 10.", kNumber, number, of_one<log_of>},
    {"grel", "math_exp", "e to the power of the number.", kNumber, number, of_one<exp_of>},
    {"grel", "math_degrees", "Radians as degrees.", kNumber, number, of_one<degrees_of>},
    {"grel", "math_radians", "Degrees as radians.", kNumber, number, of_one<radians_of>},
    {"grel", "math_min", "The smaller of two numbers.", kNumberTwo, number, minimum},
    {"grel", "math_max", "The larger of two numbers.", kNumberTwo, number, maximum},
    {"grel", "math_pow", "A number to the power of another.", kPower, number, power},
    {"grel", "math_quotient", "A number divided by another, without the fraction.", kNumberTwo,
     number, quotient},
    {"grel", "math_mod", "What a division of whole numbers leaves.", kIntegers, integer, modulo},
    {"grel", "math_gcd", "The greatest common divisor.", kIntegers, integer, divisor},
    {"dfn", "add", "The sum of two numbers.", kNumberTwo, number, add},
    {"dfn", "multiply", "The product of two numbers.", kNumberTwo, number, multiply},
    {"dfn", "divide", "A number divided by another.", kNumberTwo, number, divide},
    {"grel", "string_toNumber", "A text in plain digits as a number.", kNumberAny, number,
     parse_number},
    {"dfn", "parseNumber",
     "A number as people write it, with groups of digits; the decimal mark is . unless given.",
     kNumberParse, number, parse_number},
    {"dfn", "isNumber", "Whether the value is a number.", kNumberMaybe, boolean, is_numeric},
    {"idlab-fn", "inRange", "Whether a number is at least the first and below the second bound.",
     kNumberRange, boolean, in_range},
};

}  // namespace

std::span<const BuiltinFunction> number_functions() {
  return kNumberFunctions;
}

}  // namespace dossier
