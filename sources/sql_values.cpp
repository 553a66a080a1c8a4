#include "sources/sql_values.hpp"

#include <algorithm>

namespace dossier {
namespace {

// 'd' is a digit, all else itself.
bool has_shape(std::string_view text, std::string_view shape) {
  return std::ranges::equal(text, shape, [](char c, char wanted) {
    return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted;
  });
}

bool is_date(std::string_view text) {
  return has_shape(text, "dddd-dd-dd") && text.substr(0, 4) != "0000" && text.substr(5, 2) != "00";
}

// "12:12:22.5" -> the rest behind it; null when there is no time.
const char* after_time(std::string_view text) {
  if (text.size() < 8 || !has_shape(text.substr(0, 8), "dd:dd:dd") || text.substr(0, 2) > "24") {
    return nullptr;
  }
  std::size_t at = 8;
  if (at < text.size() && text[at] == '.') {
    ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  }
  return text.data() + at;
}

// A time with its zone: "12:12:22+00" -> "12:12:22Z". False when it is none.
bool append_time(std::string_view text, std::string& out) {
  const char* const rest = after_time(text);
  if (rest == nullptr) return false;
  std::string_view zone(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  out.append(text.data(), rest);
  if (zone.empty()) return true;
  if (zone == "Z" || zone == "+00" || zone == "+00:00") {
    out += 'Z';
    return true;
  }
  if (zone[0] != '+' && zone[0] != '-') return false;
  if (has_shape(zone.substr(1), "dd:dd")) {
    out += zone;
    return true;
  }
  if (!has_shape(zone.substr(1), "dd")) return false;
  out += zone;
  out += ":00";
  return true;
}

bool append_date_time(std::string_view text, std::string& out) {
  if (text.size() < 19 || !is_date(text.substr(0, 10))) return false;
  if (text[10] != ' ' && text[10] != 'T') return false;
  out.append(text.substr(0, 10));
  out += 'T';
  return append_time(text.substr(11), out);
}

std::string_view boolean_form(std::string_view text) {
  if (text == "t" || text == "true" || text == "1") return "true";
  if (text == "f" || text == "false" || text == "0") return "false";
  return {};
}

std::string_view real_form(std::string_view text) {
  if (text == "Infinity" || text == "inf" || text == "Inf") return "INF";
  if (text == "-Infinity" || text == "-inf" || text == "-Inf") return "-INF";
  return text;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("+-.0123456789") == std::string_view::npos;
}

}  // namespace

NaturalValue natural_value(ValueType declared, std::string_view text, std::string& scratch) {
  scratch.clear();
  switch (declared) {
    case ValueType::boolean: {
      const std::string_view form = boolean_form(text);
      if (!form.empty()) return {form, declared};
      return {text, is_number(text) ? ValueType::integer : ValueType::text};
    }
    case ValueType::plain_real:
    case ValueType::real:
      return {real_form(text), declared};
    case ValueType::integer:
    case ValueType::decimal:
      return {text, is_number(text) ? declared : ValueType::text};
    case ValueType::date:
      return {text, is_date(text) ? declared : ValueType::text};
    case ValueType::date_time:
      if (append_date_time(text, scratch)) return {scratch, declared};
      return {text, is_date(text) ? ValueType::date : ValueType::text};
    case ValueType::time:
      if (append_time(text, scratch)) return {scratch, declared};
      return {text, ValueType::text};
    case ValueType::binary:
    case ValueType::text:
    case ValueType::absent:
    case ValueType::list:
      break;
  }
  return {text, declared};
}

void append_hex(std::string_view bytes, std::string& out) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
}

}  // namespace dossier
