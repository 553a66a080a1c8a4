#include "sources/schema_reader.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/codes/schemas.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {

void SchemaReader::report(DiagnosticCode code, YamlNode at, std::string message, std::string hint) {
  Diagnostic diagnostic = make_diagnostic(code, at.place(), std::move(message), std::move(hint));
  if (diagnostic.severity == Severity::error && errors_++ == 0) first_error_ = diagnostic;
  diagnostics_.report(std::move(diagnostic));
}

void SchemaReader::unwanted(YamlNode at, std::string_view wanted) {
  std::string found = "nothing";
  if (at.is_mapping()) found = "a mapping of keys";
  if (at.is_sequence()) found = "a list";
  if (at.is_scalar()) found = fmt::format("\"{}\"", printable(at.text(), kShownBytes));
  report(code::schema_bad_value, at, fmt::format("found {}, wanted {}", found, wanted));
}

void SchemaReader::unsupported(YamlNode at, std::string message, std::string hint) {
  report(code::schema_unsupported, at, std::move(message), std::move(hint));
}

void SchemaReader::aside(YamlNode at, std::string message) {
  Diagnostic diagnostic = make_diagnostic(code::schema_unsupported, at.place(), std::move(message));
  diagnostic.severity = Severity::info;
  diagnostics_.report(std::move(diagnostic));
}

void SchemaReader::unknown_name(YamlNode at, std::string_view what, std::string_view name,
                                std::span<const std::string_view> known) {
  const auto near = nearest_name(name, known);
  report(code::schema_unknown_name, at,
         fmt::format("there is no {} \"{}\"", what, printable(name, kShownBytes)),
         near ? fmt::format("did you mean {}?", *near) : "is an import missing?");
}

void SchemaReader::check_keys(YamlNode map, std::string_view what,
                              std::span<const SchemaKey> keys) {
  if (map.is_null()) return;
  if (!map.is_mapping()) return unwanted(map, fmt::format("the keys of {}", what));
  for (const auto& [key, value] : map.entries()) {
    const auto found = std::ranges::find(keys, key.text(), &SchemaKey::name);
    if (found == keys.end()) {
      std::vector<std::string_view> names;
      for (const SchemaKey& each : keys) names.push_back(each.name);
      const auto near = nearest_name(key.text(), names);
      report(code::schema_unknown_key, key,
             fmt::format("{} has no key \"{}\"", what, printable(key.text(), kShownBytes)),
             near ? fmt::format("did you mean {}?", *near) : std::string());
    } else if (found->use == KeyUse::unsupported) {
      unsupported(key, fmt::format("{} of {} is left out", key.text(), what));
    }
  }
}

Expected<void> SchemaReader::outcome() const {
  if (errors_ == 0) return {};
  Error error = first_error_;
  if (errors_ > 1) error.message += fmt::format(" (1 of {} errors in the schema)", errors_);
  return std::unexpected(std::move(error));
}

std::string SchemaReader::text(YamlNode node, std::string_view wanted) {
  if (node.is_scalar() && !node.text().empty()) return std::string(node.text());
  unwanted(node, wanted);
  return {};
}

bool SchemaReader::truth(YamlNode node) {
  if (node.type() == YamlType::boolean) return to_lower_ascii(node.text()) == "true";
  unwanted(node, "true or false");
  return false;
}

std::optional<std::uint64_t> SchemaReader::count(YamlNode node) {
  std::uint64_t value = 0;
  const std::string_view digits = node.text();
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (node.type() == YamlType::integer && error == std::errc() &&
      end == digits.data() + digits.size()) {
    return value;
  }
  unwanted(node, "a whole number from 0 upwards");
  return std::nullopt;
}

std::vector<YamlNode> SchemaReader::items(YamlNode node) {
  if (node.is_null()) return {};
  if (!node.is_sequence()) return {node};
  return {node.items().begin(), node.items().end()};
}

std::string SchemaReader::text_of(YamlNode map, std::string_view key) {
  const YamlNode* const node = map.find(key);
  return node == nullptr || node->is_null() ? std::string() : text(*node, "a text");
}

bool SchemaReader::flag_of(YamlNode map, std::string_view key) {
  const YamlNode* const node = map.find(key);
  return node != nullptr && !node->is_null() && truth(*node);
}

std::string SchemaReader::label(std::string_view kind, YamlNode owner,
                                std::initializer_list<std::string_view> parts) {
  const std::filesystem::path file = owner.place().file;
  std::string out = fmt::format("{}_{}", kind, blank_label(file.stem().string()));
  for (const std::string_view part : parts) out.append("_").append(blank_label(part));
  return out;
}

StatementWriter& SchemaReader::from(YamlNode at) {
  const Place place = at.place();
  if (place.known() && place.file != file_) {
    file_ = place.file;
    host_.enter(file_);
  }
  writer_.at(at.offset());
  return writer_;
}

void SchemaReader::say_text(const OwnedTerm& subject, std::string_view predicate, YamlNode map,
                            std::string_view key) {
  const std::string words = text_of(map, key);
  if (!words.empty()) from(*map.find(key)).say(subject, predicate, OwnedTerm::literal(words));
}

std::string rdfs_term(std::string_view local) {
  return std::string(rdfs::kNamespace).append(local);
}
std::string owl_term(std::string_view local) {
  return std::string(owl::kNamespace).append(local);
}
std::string xsd_term(std::string_view local) {
  return std::string(xsd::kNamespace).append(local);
}
std::string sh_term(std::string_view local) {
  return std::string("http://www.w3.org/ns/shacl#").append(local);
}
std::string skos_term(std::string_view local) {
  return std::string("http://www.w3.org/2004/02/skos/core#").append(local);
}
std::string dm_term(std::string_view local) {
  return std::string("https://w3id.org/dossier/meta#").append(local);
}

}  // namespace dossier
