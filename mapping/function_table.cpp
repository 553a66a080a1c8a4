#include "mapping/function_table.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"

namespace dossier {
namespace {

constexpr std::string_view kFunctionNamespaces[] = {
    "http://users.ugent.be/~bjdmeest/function/grel.ttl#",
    "https://w3id.org/imec/idlab/function#",
    "http://example.com/idlab/function/",
    "https://w3id.org/dossier/function#",
};

struct Refused {
  std::string_view name;
  std::string_view reason;
};
constexpr std::string_view kClock =
    "the same input must give the same output: give the date as an external value, $(_date)";
constexpr std::string_view kChance =
    "the same input must give the same output: make a key of the record's own values";
constexpr std::string_view kState =
    "a mapping keeps no state between runs: compare two outputs with `dossier diff`";
constexpr Refused kRefused[] = {
    {"date_now", kClock},
    {"random", kChance},
    {"math_randomNumber", kChance},
    {"dbpediaSpotlight", "a mapping asks no service on the network"},
    {"readFile", "a function reads no files: name the file as a source"},
    {"lookup", "a function reads no files: name the table as a source and join it"},
    {"lookupWithDelimiter", "a function reads no files: name the table as a source and join it"},
    {"generateUniqueIRI", kState},
    {"implicitCreate", kState},
    {"implicitUpdate", kState},
    {"implicitDelete", kState},
    {"explicitCreate", kState},
    {"explicitUpdate", kState},
    {"explicitDelete", kState},
};

// The names of the one output that each function has, by what it gives.
std::string_view output_names(FunctionType type) {
  switch (type) {
    case FunctionType::integer:
    case FunctionType::number:
      return "o_number output_number o_decimal output_decimal o_any output_any stringOut "
             "stringOutput _stringOut";
    case FunctionType::boolean:
      return "o_bool output_bool _boolOut o_boolOut boolOut o_any output_any";
    case FunctionType::date:
      return "o_date output_date o_datetime output_datetime stringOut stringOutput _stringOut";
    case FunctionType::list:
      return "o_array output_array _listOut listOut stringOut stringOutput _stringOut o_any "
             "output_any";
    case FunctionType::text:
    case FunctionType::any:
    case FunctionType::pattern:
    case FunctionType::date_pattern:
      break;
  }
  return "stringOut stringOutput _stringOut o_any output_any";
}

bool is_one_of(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    if (names.substr(0, end) == name) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

}  // namespace

std::span<const FunctionGroup> function_groups() {
  static const std::array<FunctionGroup, 6> kGroups = {{
      {"Texts", text_functions()},
      {"Lists", list_functions()},
      {"Numbers", number_functions()},
      {"Dates", date_functions()},
      {"Choices and comparisons", choice_functions()},
      {"Codes, names and checksums", code_functions()},
  }};
  return kGroups;
}

std::optional<std::string_view> function_local_name(std::string_view iri) {
  for (const std::string_view space : kFunctionNamespaces) {
    if (iri.starts_with(space)) return iri.substr(space.size());
  }
  return std::nullopt;
}

const BuiltinFunction* find_function(std::string_view iri) {
  const auto name = function_local_name(iri);
  if (!name) return nullptr;
  for (const FunctionGroup& group : function_groups()) {
    const auto found = std::ranges::find_if(
        group.functions, [&](const BuiltinFunction& each) { return is_one_of(each.name, *name); });
    if (found != group.functions.end()) return &*found;
  }
  return nullptr;
}

std::string nearest_function(std::string_view iri) {
  const auto local = function_local_name(iri);
  const std::string_view name = local ? *local : iri.substr(iri.find_last_of("#/:") + 1);
  std::vector<std::string_view> names;
  std::vector<const BuiltinFunction*> owners;
  for (const FunctionGroup& group : function_groups()) {
    for (const BuiltinFunction& each : group.functions) {
      names.push_back(each.name.substr(0, each.name.find(' ')));
      owners.push_back(&each);
      // "trim" stands for "string_trim".
      const std::size_t bar = names.back().find('_');
      if (bar == std::string_view::npos) continue;
      names.push_back(names.back().substr(bar + 1));
      owners.push_back(&each);
    }
  }
  const auto close = nearest_name(name, std::span<const std::string_view>(names));
  if (!close) return {};
  const auto at = static_cast<std::size_t>(std::ranges::find(names, *close) - names.begin());
  const BuiltinFunction& owner = *owners[at];
  return fmt::format("{}:{}", owner.space, owner.name.substr(0, owner.name.find(' ')));
}

std::string_view refused_function(std::string_view iri) {
  const auto name = function_local_name(iri);
  if (!name) return {};
  const auto* found = std::ranges::find(kRefused, *name, &Refused::name);
  return found == std::end(kRefused) ? std::string_view{} : found->reason;
}

std::optional<std::size_t> find_parameter(const BuiltinFunction& function, std::string_view iri) {
  const auto name = function_local_name(iri);
  if (!name) return std::nullopt;
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    if (is_one_of(function.parameters[i].names, *name)) return i;
  }
  return std::nullopt;
}

bool is_output(const BuiltinFunction& function, std::string_view iri) {
  const auto name = function_local_name(iri);
  return name && is_one_of(output_names(function.result), *name);
}

std::string_view first_name(const FunctionParameter& parameter) {
  return parameter.names.substr(0, parameter.names.find(' '));
}

std::string parameter_list(const BuiltinFunction& function) {
  std::string out;
  for (const FunctionParameter& each : function.parameters) {
    if (!out.empty()) out += ", ";
    out += first_name(each);
    if (each.repeated) out += "...";
  }
  return out;
}

}  // namespace dossier
