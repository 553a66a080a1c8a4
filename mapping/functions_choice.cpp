// Built-in functions that compare and choose. A choice gives one of its arguments as it is; what
// went wrong in the others is of no matter.
#include <algorithm>

#include "mapping/function_table.hpp"

namespace dossier {
namespace {

using enum FunctionType;

Value equal(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(in.text(0) == in.text(1));
}
Value not_equal(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(in.text(0) != in.text(1));
}
Value less(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(in.number(0) < in.number(1));
}
Value is_absent(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(!in.has(0));
}
Value is_blank(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(in.text(0).find_first_not_of(" \t\r\n") == std::string_view::npos);
}
Value is_not_blank(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(in.text(0).find_first_not_of(" \t\r\n") != std::string_view::npos);
}

std::size_t count_true(const Arguments& in) {
  return static_cast<std::size_t>(
      std::ranges::count_if(in.list(0), [](const Value& each) { return is_true(each.text()); }));
}
Value all_true(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(count_true(in) == in.list(0).size());
}
Value any_true(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(count_true(in) > 0);
}
Value odd_true(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(count_true(in) % 2 == 1);
}
Value negation(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(!in.boolean(0));
}

std::size_t if_else(const Arguments& in) {
  return in.boolean(0) ? 1 : 2;
}
std::size_t only_if(const Arguments& in) {
  return in.boolean(0) ? 1 : kNoChoice;
}
std::size_t decide(const Arguments& in) {
  return in.text(0) == in.text(1) ? 2 : kNoChoice;
}
std::size_t first_present(const Arguments& in) {
  return in.has(0) && !in.text(0).empty() ? 0 : 1;
}

// The value of `to` at the place where `from` has the text.
Value translate(const Arguments& in, FunctionScope& scope) {
  const auto from = in.list(1);
  const auto to = in.list(2);
  if (from.size() != to.size()) return scope.fail("from and to are not of the same length");
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from[i].text() == in.text(0)) return to[i];
  }
  return in.value(3);
}

constexpr FunctionParameter kChoiceTwo[] = {{"valueParameter valueParam"},
                                            {"valueParameter2 valueParam2"}};
constexpr FunctionParameter kNumbers[] = {{"valueParameter valueParam", number},
                                          {"valueParameter2 valueParam2", number}};
constexpr FunctionParameter kChoiceMaybe[] = {
    {"str _str valueParameter valueParam p_any_e param_any_e", any, true, false, true}};
constexpr FunctionParameter kBooleans[] = {{"param_rep_b bool_array_b", list, true, true}};
constexpr FunctionParameter kBoolean[] = {{"bool_b param_b", boolean}};
constexpr FunctionParameter kIf[] = {{"bool_b param_b", boolean},
                                     {"any_true param_true", any, true, false, true},
                                     {"any_false param_false", any, false, false, true}};
constexpr FunctionParameter kTrue[] = {{"strBoolean _strBoolean", boolean}, {"str _str", any}};
constexpr FunctionParameter kDecide[] = {
    {"str _str"}, {"expectedStr _expectedStr"}, {"result _result", any}};
constexpr FunctionParameter kEither[] = {{"valueParameter valueParam", any, true, false, true},
                                         {"valueParameter2 valueParam2", any, true, false, true}};
constexpr FunctionParameter kTranslate[] = {{"valueParameter valueParam"},
                                            {"from", list, true, true},
                                            {"to", list, true, true},
                                            {"otherwise", text, false, false, true}};

constexpr BuiltinFunction kChoiceFunctions[] = {
    {"idlab-fn", "equal", "Whether two texts are the same.", kChoiceTwo, boolean, equal},
    {"idlab-fn", "notEqual", "Whether two texts differ.", kChoiceTwo, boolean, not_equal},
    {"dfn", "lessThan", "Whether the first number is below the second.", kNumbers, boolean, less},
    {"idlab-fn", "isNull", "Whether there is no value.", kChoiceMaybe, boolean, is_absent},
    {"grel", "controls_isBlank isBlank", "Whether there is no value, or only blanks.", kChoiceMaybe,
     boolean, is_blank},
    {"grel", "controls_isNonBlank isNonBlank", "Whether there is a value with more than blanks.",
     kChoiceMaybe, boolean, is_not_blank},
    {"grel", "boolean_and", "Whether all are true.", kBooleans, boolean, all_true},
    {"grel", "boolean_or", "Whether one of them is true.", kBooleans, boolean, any_true},
    {"grel", "boolean_xor", "Whether an odd number of them is true.", kBooleans, boolean, odd_true},
    {"grel", "boolean_not", "Whether it is not true.", kBoolean, boolean, negation},
    {"grel", "controls_if", "The second value where the first is true, else the third.", kIf, any,
     nullptr, if_else},
    {"idlab-fn", "trueCondition", "The value, where the condition is true.", kTrue, any, nullptr,
     only_if},
    {"idlab-fn", "decide", "The result, where the text is the expected one.", kDecide, any, nullptr,
     decide},
    {"dfn", "either", "The first value, or the second where that is absent or empty.", kEither, any,
     nullptr, first_present},
    {"dfn", "translate", "The value of to that stands where from has the text; else otherwise.",
     kTranslate, any, translate},
};

}  // namespace

std::span<const BuiltinFunction> choice_functions() {
  return kChoiceFunctions;
}

}  // namespace dossier
