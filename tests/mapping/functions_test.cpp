// Every built-in function by an example or more: name, arguments in the order of its parameters
// ("|" between the values of a list, nothing for absent), what it gives. "!" marks a failure.
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "mapping/function_table.hpp"
#include "mapping/row_program.hpp"
#include "tests/mapping/function_manual.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kAbsent = "<absent>";

struct Example {
  std::string_view function;
  std::vector<std::string_view> arguments;
  std::string_view result;
};

const std::vector<Example>& examples() {
  static const std::vector<Example> kExamples = {
      {"grel:toUpperCase", {"straße é"}, "STRASSE É"},
      {"grel:toLowerCase", {"ÀB"}, "àb"},
      {"grel:string_toTitlecase", {"new york"}, "New York"},
      {"grel:string_trim", {" a b\n"}, "a b"},
      {"dfn:squeeze", {"  a \t b "}, "a b"},
      {"grel:string_chomp", {"book.csv", ".csv"}, "book"},
      {"grel:string_toString", {"1"}, "1"},
      {"grel:string_length", {"Bàn"}, "3"},
      {"grel:string_substring", {"profound", "3"}, "found"},
      {"grel:string_substring", {"profound", "1", "-1"}, "rofoun"},
      {"grel:string_substring", {"Venus", "5"}, ""},
      {"grel:string_substring", {"Venus", "1000"}, kAbsent},
      {"grel:string_substring", {"Bàn", "1", "2"}, "à"},
      {"grel:string_substring", {"Bàn", "x"}, "!\"x\" for param_int_i_from is no integer"},
      {"grel:string_get", {"Bàn", "1"}, "à"},
      {"grel:string_startsWith", {"abc", "ab"}, "true"},
      {"grel:string_endsWith", {"abc", "ab"}, "false"},
      {"grel:string_contains", {"abc", "b"}, "true"},
      {"grel:string_indexOf", {"Bàna", "n"}, "2"},
      {"grel:string_lastIndexOf", {"abab", "x"}, "-1"},
      {"grel:string_replace", {"a.b.c", ".", "-"}, "a-b-c"},
      {"grel:string_replaceChars", {"abc", "ac", "x"}, "xb"},
      {"dfn:replacePattern", {"2020-10", "(\\d+)-(\\d+)", "\\2/\\1"}, "10/2020"},
      {"dfn:replacePattern", {"a", "(", ""}, "!\"(\" for pattern is no pattern"},
      {"dfn:matches", {"abc", "^a.c$"}, "true"},
      {"dfn:extract", {"No. 17", "\\d+"}, "17"},
      {"dfn:extract", {"No", "\\d+"}, kAbsent},
      {"grel:escape", {"A&B", "html"}, "A&amp;B"},
      {"grel:escape", {"a b", "url"}, "a%20b"},
      {"grel:escape", {"a,b", "csv"}, "\"a,b\""},
      {"grel:escape", {"it's", "javascript"}, "it\\'s"},
      {"grel:escape",
       {"x", "klingon"},
       "!the mode is none of html, xml, csv, url, javascript (back: html, xml, url)"},
      {"grel:string_unescape", {"A&amp;B&#x41;&bad;", "html"}, "A&BA&bad;"},
      {"grel:string_unescape", {"a%20b", "url"}, "a b"},
      {"idlab-fn:concat", {"a", "b", "-"}, "a-b"},
      {"idlab-fn:toUpperCaseURL", {"a.org"}, "http://A.ORG"},
      {"idlab-fn:alwaysReturnsABC", {}, "ABC"},
      {"grel:string_split", {"a;b;", ";"}, "a|b|"},
      {"dfn:splitTrimmed", {" a ; b;", ";"}, "a|b"},
      {"grel:string_partition", {"a-b-c", "-"}, "a|-|b-c"},
      {"grel:string_rpartition", {"a-b-c", "-", "true"}, "a-b|c"},
      {"grel:string_match", {"2020-10", "(\\d+)-(\\d+)"}, "2020|10"},
      {"grel:array_join", {"a|b", "+"}, "a+b"},
      {"idlab-fn:concatSequence", {"a|b", "+"}, "a+b"},
      {"grel:array_length", {"a|b"}, "2"},
      {"grel:array_get", {"a|b", "-1"}, "b"},
      {"grel:array_slice", {"a|b|c", "0", "2"}, "a|b"},
      {"grel:array_reverse", {"a|b"}, "b|a"},
      {"grel:array_sort", {"10|9"}, "9|10"},
      {"grel:array_sort", {"10|9|x"}, "10|9|x"},
      {"grel:array_uniques", {"a|b|a"}, "a|b"},
      {"grel:array_sum", {"1|2.5"}, "3.5"},
      {"grel:array_sum", {"1|x"}, "!\"x\" in the list is no number"},
      {"idlab-fn:listContainsElement", {"a|b", "b"}, "true"},
      {"idlab-fn:stringContainsOtherString", {"b", "a;b", ";"}, "true"},
      {"grel:math_round", {"2.5"}, "3"},
      {"grel:math_round", {"two"}, "!\"two\" for p_dec_n is no number"},
      {"grel:math_floor", {"-2.5"}, "-3"},
      {"grel:math_ceil", {"2.1"}, "3"},
      {"grel:math_abs", {"-1.5"}, "1.5"},
      {"grel:math_even", {"3"}, "4"},
      {"grel:math_odd", {"2"}, "3"},
      {"grel:math_ln", {"1"}, "0"},
      {"grel:math_ln", {"0"}, "!the result is no finite number"},
      {"grel:math_log", {"1000"}, "3"},
      {"grel:math_exp", {"0"}, "1"},
      {"grel:math_degrees", {"0"}, "0"},
      {"grel:math_radians", {"0"}, "0"},
      {"grel:math_min", {"1", "2"}, "1"},
      {"grel:math_max", {"1", "2"}, "2"},
      {"grel:math_pow", {"2", "10"}, "1024"},
      {"grel:math_quotient", {"7", "2"}, "3"},
      {"grel:math_mod", {"7", "3"}, "1"},
      {"grel:math_mod", {"7", "0"}, "!division by zero"},
      {"grel:math_gcd", {"12", "18"}, "6"},
      {"dfn:add", {"1", "0.5"}, "1.5"},
      {"dfn:multiply", {"3", "0.5"}, "1.5"},
      {"dfn:divide", {"1", "4"}, "0.25"},
      {"dfn:divide", {"1", "0"}, "!division by zero"},
      {"grel:string_toNumber", {"12"}, "12"},
      {"dfn:parseNumber", {"1.234,50", ","}, "1234.50"},
      {"dfn:parseNumber", {"1,234"}, "1234"},
      {"dfn:parseNumber", {"many"}, "!it is no number"},
      {"dfn:isNumber", {"1e3"}, "true"},
      {"dfn:isNumber", {kAbsent}, "false"},
      {"idlab-fn:inRange", {"5", "1", "5"}, "false"},
      {"dfn:parseDate", {"5.10.2020", "d.M.yyyy"}, "2020-10-05"},
      {"dfn:parseDate", {"October 2020", "d.M.yyyy|MMMM yyyy"}, "2020-10"},
      {"dfn:parseDate", {"5.10.2020", "d.M.yyyy", "year"}, "2020"},
      {"dfn:parseDate", {"5. März 2020", "d. MMMM yyyy", kAbsent, "de"}, "2020-03-05"},
      {"dfn:parseDate", {"5 Oct. 2020 14:30", "d MMM yyyy HH:mm"}, "2020-10-05T14:30:00"},
      {"dfn:parseDate", {"20201005", "yyyyMMdd"}, "2020-10-05"},
      {"dfn:parseDate",
       {"30.2.2020", "d.M.yyyy"},
       "!\"30.2.2020\" is no date of the pattern d.M.yyyy"},
      {"grel:date_toDate", {"2020/10/05", "yyyy/MM/dd"}, "2020-10-05"},
      {"idlab-fn:normalizeDate", {"05/10/2020", "dd/MM/yyyy"}, "2020-10-05"},
      {"idlab-fn:normalizeDateTime", {"20201005 1402", "yyyyMMdd HHmm"}, "2020-10-05T14:02:00"},
      {"grel:date_inc", {"2020-01-31", "1", "months"}, "2020-02-29"},
      {"grel:date_inc", {"2020-12-31", "1", "days"}, "2021-01-01"},
      {"grel:date_inc", {"2020-01-31", "-2", "weeks"}, "2020-01-17"},
      {"grel:date_inc", {"1969-12-31", "-1", "days"}, "1969-12-30"},
      {"grel:date_inc", {"2020-13-01", "1", "days"}, "!\"2020-13-01\" for p_date_d is no date"},
      {"grel:date_diff", {"2020-03-01", "2020-02-28", "days"}, "2"},
      {"grel:date_diff", {"2020-03-01", "2018-03-02", "years"}, "1"},
      {"grel:date_datePart", {"2020-10-05", "weekday"}, "Monday"},
      {"grel:date_datePart", {"2020-10-05", "month"}, "10"},
      {"dfn:isDate", {"2020-02-30"}, "false"},
      {"idlab-fn:equal", {"a", "a"}, "true"},
      {"idlab-fn:notEqual", {"a", "a"}, "false"},
      {"dfn:lessThan", {"9", "10"}, "true"},
      {"idlab-fn:isNull", {kAbsent}, "true"},
      {"grel:controls_isBlank", {" "}, "true"},
      {"grel:controls_isNonBlank", {kAbsent}, "false"},
      {"grel:boolean_and", {"true|false"}, "false"},
      {"grel:boolean_or", {"true|false"}, "true"},
      {"grel:boolean_xor", {"true|true"}, "false"},
      {"grel:boolean_not", {"false"}, "true"},
      {"grel:controls_if", {"true", "a", "b"}, "a"},
      {"grel:controls_if", {"false", "a"}, kAbsent},
      {"idlab-fn:trueCondition", {"false", "a"}, kAbsent},
      {"idlab-fn:decide", {"a", "a", "x"}, "x"},
      {"dfn:either", {kAbsent, "b"}, "b"},
      {"dfn:either", {"", "b"}, "b"},
      {"dfn:translate", {"de", "de|fr", "Germany|France"}, "Germany"},
      {"dfn:translate", {"xx", "de|fr", "Germany|France", "?"}, "?"},
      {"grel:string_md5", {"abc"}, "900150983cd24fb0d6963f7d28e17f72"},
      {"grel:string_sha1", {"abc"}, "a9993e364706816aba3e25717850c26c9cd0d89d"},
      {"dfn:sha256", {"abc"}, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"dfn:sha512",
       {""},
       "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
       "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"},
      {"idlab-fn:slugify", {"Bàn No. 7: Müller's"}, "ban-no-7-mullers"},
      {"dfn:latin", {"Путин, Müller"}, "Putin, Muller"},
      {"dfn:compose", {"e\xCC\x81"}, "é"},
      {"dfn:normaliseName", {"ByteDance Co., Ltd."}, "bytedance"},
      {"grel:string_fingerprint", {"Zhang, Yiming ZHANG"}, "yiming zhang"},
      {"dfn:countryCode", {"The Netherlands"}, "NL"},
      {"dfn:countryCode", {"usa", "alpha-3"}, "USA"},
      {"dfn:countryCode", {"840"}, "US"},
      {"dfn:countryCode", {"Atlantis"}, "!\"Atlantis\" is no country or country code"},
      {"dfn:countryName", {"IND"}, "India"},
      {"idlab-fn:getMIMEType", {"a/b.CSV"}, "text/csv"},
      // Lists into single parameters: one result for each.
      {"grel:toUpperCase", {"a|b"}, "A|B"},
      {"idlab-fn:concat", {"a|b", "x|y", "-"}, "a-x|a-y|b-x|b-y"},
      // No value, no result.
      {"grel:toUpperCase", {kAbsent}, kAbsent},
  };
  return kExamples;
}

const BuiltinFunction* named(std::string_view name) {
  const std::size_t colon = name.find(':');
  return find_function("https://w3id.org/dossier/function#" + std::string(name.substr(colon + 1)));
}

std::string text_of(const Value& value) {
  if (value.type == ValueType::absent) return std::string(kAbsent);
  if (value.type != ValueType::list) return std::string(value.text());
  std::string out;
  for (std::size_t i = 0; i < value.list().size(); ++i) {
    if (i > 0) out += '|';
    out += value.list()[i].text();
  }
  return out;
}

std::string run(const Example& example) {
  const BuiltinFunction* function = named(example.function);
  if (function == nullptr) return "no such function";
  std::vector<std::vector<Value>> lists(example.arguments.size());
  std::vector<Value> row;
  for (std::size_t i = 0; i < example.arguments.size(); ++i) {
    std::string_view text = example.arguments[i];
    if (text == kAbsent) {
      row.push_back({});
    } else if (text.find('|') == std::string_view::npos) {
      row.push_back(Value::of(text));
    } else {
      for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('|', at), text.size());
        lists[i].push_back(Value::of(text.substr(at, end - at)));
        at = end + 1;
      }
      Value list;
      list.items = lists[i].data();
      list.size = static_cast<std::uint32_t>(lists[i].size());
      list.type = ValueType::list;
      row.push_back(list);
    }
  }
  RowStep step;
  step.function = function;
  for (std::uint32_t i = 0; i < function->parameters.size(); ++i) {
    step.arguments.push_back(i < row.size() ? i : RowStep::kNoArgument);
  }
  RowProgram program;
  program.add(step);
  program.place_behind(row.size());
  RowEvaluator evaluator(program);
  const auto slot = static_cast<std::uint32_t>(row.size());
  const auto values = evaluator.extend(row);
  if (const RowFailure* failure = evaluator.failure(slot)) return "!" + failure->message;
  return text_of(values[slot]);
}

TEST(FunctionsTest, EachExampleGivesWhatItSays) {
  for (const Example& example : examples()) {
    EXPECT_EQ(run(example), example.result) << example.function;
  }
}

TEST(FunctionsTest, EachFunctionHasAnExample) {
  std::set<const BuiltinFunction*> shown;
  for (const Example& example : examples()) shown.insert(named(example.function));
  for (const FunctionGroup& group : function_groups()) {
    for (const BuiltinFunction& function : group.functions) {
      EXPECT_TRUE(shown.contains(&function)) << function.name;
    }
  }
}

TEST(FunctionsTest, ANameOfAFunctionStandsForOne) {
  std::set<std::string> seen;
  for (const FunctionGroup& group : function_groups()) {
    for (const BuiltinFunction& function : group.functions) {
      std::istringstream names{std::string(function.name)};
      for (std::string name; names >> name;) EXPECT_TRUE(seen.insert(name).second) << name;
      EXPECT_TRUE((function.body == nullptr) != (function.choice == nullptr)) << function.name;
      EXPECT_TRUE(function.doc.ends_with('.')) << function.name;
    }
  }
}

TEST(FunctionsTest, TheManualListsTheTable) {
  std::ifstream file(DOSSIER_SOURCE_DIR "/docs/functions.md");
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_NE(text.str().find(function_manual()), std::string::npos)
      << "docs/functions.md must hold this between its introduction and its end:\n"
      << function_manual();
}

}  // namespace
}  // namespace dossier::test
