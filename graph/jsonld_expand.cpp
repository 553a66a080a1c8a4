#include "graph/jsonld_expand.hpp"

#include <algorithm>

#include "graph/iri.hpp"
#include "graph/jsonld_values.hpp"

namespace dossier {
namespace {

std::vector<const std::pair<std::string, Json>*> sorted_members(const Json& object) {
  std::vector<const std::pair<std::string, Json>*> out;
  for (const auto& member : object.members) out.push_back(&member);
  std::ranges::sort(out, {}, [](const auto* member) { return std::string_view(member->first); });
  return out;
}

}  // namespace

struct JsonLdExpander::Node {
  ContextPtr active;
  ContextPtr type_scoped;
  const std::string* property;
  std::string input_type;
  Json result;
  std::vector<std::string> nests;
};

JsonLd<Json> JsonLdExpander::expand_document(const Json& document, const std::string& base,
                                             const Json* expand_context) const {
  ContextPtr active = contexts_.initial(base);
  if (expand_context != nullptr) {
    const Json* inner = expand_context->is_object() ? expand_context->find("@context") : nullptr;
    JsonLd<ContextPtr> processed =
        contexts_.process(active, inner != nullptr ? *inner : *expand_context, base, {});
    if (!processed) return std::unexpected(processed.error());
    active = *processed;
  }
  JsonLd<Json> expanded = expand(active, nullptr, document, false);
  if (!expanded) return expanded;
  if (expanded->is_object() && expanded->members.size() == 1 && expanded->has("@graph")) {
    return as_array(std::move(*expanded->find("@graph")));
  }
  if (expanded->is_null()) return Json::make_array();
  return as_array(std::move(*expanded));
}

// 5.1.2. A null property is that of the top level.
JsonLd<Json> JsonLdExpander::expand(const ContextPtr& active, const std::string* property,
                                    const Json& element, bool from_map) const {
  if (element.is_null()) return Json();  // 1
  const TermDefinition* definition = property != nullptr ? active->find(*property) : nullptr;
  if (element.is_scalar()) {  // 4
    if (property == nullptr || *property == "@graph") return Json();
    if (definition != nullptr && definition->context) {
      const auto scoped =
          contexts_.process(active, *definition->context, definition->context_base, {});
      if (!scoped) return std::unexpected(scoped.error());
      return expand_value(**scoped, *property, element);
    }
    return expand_value(*active, *property, element);
  }
  if (element.is_array()) {  // 5
    Json result = Json::make_array();
    result.offset = element.offset;
    for (const Json& item : element.items) {
      JsonLd<Json> expanded = expand(active, property, item, from_map);
      if (!expanded) return expanded;
      if (definition != nullptr && definition->contains("@list") && expanded->is_array()) {
        *expanded = wrap("@list", std::move(*expanded));
      }
      if (!expanded->is_null()) append_all(result, std::move(*expanded));
    }
    return result;
  }
  JsonLd<ContextPtr> scoped = scope(active, property, element, from_map);  // 6 to 9
  if (!scoped) return std::unexpected(scoped.error());
  return expand_object(std::move(*scoped), property, element, from_map);
}

// 7 to 9: the context of an object, before its types have their say.
JsonLd<ContextPtr> JsonLdExpander::scope(const ContextPtr& outer, const std::string* property,
                                         const Json& element, bool from_map) const {
  ContextPtr active = outer;
  const TermDefinition* definition = property != nullptr ? outer->find(*property) : nullptr;
  if (active->previous && !from_map) {  // 7
    bool keep = false;
    for (const auto& [key, value] : element.members) {
      const auto iri = contexts_.expand_iri(*active, key, false, true);
      if (iri == "@value" || (iri == "@id" && element.members.size() == 1)) keep = true;
    }
    if (!keep) active = active->previous;
  }
  if (definition != nullptr && definition->context) {  // 8
    ContextProcessor::Options options;
    options.override_protected = true;
    auto processed =
        contexts_.process(active, *definition->context, definition->context_base, options);
    if (!processed) return processed;
    active = *processed;
  }
  if (const Json* context = element.find("@context")) {  // 9
    auto processed = contexts_.process(active, *context, active->original_base, {});
    if (!processed) return processed;
    active = *processed;
  }
  return active;
}

JsonLd<Json> JsonLdExpander::expand_object(ContextPtr active, const std::string* property,
                                           const Json& element, bool) const {
  Node node{active, active, property, {}, Json::make_object(element.offset), {}};  // 10
  bool first_type = true;
  for (const auto* member : sorted_members(element)) {  // 11
    if (contexts_.expand_iri(*active, member->first, false, true) != "@type") continue;
    const Json types = as_array(member->second);
    std::vector<std::string> names;
    for (const Json& type : types.items) {
      if (type.is_string()) names.push_back(type.text);
    }
    if (first_type && !names.empty()) {  // 12
      node.input_type = contexts_.expand_iri(*active, names.back(), false, true).value_or("");
      first_type = false;
    }
    std::ranges::sort(names);
    for (const std::string& name : names) {
      const TermDefinition* definition = node.type_scoped->find(name);
      if (definition == nullptr || !definition->context) continue;
      ContextProcessor::Options options;
      options.propagate = false;
      auto processed =
          contexts_.process(node.active, *definition->context, definition->context_base, options);
      if (!processed) return std::unexpected(processed.error());
      node.active = *processed;
    }
  }
  if (auto done = expand_keys(node, element); !done)
    return std::unexpected(done.error());  // 13, 14
  return finish(std::move(node.result), property);
}

// 13 and 14
JsonLd<void> JsonLdExpander::expand_keys(Node& node, const Json& element) const {
  std::vector<std::string> outer_nests;
  std::swap(outer_nests, node.nests);
  for (const auto* member : sorted_members(element)) {
    const auto& [key, value] = *member;
    if (key == "@context") continue;
    const auto iri = contexts_.expand_iri(*node.active, key, false, true);
    if (!iri || (iri->find(':') == std::string::npos && !is_jsonld_keyword(*iri))) continue;
    auto done = is_jsonld_keyword(*iri) ? expand_keyword(node, key, *iri, value)
                                        : expand_property(node, key, *iri, value);
    if (!done) return done;
  }
  const std::vector<std::string> nests = std::move(node.nests);
  for (const std::string& key : nests) {  // 14
    const ContextPtr outside = node.active;
    if (const TermDefinition* definition = node.active->find(key);
        definition != nullptr && definition->context) {
      ContextProcessor::Options options;
      options.override_protected = true;
      auto processed =
          contexts_.process(node.active, *definition->context, definition->context_base, options);
      if (!processed) return std::unexpected(processed.error());
      node.active = *processed;
    }
    for (const Json& nested : as_array(*element.find(key)).items) {
      const bool holds_value =
          nested.is_object() && std::ranges::any_of(nested.members, [&](const auto& member) {
            return contexts_.expand_iri(*node.active, member.first, false, true) == "@value";
          });
      if (!nested.is_object() || holds_value)
        return jsonld_fail("invalid @nest value", key, nested.offset);
      if (auto done = expand_keys(node, nested); !done) return done;
    }
    node.active = outside;
  }
  node.nests = std::move(outer_nests);
  return {};
}

// 13.4
JsonLd<void> JsonLdExpander::expand_keyword(Node& node, const std::string& key,
                                            const std::string& keyword, const Json& value) const {
  Json& result = node.result;
  if (node.property != nullptr && *node.property == "@reverse") {
    return jsonld_fail("invalid reverse property map", key, value.offset);
  }
  const bool may_repeat = keyword == "@included" || keyword == "@type";
  if (result.has(keyword) && (!may_repeat || contexts_.mode_1_0())) {
    return jsonld_fail("colliding keywords", keyword, value.offset);
  }
  const ActiveContext& active = *node.active;
  if (keyword == "@id") {
    if (!value.is_string()) return jsonld_fail("invalid @id value", "", value.offset);
    const auto iri = contexts_.expand_iri(active, value.text, true, false);
    Json& at = result["@id"];
    at = iri ? Json::make_string(*iri, value.offset) : Json();
  } else if (keyword == "@type") {
    Json types = Json::make_array();
    for (const Json& each : as_array(value).items) {
      if (!each.is_string()) return jsonld_fail("invalid type value", "", value.offset);
      const auto iri = contexts_.expand_iri(*node.type_scoped, each.text, true, true);
      if (iri) types.items.push_back(Json::make_string(*iri, each.offset));
    }
    const bool single = !value.is_array() && types.items.size() == 1 && !result.has("@type");
    if (single) {
      result["@type"] = std::move(types.items[0]);
    } else {
      add_values(result, "@type", std::move(types));
    }
  } else if (keyword == "@graph") {
    const std::string graph = "@graph";
    JsonLd<Json> expanded = expand(node.active, &graph, value, false);
    if (!expanded) return std::unexpected(expanded.error());
    if (!expanded->is_null())
      result["@graph"] = as_array(std::move(*expanded));
    else
      result["@graph"] = Json::make_array();
  } else if (keyword == "@included") {
    if (contexts_.mode_1_0()) return {};
    JsonLd<Json> expanded = expand(node.active, nullptr, value, false);
    if (!expanded) return std::unexpected(expanded.error());
    *expanded = expanded->is_null() ? Json::make_array() : as_array(std::move(*expanded));
    for (const Json& each : expanded->items) {
      if (!each.is_object() || each.has("@value") || each.has("@list") || each.has("@set")) {
        return jsonld_fail("invalid @included value", "", value.offset);
      }
    }
    if (expanded->items.empty()) return jsonld_fail("invalid @included value", "", value.offset);
    add_values(result, "@included", std::move(*expanded));
  } else if (keyword == "@value") {
    if (node.input_type == "@json" && !contexts_.mode_1_0()) {
      result["@value"] = value;
    } else if (value.is_scalar() || value.is_null()) {
      result["@value"] = value;
    } else {
      return jsonld_fail("invalid value object value", "", value.offset);
    }
  } else if (keyword == "@language") {
    if (!value.is_string()) return jsonld_fail("invalid language-tagged string", "", value.offset);
    result["@language"] = value;
  } else if (keyword == "@direction") {
    if (contexts_.mode_1_0()) return {};
    if (!value.is("ltr") && !value.is("rtl"))
      return jsonld_fail("invalid base direction", value.text, value.offset);
    result["@direction"] = value;
  } else if (keyword == "@index") {
    if (!value.is_string()) return jsonld_fail("invalid @index value", "", value.offset);
    result["@index"] = value;
  } else if (keyword == "@list") {
    if (node.property == nullptr || *node.property == "@graph") return {};
    JsonLd<Json> expanded = expand(node.active, node.property, value, false);
    if (!expanded) return std::unexpected(expanded.error());
    result["@list"] = expanded->is_null() ? Json::make_array() : as_array(std::move(*expanded));
  } else if (keyword == "@set") {
    JsonLd<Json> expanded = expand(node.active, node.property, value, false);
    if (!expanded) return std::unexpected(expanded.error());
    result["@set"] = std::move(*expanded);
  } else if (keyword == "@reverse") {
    return expand_reverse(node, value);
  } else if (keyword == "@nest") {
    if (std::ranges::find(node.nests, key) == node.nests.end()) node.nests.push_back(key);
  }
  return {};
}

// 13.4.13
JsonLd<void> JsonLdExpander::expand_reverse(Node& node, const Json& value) const {
  if (!value.is_object()) return jsonld_fail("invalid @reverse value", "", value.offset);
  const std::string reverse = "@reverse";
  JsonLd<Json> expanded = expand(node.active, &reverse, value, false);
  if (!expanded) return std::unexpected(expanded.error());
  if (!expanded->is_object()) return {};
  if (Json* double_reverse = expanded->find("@reverse")) {
    for (auto& [property, items] : double_reverse->members)
      add_values(node.result, property, std::move(items));
  }
  for (auto& [property, items] : expanded->members) {
    if (property == "@reverse") continue;
    for (const Json& item : as_array(items).items) {
      if (is_value_object(item) || is_list_object(item)) {
        return jsonld_fail("invalid reverse property value", property, item.offset);
      }
    }
    Json& map = node.result["@reverse"];
    if (map.is_null()) map = Json::make_object();
    add_values(map, property, std::move(items));
  }
  return {};
}

// 13.5 to 13.14
JsonLd<void> JsonLdExpander::expand_property(Node& node, const std::string& key,
                                             const std::string& iri, const Json& value) const {
  static const TermDefinition kNone;
  const TermDefinition* found = node.active->find(key);
  const TermDefinition& definition = found != nullptr ? *found : kNone;
  const bool map_container =
      definition.contains("@index") || definition.contains("@type") || definition.contains("@id");
  JsonLd<Json> expanded = Json();
  if (definition.type == "@json") {  // 13.6
    Json literal = Json::make_object(value.offset);
    literal["@value"] = value;
    literal["@type"] = Json::make_string("@json");
    expanded = std::move(literal);
  } else if (definition.contains("@language") && value.is_object()) {
    expanded = expand_language_map(node, definition, value);  // 13.7
  } else if (map_container && value.is_object()) {
    expanded = expand_index_map(node, definition, key, value);  // 13.8
  } else {
    expanded = expand(node.active, &key, value, false);  // 13.9
  }
  if (!expanded) return std::unexpected(expanded.error());
  if (expanded->is_null()) return {};                                // 13.10
  if (definition.contains("@list") && !is_list_object(*expanded)) {  // 13.11
    *expanded = wrap("@list", as_array(std::move(*expanded)));
  }
  if (definition.contains("@graph") && !definition.contains("@id") &&
      !definition.contains("@index")) {  // 13.12
    Json graphs = Json::make_array();
    for (Json& each : as_array(std::move(*expanded)).items) {
      graphs.items.push_back(wrap("@graph", as_array(std::move(each))));
    }
    *expanded = std::move(graphs);
  }
  if (!definition.reverse) {  // 13.14
    add_values(node.result, iri, std::move(*expanded));
    return {};
  }
  for (const Json& item : as_array(*expanded).items) {  // 13.13
    if (is_value_object(item) || is_list_object(item)) {
      return jsonld_fail("invalid reverse property value", key, value.offset);
    }
  }
  Json& map = node.result["@reverse"];
  if (map.is_null()) map = Json::make_object();
  add_values(map, iri, std::move(*expanded));
  return {};
}

// 13.7
JsonLd<Json> JsonLdExpander::expand_language_map(const Node& node, const TermDefinition& definition,
                                                 const Json& value) const {
  Json result = Json::make_array();
  const std::optional<std::string>& direction =
      definition.direction.present ? definition.direction.value : node.active->direction;
  for (const auto* member : sorted_members(value)) {
    const auto& [language, texts] = *member;
    for (const Json& text : as_array(texts).items) {
      if (text.is_null()) continue;
      if (!text.is_string())
        return jsonld_fail("invalid language map value", language, text.offset);
      Json literal = wrap("@value", text);
      if (language != "@none" &&
          contexts_.expand_iri(*node.active, language, false, true) != "@none") {
        literal["@language"] = Json::make_string(language);
      }
      if (direction) literal["@direction"] = Json::make_string(*direction);
      result.items.push_back(std::move(literal));
    }
  }
  return result;
}

// 13.8
JsonLd<Json> JsonLdExpander::expand_index_map(const Node& node, const TermDefinition& definition,
                                              const std::string& key, const Json& value) const {
  Json result = Json::make_array();
  const std::string index_key = definition.index.empty() ? "@index" : definition.index;
  for (const auto* member : sorted_members(value)) {
    const auto& [index, values] = *member;
    ContextPtr map_context = node.active;
    if (definition.contains("@id") || definition.contains("@type")) {
      if (map_context->previous) map_context = map_context->previous;
    }
    if (definition.contains("@type")) {
      if (const TermDefinition* of_index = map_context->find(index);
          of_index != nullptr && of_index->context) {
        auto processed =
            contexts_.process(map_context, *of_index->context, of_index->context_base, {});
        if (!processed) return std::unexpected(processed.error());
        map_context = *processed;
      }
    }
    const auto expanded_index = contexts_.expand_iri(*node.active, index, false, true);
    JsonLd<Json> expanded = expand(map_context, &key, as_array(values), true);
    if (!expanded) return expanded;
    for (Json& item : as_array(std::move(*expanded)).items) {
      if (definition.contains("@graph") && !is_graph_object(item)) {
        item = wrap("@graph", as_array(std::move(item)));
      }
      if (auto done = place_in_map(node, definition, index_key, index, expanded_index, item);
          !done) {
        return std::unexpected(done.error());
      }
      result.items.push_back(std::move(item));
    }
  }
  return result;
}

// 13.8.3.7
JsonLd<void> JsonLdExpander::place_in_map(const Node& node, const TermDefinition& definition,
                                          const std::string& index_key, const std::string& index,
                                          const std::optional<std::string>& expanded_index,
                                          Json& item) const {
  if (!item.is_object() || expanded_index == "@none") return {};
  if (definition.contains("@index") && index_key != "@index") {
    const Json re_expanded =
        expand_value(*node.active, index_key, Json::make_string(index, item.offset));
    const auto property = contexts_.expand_iri(*node.active, index_key, false, true);
    prepend_value(item, property.value_or(index_key), re_expanded);
    if (is_value_object(item) && item.members.size() > 1) {
      return jsonld_fail("invalid value object", index_key, item.offset);
    }
  } else if (definition.contains("@index")) {
    if (!item.has("@index")) item["@index"] = Json::make_string(index);
  } else if (definition.contains("@id")) {
    if (!item.has("@id")) {
      const auto iri = contexts_.expand_iri(*node.active, index, true, false);
      item["@id"] = Json::make_string(iri.value_or(index));
    }
  } else if (definition.contains("@type")) {
    prepend_value(item, "@type", Json::make_string(expanded_index.value_or(index)));
  }
  return {};
}

// 15 to 20
JsonLd<Json> JsonLdExpander::finish(Json result, const std::string* property) const {
  if (result.has("@value")) {  // 15
    for (const auto& [key, value] : result.members) {
      if (key != "@direction" && key != "@index" && key != "@language" && key != "@type" &&
          key != "@value") {
        return jsonld_fail("invalid value object", key, value.offset);
      }
    }
    const Json* type = result.find("@type");
    if (type != nullptr && (result.has("@language") || result.has("@direction"))) {
      return jsonld_fail("invalid value object", "@type beside @language or @direction",
                         type->offset);
    }
    if (type != nullptr && type->is_array() && type->items.size() == 1) {
      const Json only = type->items[0];
      result["@type"] = only;
      type = result.find("@type");
    }
    const Json& value = *result.find("@value");
    const bool json = type != nullptr && type->is("@json");
    if (!json && (value.is_null() || (value.is_array() && value.items.empty()))) return Json();
    if (!json && !value.is_string() && result.has("@language")) {
      return jsonld_fail("invalid language-tagged value", "", value.offset);
    }
    if (type != nullptr && !json &&
        (!type->is_string() || !has_iri_form(type->text) ||
         find_iriref_fault(type->text) != kIriValid)) {
      return jsonld_fail("invalid typed value", type->text, type->offset);
    }
  } else if (result.has("@type")) {  // 16
    Json& type = result["@type"];
    type = as_array(std::move(type));
  } else if (result.has("@set") || result.has("@list")) {  // 17
    if (result.members.size() > 2 || (result.members.size() == 2 && !result.has("@index"))) {
      return jsonld_fail("invalid set or list object", "", result.offset);
    }
    if (const Json* set = result.find("@set")) {
      Json inner = *set;
      result = std::move(inner);
    }
  }
  if (result.is_object() && result.members.size() == 1 && result.has("@language"))
    return Json();                                                             // 18
  if ((property == nullptr || *property == "@graph") && result.is_object()) {  // 19
    if (result.members.empty() || result.has("@value") || result.has("@list")) return Json();
    if (result.members.size() == 1 && result.has("@id")) return Json();
  }
  return result;
}

// 5.3 Value Expansion
Json JsonLdExpander::expand_value(const ActiveContext& active, const std::string& property,
                                  const Json& value) const {
  const TermDefinition* definition = active.find(property);
  const std::string type = definition != nullptr ? definition->type : "";
  if (value.is_string() && (type == "@id" || type == "@vocab")) {
    const auto iri = contexts_.expand_iri(active, value.text, true, type == "@vocab");
    return wrap("@id", iri ? Json::make_string(*iri, value.offset) : Json());
  }
  Json result = wrap("@value", value);
  if (!type.empty() && type != "@id" && type != "@vocab" && type != "@none") {
    result["@type"] = Json::make_string(type);
  } else if (value.is_string()) {
    const auto& language = definition != nullptr && definition->language.present
                               ? definition->language.value
                               : active.language;
    const auto& direction = definition != nullptr && definition->direction.present
                                ? definition->direction.value
                                : active.direction;
    if (language) result["@language"] = Json::make_string(*language);
    if (direction) result["@direction"] = Json::make_string(*direction);
  }
  return result;
}

}  // namespace dossier
