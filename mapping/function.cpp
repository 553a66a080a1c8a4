#include "mapping/function.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <memory>
#include <optional>

#include "base/text.hpp"
#include "graph/calendar.hpp"
#include "graph/numbers.hpp"
#include "mapping/date_pattern.hpp"
#include "mapping/patterns.hpp"

namespace dossier {
namespace {

std::optional<std::int64_t> to_integer(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

}  // namespace

std::string_view to_string(FunctionType type) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "text", "integer", "number", "boolean", "date", "any", "list", "pattern", "date pattern"};
  return kNames[static_cast<std::size_t>(type)];
}

bool is_true(std::string_view text) {
  return text == "1" || equals_ignoring_case(text, "true");
}

bool fits(FunctionType type, std::string_view text) {
  switch (type) {
    case FunctionType::integer:
      return to_integer(text).has_value();
    case FunctionType::number:
      return parse_double(text).has_value();
    case FunctionType::boolean:
      return is_true(text) || text == "0" || equals_ignoring_case(text, "false");
    case FunctionType::date:
      return parse_moment(MomentKind::date, text) || parse_moment(MomentKind::date_time, text);
    case FunctionType::pattern:
      return is_pattern(text);
    case FunctionType::date_pattern:
      return is_date_pattern(text);
    case FunctionType::text:
    case FunctionType::any:
    case FunctionType::list:
      break;
  }
  return true;
}

Value FunctionScope::text(std::string_view bytes, ValueType type) {
  return Value::of(arena_.copy(bytes), type);
}

Value FunctionScope::boolean(bool value) const {
  return Value::of(value ? "true" : "false", ValueType::boolean);
}

Value FunctionScope::integer(std::int64_t value) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return text({buffer, static_cast<std::size_t>(end - buffer)}, ValueType::integer);
}

// A whole number is written as an integer, others with a point: what people want to read.
Value FunctionScope::number(double value) {
  if (!std::isfinite(value)) return fail("the result is no finite number");
  if (value == std::trunc(value) && std::fabs(value) < 1e15) {
    return integer(static_cast<std::int64_t>(value));
  }
  char buffer[400];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed).ptr;
  return text({buffer, static_cast<std::size_t>(end - buffer)}, ValueType::decimal);
}

Value FunctionScope::list(std::span<const Value> items) {
  Value out;
  out.type = ValueType::list;
  out.size = static_cast<std::uint32_t>(items.size());
  auto* const at = reinterpret_cast<Value*>(arena_.allocate(sizeof(Value) * items.size() + 1));
  std::uninitialized_copy(items.begin(), items.end(), at);
  out.items = at;
  return out;
}

std::int64_t Arguments::integer(std::size_t i, std::int64_t otherwise) const {
  return has(i) ? to_integer(values_[i].text()).value_or(otherwise) : otherwise;
}

double Arguments::number(std::size_t i) const {
  return has(i) ? parse_double(values_[i].text()).value_or(0) : 0;
}

bool Arguments::boolean(std::size_t i) const {
  return has(i) && is_true(values_[i].text());
}

}  // namespace dossier
