// `changeDetection`: a mapping that becomes one for what is new, one for what changed and one for
// what is gone, told apart by a function around the subject. Part of the YARRRML loader.
#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/yarrrml_reader.hpp"

namespace dossier {
namespace {

constexpr std::string_view kIdlab = "https://w3id.org/imec/idlab/function#";
constexpr std::string_view kDetectionKeys[] = {"create", "update", "delete"};
constexpr std::string_view kChangeKeys[] = {"explicit", "mappingAdd", "watchedProperties"};
constexpr std::string_view kAddedKeys[] = {
    "sources", "source", "g", "graph", "graphs", "predicateobjects", "predicateobject", "po"};

FunctionInput idlab_input(std::string_view parameter, TermMap value, const Place& place) {
  FunctionInput out;
  out.parameter = std::string(kIdlab).append(parameter);
  out.value = std::move(value);
  out.place = place;
  return out;
}

}  // namespace

// "A={A}&B={B}" of [$(A), $(B)].
TermMap YarrrmlReader::watched_properties(const YamlNode& node) {
  Template watched;
  for (const YamlNode* item : items(node)) {
    const Expression one = expression(*item, text(*item, "watchedProperties"), false);
    const auto* reference = std::get_if<Reference>(&one.value);
    if (reference == nullptr) {
      report(code::mapping_bad_value, *item, "a watched property is one reference",
             "write $(column)");
      continue;
    }
    const std::string before = (watched.parts.empty() ? "" : "&") + reference->text + "=";
    watched.text += before + "{" + reference->text + "}";
    watched.parts.push_back({before, false, 0});
    watched.parts.push_back({reference->text, true, 0});
  }
  TermMap out;
  out.type = TermType::literal;
  out.place = node.place();
  out.expression.place = node.place();
  out.expression.value = std::move(watched);
  return out;
}

YarrrmlReader::MappingParts YarrrmlReader::changed(const MappingParts& parts, std::string_view kind,
                                                   const YamlNode& node) {
  MappingParts out = parts;
  const YamlNode* explicit_node = find(node, {"explicit"});
  const bool is_explicit =
      explicit_node != nullptr && to_lower_ascii(text(*explicit_node, "explicit")) == "true";
  if (kind == "delete") out.map.predicate_objects.clear();
  if (const YamlNode* added = find(node, {"mappingAdd"});
      added != nullptr && want_map(*added, "`mappingAdd`")) {
    check_keys(*added, kAddedKeys, "mappingAdd");
    read_parts(*added, out);
  }
  for (TermMap& subject : out.subjects) {
    auto call = std::make_shared<FunctionCall>();
    call->place = node.place();
    std::string name(kind);
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
    call->function = fmt::format("{}{}{}", kIdlab, is_explicit ? "explicit" : "implicit", name);
    TermMap iri = subject;
    iri.expression.targets.clear();
    iri.condition = nullptr;
    call->inputs.push_back(idlab_input("iri", std::move(iri), node.place()));
    if (const YamlNode* watched = find(node, {"watchedProperties"})) {
      call->inputs.push_back(
          idlab_input("watchedProperty", watched_properties(*watched), watched->place()));
    }
    subject.expression.value = Function(std::move(call));
    subject.type = TermType::iri;
  }
  return out;
}

void YarrrmlReader::add_changes(const std::string& name, const MappingParts& parts,
                                const YamlNode& node) {
  if (!want_map(node, "`changeDetection`")) return;
  check_keys(node, kDetectionKeys, "changeDetection");
  for (const std::string_view kind : kDetectionKeys) {
    const YamlNode* change = find(node, {kind});
    if (change == nullptr || !want_map(*change, kind)) continue;
    check_keys(*change, kChangeKeys, kind);
    add_triples_maps(fmt::format("{}-{}", name, kind), changed(parts, kind, *change));
  }
}

}  // namespace dossier
