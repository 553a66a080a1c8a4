// Which type a plain scalar has (YAML 1.2.2, section 10.3.2, "Tag Resolution").
#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "sources/yaml_document.hpp"

namespace dossier {
namespace {

bool all_digits(std::string_view text, std::string_view digits = "0123456789") {
  return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_core_float(std::string_view unsigned_text) {
  const std::size_t exponent = unsigned_text.find_first_of("eE");
  if (exponent != std::string_view::npos) {
    std::string_view power = unsigned_text.substr(exponent + 1);
    if (power.starts_with('+') || power.starts_with('-')) power.remove_prefix(1);
    if (!all_digits(power)) return false;
    unsigned_text = unsigned_text.substr(0, exponent);
  }
  const std::size_t dot = unsigned_text.find('.');
  if (dot == std::string_view::npos) return all_digits(unsigned_text);
  const std::string_view whole = unsigned_text.substr(0, dot);
  const std::string_view fraction = unsigned_text.substr(dot + 1);
  if (whole.empty()) return all_digits(fraction);
  return all_digits(whole) && (fraction.empty() || all_digits(fraction));
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

}  // namespace

YamlType yaml_core_type(std::string_view plain) {
  if (is_one_of(plain, {"", "~", "null", "Null", "NULL"})) return YamlType::null;
  if (is_one_of(plain, {"true", "True", "TRUE", "false", "False", "FALSE"})) {
    return YamlType::boolean;
  }
  if (plain.starts_with("0o") && all_digits(plain.substr(2), "01234567")) return YamlType::integer;
  if (plain.starts_with("0x") && all_digits(plain.substr(2), "0123456789abcdefABCDEF")) {
    return YamlType::integer;
  }
  if (is_one_of(plain, {".nan", ".NaN", ".NAN"})) return YamlType::real;
  std::string_view number = plain;
  if (number.starts_with('+') || number.starts_with('-')) number.remove_prefix(1);
  if (is_one_of(number, {".inf", ".Inf", ".INF"})) return YamlType::real;
  if (all_digits(number)) return YamlType::integer;
  return is_core_float(number) ? YamlType::real : YamlType::text;
}

}  // namespace dossier
