// Subjects, predicates, objects and graphs. Part of the YARRRML loader.
#include <algorithm>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/yarrrml_reader.hpp"

namespace dossier {
namespace {

constexpr std::string_view kTermKeys[] = {
    "value",  "type",      "datatype",          "language",   "targets",
    "target", "condition", "function",          "parameters", "pms",
    "graphs", "quoted",    "quotedNonAsserted", "conditions"};

struct NamedTermType {
  std::string_view name;
  TermType type;
};
constexpr NamedTermType kNamedTermTypes[] = {
    {"iri", TermType::iri},
    {"uri", TermType::uri},
    {"unsafeiri", TermType::unsafe_iri},
    {"unsafeuri", TermType::unsafe_uri},
    {"literal", TermType::literal},
    {"blank", TermType::blank_node},
    {"blanknode", TermType::blank_node},
};

const NamedTermType* find_type(std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  const auto found = std::ranges::find(kNamedTermTypes, lower, &NamedTermType::name);
  return found == std::end(kNamedTermTypes) ? nullptr : &*found;
}

}  // namespace

std::vector<TermMap> YarrrmlReader::terms(const YamlNode& node, Role role) {
  std::vector<TermMap> out;
  for (const YamlNode* item : items(node)) {
    if (auto one = term(*item, role)) out.push_back(std::move(*one));
  }
  return out;
}

std::optional<TermMap> YarrrmlReader::term(const YamlNode& node, Role role) {
  if (node.is_mapping()) return map_term(node, role);
  if (node.is_scalar()) return text_term(node, node.text(), role);
  report(code::mapping_bad_value, node, "a value is wanted here, not a list",
         "write a text such as ex:$(id), or a map with the key `value`");
  return std::nullopt;
}

TermMap YarrrmlReader::text_term(const YamlNode& node, std::string_view text, Role role) {
  TermMap out;
  out.place = node.place();
  if (role == Role::predicate && text == "a") {
    out.expression.place = out.place;
    out.expression.value = ConstantTerm{TermKind::iri, std::string(rdf::kType), "", ""};
    return out;
  }
  const Tagged tagged = split_tag(text);
  const bool plain = role == Role::object || role == Role::parameter;
  read_tag(node, tagged.tag, role, out);
  const bool iri =
      out.type ? *out.type != TermType::literal && *out.type != TermType::blank_node : !plain;
  out.expression = expression(node, tagged.text, iri);
  if (!out.type) out.type = plain ? TermType::literal : TermType::iri;
  return out;
}

void YarrrmlReader::read_tag(const YamlNode& node, std::string_view tag, Role role, TermMap& out) {
  if (tag.empty()) return;
  if (const NamedTermType* type = find_type(tag)) {
    out.type = type->type;
    return;
  }
  std::vector<std::string_view> names;
  for (const NamedTermType& each : kNamedTermTypes) names.push_back(each.name);
  const auto close = nearest_name(tag, std::span<const std::string_view>(names));
  const bool is_language = tag == "lang" && role == Role::object;
  report(code::mapping_bad_value, node, fmt::format("~{} is no kind of term", printable(tag)),
         is_language ? "a language stands in third place: [predicate, object, en~lang]"
         : close     ? fmt::format("did you mean ~{}?", *close)
                     : "~iri, ~uri, ~literal and ~blank are; a '~' that belongs to the text is "
                       "written \\~");
}

TermMap YarrrmlReader::map_term(const YamlNode& node, Role role) {
  if (const YamlNode* name = find(node, {"quoted", "quotedNonAsserted"})) {
    return quoted_term(node, *name);
  }
  const bool is_function = find(node, {"function"}) != nullptr;
  if (!is_function) check_keys(node, kTermKeys, "term");
  TermMap out;
  const YamlNode* value = find(node, {"value"});
  if (is_function) {
    out.place = node.place();
    out.expression.place = node.place();
    out.expression.value = function(node);
    if (role != Role::object && role != Role::parameter) out.type = TermType::iri;
    if (role == Role::object) out.type = TermType::literal;
  } else if (value != nullptr) {
    out = text_term(*value, text(*value, "value"), role);
    out.place = node.place();
  } else {
    out.place = node.place();
    out.expression.place = node.place();
  }
  if (const YamlNode* type = find(node, {"type"})) read_type(*type, out);
  if (const YamlNode* third = find(node, {"datatype"})) {
    out.datatype = datatype(*third, text(*third, "datatype"));
    out.type = TermType::literal;
  }
  if (const YamlNode* third = find(node, {"language"})) {
    const YamlNode* tag = third->is_mapping() ? find(*third, {"value"}) : third;
    if (tag != nullptr) out.language = language(*tag, text(*tag, "language"));
    if (third->is_mapping()) {
      static constexpr std::string_view kKeys[] = {"value", "targets", "target"};
      check_keys(*third, kKeys, "language");
      const YamlNode* targets = find(*third, {"targets", "target"});
      if (targets != nullptr && out.language) read_targets(*targets, out.language->targets);
    }
    out.type = TermType::literal;
  }
  if (const YamlNode* targets = find(node, {"targets", "target"})) {
    read_targets(*targets, out.expression.targets);
  }
  out.condition = condition(node);
  if (out.expression.empty() && out.type != TermType::blank_node) {
    report(code::mapping_expression, node, "this term has no value",
           "give it the key `value`, or `type: blank` for a blank node");
  }
  return out;
}

// {quoted: mapping}: the statements of that mapping as terms; with a condition, those of its
// records that the condition finds.
TermMap YarrrmlReader::quoted_term(const YamlNode& node, const YamlNode& name) {
  static constexpr std::string_view kKeys[] = {"quoted", "quotedNonAsserted", "condition",
                                               "conditions"};
  check_keys(node, kKeys, "quoted mapping");
  TermMap out;
  out.place = node.place();
  auto quoted = std::make_shared<QuotedMap>();
  quoted->place = name.place();
  quoted->triples_map = text(name, "quoted");
  if (node.find("quotedNonAsserted") != nullptr) not_asserted_.insert(quoted->triples_map);
  if (const YamlNode* conditions = find(node, {"condition", "conditions"})) {
    RefObjectMap object;
    for (const YamlNode* item : items(*conditions)) read_join_condition(*item, object);
    quoted->joins = std::move(object.joins);
    if (object.condition) {
      report(code::mapping_unsupported, *conditions,
             "quoted mappings are joined on equal values only", "use the function equal");
    }
  }
  out.quoted = std::move(quoted);
  return out;
}

void YarrrmlReader::read_type(const YamlNode& node, TermMap& out) {
  const std::string name = text(node, "type");
  const NamedTermType* type = find_type(name);
  if (type == nullptr) {
    read_tag(node, name, Role::subject, out);
    return;
  }
  const bool was_iri = out.type && *out.type != TermType::literal;
  out.type = type->type;
  // Constants were taken for the kind that the place wants; say again what they are.
  auto* constant = std::get_if<ConstantTerm>(&out.expression.value);
  if (constant == nullptr) return;
  const bool is_iri = type->type != TermType::literal && type->type != TermType::blank_node;
  if (is_iri == was_iri && is_iri) return;
  constant->kind = is_iri ? TermKind::iri : TermKind::literal;
  constant->datatype = is_iri ? "" : std::string(xsd::kString);
}

Expression YarrrmlReader::language(const YamlNode& node, std::string_view text) {
  return expression(node, text, false);
}

Expression YarrrmlReader::datatype(const YamlNode& node, std::string_view text) {
  const std::string name = split_tag(text).text;
  if (name.find("$(") == std::string::npos) {
    Expression out;
    out.place = node.place();
    out.value = ConstantTerm{TermKind::iri, expand_name(node, name), "", ""};
    return out;
  }
  return expression(node, name, true);
}

// The third of [predicate, object, third]: "en~lang" is a language, all else a datatype.
void YarrrmlReader::read_third(const YamlNode& node, TermMap& out) {
  const std::string whole = text(node, "datatype or language");
  const Tagged tagged = split_tag(whole);
  out.type = TermType::literal;
  if (tagged.tag == "lang") {
    out.language = language(node, tagged.text);
  } else {
    out.datatype = datatype(node, whole);
  }
}

void YarrrmlReader::read_targets(const YamlNode& node, std::vector<std::string>& out) {
  for (const YamlNode* item : items(node)) {
    if (item->is_scalar()) {
      const std::string name(item->text());
      const auto known = target_names_.find(name);
      out.push_back(known == target_names_.end() ? name : known->second);
      if (known != target_names_.end()) continue;
      std::vector<std::string> names;
      for (const auto& [key, target] : target_names_) names.push_back(key);
      const auto close = nearest_name(name, std::span<const std::string>(names));
      report(code::mapping_unknown_reference, *item,
             fmt::format("there is no target \"{}\"", printable(name)),
             close ? fmt::format("did you mean \"{}\"?", *close) : "define it under `targets`");
      continue;
    }
    LogicalTarget inline_target = target(*item);
    inline_target.name = inline_target.path;
    out.push_back(inline_target.name);
    model_.targets.push_back(std::move(inline_target));
  }
}

}  // namespace dossier
