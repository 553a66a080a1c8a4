// Built-in functions on lists: several values of one reference, or what a split gives.
#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "mapping/function_table.hpp"
#include "mapping/patterns.hpp"

namespace dossier {
namespace {

using enum FunctionType;

Value list_of(const std::vector<std::string_view>& parts, FunctionScope& scope) {
  std::vector<Value> values;
  for (const std::string_view part : parts) values.push_back(scope.text(part));
  return scope.list(values);
}

std::vector<std::string_view> parts_of(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> out;
  if (separator.empty()) return {text};
  for (;;) {
    const std::size_t at = text.find(separator);
    out.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + separator.size());
  }
}

Value split(const Arguments& in, FunctionScope& scope) {
  return list_of(parts_of(in.text(0), in.text(1)), scope);
}

Value split_trimmed(const Arguments& in, FunctionScope& scope) {
  auto parts = parts_of(in.text(0), in.text(1));
  for (std::string_view& part : parts) part = trim_ascii(part);
  std::erase(parts, std::string_view{});
  return list_of(parts, scope);
}

Value partition(const Arguments& in, std::size_t at, FunctionScope& scope) {
  const std::string_view text = in.text(0);
  if (at == std::string_view::npos) return list_of({text, "", ""}, scope);
  const std::string_view before = text.substr(0, at);
  const std::string_view after = text.substr(at + in.text(1).size());
  if (in.boolean(2)) return list_of({before, after}, scope);
  return list_of({before, in.text(1), after}, scope);
}
Value first_partition(const Arguments& in, FunctionScope& scope) {
  return partition(in, in.text(0).find(in.text(1)), scope);
}
Value last_partition(const Arguments& in, FunctionScope& scope) {
  return partition(in, in.text(0).rfind(in.text(1)), scope);
}

Value match(const Arguments& in, FunctionScope& scope) {
  const auto groups = pattern_groups(in.text(1), in.text(0));
  if (groups.empty()) return {};
  return list_of({groups.begin(), groups.end()}, scope);
}

Value join(const Arguments& in, FunctionScope& scope) {
  std::string out;
  for (std::size_t i = 0; i < in.list(0).size(); ++i) {
    if (i > 0) out += in.text(1);
    out += in.list(0)[i].text();
  }
  return scope.text(out);
}

Value size(const Arguments& in, FunctionScope& scope) {
  return scope.integer(static_cast<std::int64_t>(in.list(0).size()));
}

// The part between two positions that may count from the end.
std::span<const Value> slice_of(const Arguments& in) {
  const auto all = in.list(0);
  const auto count = static_cast<std::int64_t>(all.size());
  const auto fit = [&](std::int64_t at) {
    return std::clamp<std::int64_t>(at < 0 ? count + at : at, 0, count);
  };
  const std::int64_t from = fit(in.integer(1));
  const std::int64_t to = std::max(from, fit(in.integer(2, count)));
  return all.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
}
Value slice(const Arguments& in, FunctionScope& scope) {
  return scope.list(slice_of(in));
}
Value get(const Arguments& in, FunctionScope& scope) {
  if (in.has(2)) return slice(in, scope);
  const auto part = slice_of(in);
  return part.empty() ? Value{} : part.front();
}

Value reverse(const Arguments& in, FunctionScope& scope) {
  std::vector<Value> items(in.list(0).begin(), in.list(0).end());
  std::ranges::reverse(items);
  return scope.list(items);
}

// Numbers by size when all are; else texts by their bytes.
Value sort(const Arguments& in, FunctionScope& scope) {
  std::vector<Value> items(in.list(0).begin(), in.list(0).end());
  const bool numbers =
      std::ranges::all_of(items, [](const Value& v) { return fits(number, v.text()); });
  std::ranges::stable_sort(items, [&](const Value& a, const Value& b) {
    const Value pair[] = {a, b};
    const Arguments both{pair};
    return numbers ? both.number(0) < both.number(1) : a.text() < b.text();
  });
  return scope.list(items);
}

Value uniques(const Arguments& in, FunctionScope& scope) {
  std::vector<Value> items;
  for (const Value& each : in.list(0)) {
    if (std::ranges::none_of(items, [&](const Value& v) { return v.text() == each.text(); })) {
      items.push_back(each);
    }
  }
  return scope.list(items);
}

Value sum(const Arguments& in, FunctionScope& scope) {
  double total = 0;
  for (const Value& each : in.list(0)) {
    if (!fits(number, each.text())) {
      return scope.fail("\"" + printable(each.text(), 60) + "\" in the list is no number");
    }
    total += Arguments(std::span(&each, 1)).number(0);
  }
  return scope.number(total);
}

Value has_item(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(std::ranges::any_of(
      in.list(0), [&](const Value& each) { return each.text() == in.text(1); }));
}

Value delimited_has(const Arguments& in, FunctionScope& scope) {
  const auto parts = parts_of(in.text(1), in.text(2));
  return scope.boolean(std::ranges::find(parts, in.text(0)) != parts.end());
}

constexpr FunctionParameter kSplit[] = {{"valueParameter valueParam"},
                                        {"p_string_sep param_string_sep separator"}};
constexpr FunctionParameter kPartition[] = {
    {"valueParameter valueParam"},
    {"p_fragment param_fragment"},
    {"p_bool_opt_b param_bool_opt_b", boolean, false, false, true}};
constexpr FunctionParameter kMatch[] = {{"valueParameter valueParam"},
                                        {"p_string_regex param_regex pattern", pattern}};
constexpr FunctionParameter kList[] = {
    {"p_array_a param_a valueParameter valueParam", list, true, true}};
constexpr FunctionParameter kJoin[] = {{"p_array_a param_a", list, true, true},
                                       {"p_string_sep param_string_sep", text, false, false, true}};
constexpr FunctionParameter kSequence[] = {{"_seq seq", list, true, true},
                                           {"delimiter _delimiter", text, false, false, true}};
constexpr FunctionParameter kSlice[] = {
    {"p_array_a param_a", list, true, true},
    {"param_int_i_from p_int_i_from", integer},
    {"param_int_i_opt_to p_int_i_opt_to", integer, false, false, true}};
constexpr FunctionParameter kHas[] = {{"list _list", list, true, true}, {"str _str"}};
constexpr FunctionParameter kDelimited[] = {
    {"str _str"}, {"otherStr _otherStr"}, {"delimiter _delimiter"}};

constexpr BuiltinFunction kListFunctions[] = {
    {"grel", "string_split split", "The parts between a separator (a text, no pattern).", kSplit,
     list, split},
    {"dfn", "splitTrimmed",
     "The parts between a separator, without blanks around, empty ones left out.", kSplit, list,
     split_trimmed},
    {"grel", "string_partition",
     "Before, find and after of the first find; true leaves the find out.", kPartition, list,
     first_partition},
    {"grel", "string_rpartition",
     "Before, find and after of the last find; true leaves the find out.", kPartition, list,
     last_partition},
    {"grel", "string_match", "The groups of a regular expression that matches the whole text.",
     kMatch, list, match},
    {"grel", "array_join", "The values one behind the other, with a separator.", kJoin, text, join},
    {"idlab-fn", "concatSequence", "The values one behind the other, with a separator.", kSequence,
     text, join},
    {"grel", "array_length", "How many values there are.", kList, integer, size},
    {"grel", "array_get", "The value at a position, or those up to another.", kSlice, any, get},
    {"grel", "array_slice", "The values from one position up to another.", kSlice, list, slice},
    {"grel", "array_reverse", "The values backwards.", kList, list, reverse},
    {"grel", "array_sort", "The values in order: numbers by size when all are, else as texts.",
     kList, list, sort},
    {"grel", "array_uniques", "Each value once.", kList, list, uniques},
    {"grel", "array_sum", "The sum of the values.", kList, number, sum},
    {"idlab-fn", "listContainsElement", "Whether the text is one of the values.", kHas, boolean,
     has_item},
    {"idlab-fn", "stringContainsOtherString",
     "Whether the text is one of the parts of another between a delimiter.", kDelimited, boolean,
     delimited_has},
};

}  // namespace

std::span<const BuiltinFunction> list_functions() {
  return kListFunctions;
}

}  // namespace dossier
