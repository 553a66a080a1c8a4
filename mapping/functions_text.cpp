// Built-in functions on texts. GREL's positions count characters (code points) from 0.
#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "mapping/function_table.hpp"
#include "mapping/patterns.hpp"
#include "mapping/text_escapes.hpp"
#include "mapping/unicode_text.hpp"

namespace dossier {
namespace {

using enum FunctionType;

Value upper(const Arguments& in, FunctionScope& scope) {
  return scope.text(upper_case(in.text(0)));
}
Value lower(const Arguments& in, FunctionScope& scope) {
  return scope.text(lower_case(in.text(0)));
}
Value title(const Arguments& in, FunctionScope& scope) {
  return scope.text(title_case(in.text(0)));
}
Value trim(const Arguments& in, FunctionScope& scope) {
  return scope.text(trim_ascii(in.text(0)));
}
Value same(const Arguments& in, FunctionScope& scope) {
  return scope.text(in.text(0));
}

Value squeeze(const Arguments& in, FunctionScope& scope) {
  return scope.text(squeezed(in.text(0)));
}

Value chomp(const Arguments& in, FunctionScope& scope) {
  std::string_view text = in.text(0);
  if (!in.text(1).empty() && text.ends_with(in.text(1))) text.remove_suffix(in.text(1).size());
  return scope.text(text);
}

Value length(const Arguments& in, FunctionScope& scope) {
  return scope.integer(static_cast<std::int64_t>(count_code_points(in.text(0))));
}

// The byte at which code point `index` begins.
std::size_t byte_at(std::string_view text, std::int64_t index) {
  std::size_t at = 0;
  while (index-- > 0 && at < text.size()) {
    at += std::max<std::size_t>(decode_utf8(text.substr(at)).size, 1);
  }
  return at;
}

// Negative positions count from the end. A start behind the end gives nothing.
Value substring(const Arguments& in, FunctionScope& scope) {
  const std::string_view text = in.text(0);
  const auto size = static_cast<std::int64_t>(count_code_points(text));
  std::int64_t from = in.integer(1);
  std::int64_t to = in.integer(2, size);
  if (from < 0) from = std::max<std::int64_t>(size + from, 0);
  if (to < 0) to = size + to;
  to = std::min(to, size);
  if (from > size || to < from) return {};
  const std::size_t begin = byte_at(text, from);
  return scope.text(text.substr(begin, byte_at(text.substr(begin), to - from)));
}

Value character(const Arguments& in, FunctionScope& scope) {
  if (in.has(2)) return substring(in, scope);
  const std::string_view text = in.text(0);
  const auto size = static_cast<std::int64_t>(count_code_points(text));
  const std::int64_t index = in.integer(1) < 0 ? size + in.integer(1) : in.integer(1);
  if (index < 0 || index >= size) return {};
  const std::size_t begin = byte_at(text, index);
  return scope.text(text.substr(begin, byte_at(text.substr(begin), 1)));
}

Value starts_with(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(in.text(0).starts_with(in.text(1)));
}
Value ends_with(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(in.text(0).ends_with(in.text(1)));
}
Value contains(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(in.text(0).find(in.text(1)) != std::string_view::npos);
}

Value position(std::string_view text, std::size_t found, FunctionScope& scope) {
  if (found == std::string_view::npos) return scope.integer(-1);
  return scope.integer(static_cast<std::int64_t>(count_code_points(text.substr(0, found))));
}
Value index_of(const Arguments& in, FunctionScope& scope) {
  return position(in.text(0), in.text(0).find(in.text(1)), scope);
}
Value last_index_of(const Arguments& in, FunctionScope& scope) {
  return position(in.text(0), in.text(0).rfind(in.text(1)), scope);
}

Value replace(const Arguments& in, FunctionScope& scope) {
  const std::string_view find = in.text(1);
  if (find.empty()) return scope.text(in.text(0));
  std::string out;
  std::string_view rest = in.text(0);
  for (;;) {
    const std::size_t at = rest.find(find);
    out += rest.substr(0, at);
    if (at == std::string_view::npos) break;
    out += in.text(2);
    rest.remove_prefix(at + find.size());
  }
  return scope.text(out);
}

// Each character of the second text becomes that at the same place of the third; without one there
// it goes.
Value replace_characters(const Arguments& in, FunctionScope& scope) {
  std::string out;
  std::string_view rest = in.text(0);
  while (!rest.empty()) {
    const std::size_t size = std::max<std::size_t>(decode_utf8(rest).size, 1);
    const std::string_view one = rest.substr(0, size);
    rest.remove_prefix(size);
    const std::size_t at = in.text(1).find(one);
    if (at == std::string_view::npos) {
      out += one;
      continue;
    }
    const auto index = static_cast<std::int64_t>(count_code_points(in.text(1).substr(0, at)));
    const std::string_view with = in.text(2).substr(byte_at(in.text(2), index));
    out += with.substr(0, std::min<std::size_t>(decode_utf8(with).size, with.size()));
  }
  return scope.text(out);
}

Value replace_pattern(const Arguments& in, FunctionScope& scope) {
  return scope.text(pattern_replace(in.text(1), in.text(0), in.text(2)));
}
Value matches(const Arguments& in, FunctionScope& scope) {
  return scope.boolean(pattern_matches(in.text(1), in.text(0)));
}
Value extract(const Arguments& in, FunctionScope& scope) {
  std::string out;
  return pattern_extract(in.text(1), in.text(0), out) ? scope.text(out) : Value{};
}

Value escape(const Arguments& in, FunctionScope& scope) {
  const auto out = escaped_text(in.text(0), in.text(1));
  return out ? scope.text(*out) : scope.fail(escape_modes());
}
Value unescape(const Arguments& in, FunctionScope& scope) {
  const auto out = unescaped_text(in.text(0), in.text(1));
  return out ? scope.text(*out) : scope.fail(escape_modes());
}

Value concat(const Arguments& in, FunctionScope& scope) {
  std::string out(in.text(0));
  out += in.text(2);
  out += in.text(1);
  return scope.text(out);
}

Value upper_url(const Arguments& in, FunctionScope& scope) {
  const std::string out = upper_case(in.text(0));
  return scope.text(out.starts_with("HTTP://") || out.starts_with("HTTPS://") ? out
                                                                              : "http://" + out);
}

Value abc(const Arguments&, FunctionScope& scope) {
  return scope.text("ABC");
}

constexpr FunctionParameter kNone[] = {{"", text, false}};
constexpr FunctionParameter kTextValue[] = {{"valueParameter valueParam"}};
constexpr FunctionParameter kTextAny[] = {{"p_any_e param_any_e valueParameter valueParam", any}};
constexpr FunctionParameter kSeparator[] = {{"valueParameter valueParam"},
                                            {"p_string_sep param_string_sep"}};
constexpr FunctionParameter kTextRange[] = {
    {"valueParameter valueParam"},
    {"param_int_i_from p_int_i_from", integer},
    {"param_int_i_opt_to p_int_i_opt_to", integer, false, false, true}};
constexpr FunctionParameter kSub[] = {{"valueParameter valueParam"},
                                      {"string_sub param_string_sub valueParameter2 valueParam2"}};
constexpr FunctionParameter kReplace[] = {{"valueParameter valueParam"},
                                          {"p_string_find param_find"},
                                          {"p_string_replace param_replace"}};
constexpr FunctionParameter kReplacePattern[] = {{"valueParameter valueParam"},
                                                 {"pattern p_string_regex", pattern},
                                                 {"replacement p_string_replace"}};
constexpr FunctionParameter kPattern[] = {{"valueParameter valueParam"},
                                          {"pattern p_string_regex", pattern}};
constexpr FunctionParameter kMode[] = {{"valueParameter valueParam"}, {"modeParameter modeParam"}};
constexpr FunctionParameter kConcat[] = {
    {"str _str"}, {"otherStr _otherStr"}, {"delimiter _delimiter", text, false, false, true}};
constexpr FunctionParameter kStr[] = {{"str _str valueParameter valueParam"}};

constexpr BuiltinFunction kTextFunctions[] = {
    {"grel", "toUpperCase", "All letters large, of every script.", kTextValue, text, upper},
    {"grel", "toLowerCase", "All letters small, of every script.", kTextValue, text, lower},
    {"grel", "string_toTitlecase toTitleCase", "Each word with a large first letter.", kTextValue,
     text, title},
    {"grel", "string_trim string_strip trim", "Without blanks and line ends around it.", kTextValue,
     text, trim},
    {"dfn", "squeeze", "Without blanks around it, and one blank where there were several.",
     kTextValue, text, squeeze},
    {"grel", "string_chomp", "Without the given ending.", kSeparator, text, chomp},
    {"grel", "string_toString", "The value as a text.", kTextAny, text, same},
    {"grel", "string_length", "The number of characters.", kTextValue, integer, length},
    {"grel", "string_substring string_slice",
     "The characters from one position up to another; negative positions count from the end.",
     kTextRange, text, substring},
    {"grel", "string_get", "The character at a position, or those up to another.", kTextRange, text,
     character},
    {"grel", "string_startsWith", "Whether the text begins with another.", kSub, boolean,
     starts_with},
    {"grel", "string_endsWith", "Whether the text ends with another.", kSub, boolean, ends_with},
    {"grel", "string_contains", "Whether the text holds another.", kSub, boolean, contains},
    {"grel", "string_indexOf", "The position of the first find of another text, or -1.", kSub,
     integer, index_of},
    {"grel", "string_lastIndexOf", "The position of the last find of another text, or -1.", kSub,
     integer, last_index_of},
    {"grel", "string_replace", "Every find of a text (no pattern) replaced.", kReplace, text,
     replace},
    {"grel", "string_replaceChars", "Characters replaced one by one, by their places in two texts.",
     kReplace, text, replace_characters},
    {"dfn", "replacePattern",
     "Every match of a regular expression replaced; \\1 is its first group.", kReplacePattern, text,
     replace_pattern},
    {"dfn", "matches", "Whether a regular expression is found in the text.", kPattern, boolean,
     matches},
    {"dfn", "extract", "The first group of a regular expression, or all that it matched.", kPattern,
     text, extract},
    {"grel", "escape string_escape", "Escaped for html, xml, csv, url or javascript.", kMode, text,
     escape},
    {"grel", "string_unescape unescape", "The way back from html, xml or url.", kMode, text,
     unescape},
    {"idlab-fn", "concat", "Two texts, one behind the other, with a text between them.", kConcat,
     text, concat},
    {"idlab-fn", "toUpperCaseURL", "In large letters, with HTTP:// in front where it is not.", kStr,
     text, upper_url},
    {"idlab-fn", "alwaysReturnsABC", "The text ABC; for tests of mappings.", std::span(kNone, 0),
     text, abc},
};

}  // namespace

std::span<const BuiltinFunction> text_functions() {
  return kTextFunctions;
}

}  // namespace dossier
