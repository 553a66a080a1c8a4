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
    {"max-cell-bytes", &Limits::max_cell_bytes},
    {"max-columns", &Limits::max_columns},
    {"max-literal-bytes", &Limits::max_literal_bytes},
    {"max-string-bytes", &Limits::max_string_bytes},
    {"max-depth", &Limits::max_depth},
    {"max-tree-depth", &Limits::max_tree_depth},
    {"max-document-bytes", &Limits::max_document_bytes},
    {"max-triple-depth", &Limits::max_triple_depth},
    {"max-jsonld-depth", &Limits::max_jsonld_depth},
    {"max-attributes", &Limits::max_attributes},
    {"max-yaml-nodes", &Limits::max_yaml_nodes},
    {"max-yaml-depth", &Limits::max_yaml_depth},
    {"max-yaml-bytes", &Limits::max_yaml_bytes},
    {"max-entity-expansion", &Limits::max_entity_expansion},
    {"max-output-ratio", &Limits::max_output_ratio},
    {"max-prefixes", &Limits::max_prefixes},
    {"max-join-rows", &Limits::max_join_rows},
    {"max-path-length", &Limits::max_path_length},
    {"max-canon-steps", &Limits::max_canon_steps},
    {"max-expression-depth", &Limits::max_expression_depth},
    {"max-link-pairs", &Limits::max_link_pairs},
    {"max-shape-depth", &Limits::max_shape_depth},
    {"max-path-visits", &Limits::max_path_visits},
    {"max-inferred", &Limits::max_inferred},
    {"max-diagnostics", &Limits::max_diagnostics},
};
static_assert(std::size(kLimitNames) * sizeof(std::size_t) == sizeof(Limits),
              "each limit has a name; cli/project.schema.json lists them too");

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
