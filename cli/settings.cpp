#include "cli/settings.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace dossier {
namespace {

struct LimitName {
  std::string_view name;
  std::size_t Limits::* member;
};

constexpr LimitName kLimitNames[] = {
#define DOSSIER_LIMIT(name, option, value, meaning) {option, &Limits::name},
#include "base/limits.def"
#undef DOSSIER_LIMIT
};

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  std::string unit = to_lower_ascii(text.substr(static_cast<std::size_t>(end - text.data())));
  if (unit.ends_with("ib")) {
    unit.resize(unit.size() - 2);
  } else if (unit.ends_with('b')) {
    unit.pop_back();
  }
  constexpr std::string_view kUnits = "kmgt";
  if (unit.empty()) return number;
  const std::size_t power = kUnits.find(unit);
  if (unit.size() != 1 || power == std::string_view::npos) return std::nullopt;
  const std::size_t shift = (power + 1) * 10;
  if (number > (UINT64_MAX >> shift)) return std::nullopt;
  return number << shift;
}

std::size_t* find_limit(Limits& limits, std::string_view name) {
  const auto* found = std::ranges::find(kLimitNames, name, &LimitName::name);
  return found == std::end(kLimitNames) ? nullptr : &(limits.*(found->member));
}

std::vector<std::string_view> limit_names() {
  std::vector<std::string_view> names;
  for (const LimitName& each : kLimitNames) names.push_back(each.name);
  return names;
}

void set_limits(Limits& limits, const LimitValues& values) {
  for (const auto& [name, value] : values) {
    if (std::size_t* const limit = find_limit(limits, name)) *limit = value;
  }
}

}  // namespace dossier
