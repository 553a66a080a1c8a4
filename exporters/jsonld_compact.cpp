#include "exporters/jsonld_compact.hpp"

#include <algorithm>

#include "graph/jsonld_values.hpp"

namespace dossier {
namespace {

constexpr std::size_t kKeptScopes = 256;

// How the contexts in the definitions of properties and of types are entered.
const ContextProcessor::Options kOfProperty{
    .remote = {}, .override_protected = true, .propagate = true, .validate_scoped = true};
const ContextProcessor::Options kOfType{
    .remote = {}, .override_protected = false, .propagate = false, .validate_scoped = true};

// add value of the specification.
void add_value(Json& object, std::string_view key, Json value, bool as_array) {
  const bool present = object.has(key);
  if (value.is_array()) {
    if (!present && (as_array || value.items.empty())) object[key] = Json::make_array();
    for (Json& each : value.items) add_value(object, key, std::move(each), as_array);
  } else if (!present) {
    object[key] = as_array ? dossier::as_array(std::move(value)) : std::move(value);
  } else {
    add_values(object, key, std::move(value));
  }
}

// The first of the values under `key`; the others stay there.
std::optional<std::string> take_first(Json& object, const std::string& key) {
  if (!object.is_object()) return std::nullopt;
  Json* const found = object.find(key);
  if (found == nullptr) return std::nullopt;
  const Json& front = found->is_array() && !found->items.empty() ? found->items[0] : *found;
  if (!front.is_string()) return std::nullopt;
  Json values = as_array(std::move(*found));
  std::string first = std::move(values.items[0].text);
  values.items.erase(values.items.begin());
  if (values.items.empty()) {
    object.erase(key);
  } else if (values.items.size() == 1) {
    *found = std::move(values.items[0]);
  } else {
    *found = std::move(values);
  }
  return first;
}

std::optional<std::string> text_of_member(const Json& object, std::string_view key) {
  const Json* const found = object.find(key);
  return found != nullptr && found->is_string() ? std::optional(found->text) : std::nullopt;
}

Json& map_at(Json& object, const std::string& key) {
  Json& map = object[key];
  if (!map.is_object()) map = Json::make_object();
  return map;
}

}  // namespace

struct JsonLdCompactor::Node {
  ScopePtr scope;
  ScopePtr of_types;  // by which types are said
  const std::string* property;
  bool inside_reverse = false;
  Json result = Json::make_object();
};

JsonLdCompactor::JsonLdCompactor(const ContextProcessor& contexts, const ContextPtr& active,
                                 bool arrays)
    : contexts_(contexts),
      arrays_(arrays),
      scope_(std::make_shared<JsonLdScope>(contexts, active)) {}

// A context inside of a context is entered again and again, so what it gives is kept.
JsonLd<JsonLdCompactor::ScopePtr> JsonLdCompactor::enter(
    const ScopePtr& scope, const TermDefinition& definition,
    const ContextProcessor::Options& options) const {
  const std::pair key(scope->active().get(), definition.context.get());
  if (const auto known = scopes_.find(key); known != scopes_.end()) return known->second;
  const auto active =
      contexts_.process(scope->active(), *definition.context, definition.context_base, options);
  if (!active) return std::unexpected(active.error());
  auto entered = std::make_shared<JsonLdScope>(contexts_, *active);
  if (scopes_.size() < kKeptScopes) scopes_.emplace(key, entered);
  return entered;
}

JsonLd<Json> JsonLdCompactor::compact_array(const ScopePtr& scope, const std::string* property,
                                            const Json& array) const {
  Json result = Json::make_array();
  for (const Json& each : array.items) {
    JsonLd<Json> compacted = compact(scope, property, each);
    if (!compacted) return compacted;
    if (!compacted->is_null()) result.items.push_back(std::move(*compacted));
  }
  const TermDefinition* const definition = scope->find(property);
  const bool kept =
      arrays_ || (property != nullptr && (*property == "@graph" || *property == "@set")) ||
      (definition != nullptr && (definition->contains("@list") || definition->contains("@set")));
  if (result.items.size() != 1 || kept) return result;
  Json only = std::move(result.items[0]);
  return only;
}

JsonLd<Json> JsonLdCompactor::compact(const ScopePtr& outer, const std::string* property,
                                      const Json& element) const {
  if (element.is_array()) return compact_array(outer, property, element);  // 3
  if (!element.is_object()) return element;                                // 2
  Node node{outer, outer, property};
  const bool is_reference = element.members.size() == 1 && element.has("@id");
  if (outer->active()->previous && !is_value_object(element) && !is_reference) {  // 5
    node.scope = std::make_shared<JsonLdScope>(contexts_, outer->active()->previous);
  }
  // The key was chosen by the outer scope, so that one says what context comes with it.
  if (const TermDefinition* of_property = outer->find(property);
      of_property != nullptr && of_property->context) {  // 6
    JsonLd<ScopePtr> entered = enter(node.scope, *of_property, kOfProperty);
    if (!entered) return std::unexpected(entered.error());
    node.scope = std::move(*entered);
  }
  node.of_types = node.scope;
  if (element.has("@value") || element.has("@id")) {  // 7
    JsonLd<std::optional<Json>> bare = node.scope->bare_value(property, element);
    if (!bare) return std::unexpected(bare.error());
    if (*bare) return std::move(**bare);
  }
  if (is_list_object(element)) {  // 8
    const TermDefinition* const definition = node.scope->find(property);
    if (definition != nullptr && definition->contains("@list"))
      return compact(node.scope, property, *element.find("@list"));
  }
  node.inside_reverse = property != nullptr && *property == "@reverse";
  JsonLd<ScopePtr> scope = scope_of_types(node.scope, element);  // 11
  if (!scope) return std::unexpected(scope.error());
  node.scope = std::move(*scope);
  std::vector<const std::pair<std::string, Json>*> members;
  for (const auto& each : element.members) members.push_back(&each);
  std::ranges::sort(members, {}, [](const auto* each) { return std::string_view(each->first); });
  for (const auto* each : members) {  // 12
    if (auto done = compact_member(node, each->first, each->second); !done)
      return std::unexpected(done.error());
  }
  return std::move(node.result);
}

// 11
JsonLd<JsonLdCompactor::ScopePtr> JsonLdCompactor::scope_of_types(const ScopePtr& outer,
                                                                  const Json& element) const {
  const Json* const types = element.find("@type");
  if (types == nullptr || is_value_object(element)) return outer;
  std::vector<std::string> names;
  for (const Json& each : as_array(*types).items) {
    JsonLd<std::string> name = outer->name(each.text);
    if (!name) return std::unexpected(name.error());
    names.push_back(std::move(*name));
  }
  std::ranges::sort(names);
  ScopePtr scope = outer;
  for (const std::string& name : names) {
    const TermDefinition* const definition = outer->find(&name);
    if (definition == nullptr || !definition->context) continue;
    JsonLd<ScopePtr> entered = enter(scope, *definition, kOfType);
    if (!entered) return entered;
    scope = std::move(*entered);
  }
  return scope;
}

// 12
JsonLd<void> JsonLdCompactor::compact_member(Node& node, const std::string& key,
                                             const Json& value) const {
  if (key == "@type") return compact_types(node, value);
  if (key == "@reverse") return compact_reverse(node, value);
  if (key == "@id") {
    JsonLd<std::string> id = node.scope->reference(value.text);
    if (!id) return std::unexpected(id.error());
    node.result[node.scope->keyword("@id")] = Json::make_string(*id);
    return {};
  }
  if (key == "@index") {
    const TermDefinition* const definition = node.scope->find(node.property);
    if (definition != nullptr && definition->contains("@index")) return {};
  }
  if (key == "@index" || key == "@direction" || key == "@language" || key == "@value") {
    node.result[node.scope->keyword(key)] = value;
    return {};
  }
  if (value.is_array() && value.items.empty()) {  // 12.7
    const JsonLd<std::string> name = node.scope->name(key, &value, node.inside_reverse);
    if (!name) return std::unexpected(name.error());
    const JsonLd<Json*> target = nest(node, *name);
    if (!target) return std::unexpected(target.error());
    add_value(**target, *name, Json::make_array(), true);
    return {};
  }
  for (const Json& item : as_array(value).items) {  // 12.8
    if (auto done = compact_item(node, key, item); !done) return done;
  }
  return {};
}

// 12.2
JsonLd<void> JsonLdCompactor::compact_types(Node& node, const Json& value) const {
  Json types = Json::make_array();
  for (const Json& each : as_array(value).items) {
    JsonLd<std::string> name = node.of_types->name(each.text);
    if (!name) return std::unexpected(name.error());
    types.items.push_back(Json::make_string(*name));
  }
  const std::string alias = node.scope->keyword("@type");
  const TermDefinition* const definition = node.scope->find(&alias);
  const bool is_set =
      definition != nullptr && definition->contains("@set") && !contexts_.mode_1_0();
  add_value(node.result, alias, std::move(types), (arrays_ || is_set) && !value.is_string());
  return {};
}

// 12.3
JsonLd<void> JsonLdCompactor::compact_reverse(Node& node, const Json& value) const {
  const std::string reverse = "@reverse";
  JsonLd<Json> compacted = compact(node.scope, &reverse, value);
  if (!compacted) return std::unexpected(compacted.error());
  Json rest = Json::make_object();
  for (auto& [property, items] : compacted->members) {
    const TermDefinition* const definition = node.scope->find(&property);
    if (definition == nullptr || !definition->reverse) {
      rest[property] = std::move(items);
      continue;
    }
    add_value(node.result, property, std::move(items), arrays_ || definition->contains("@set"));
  }
  if (!rest.members.empty()) node.result[node.scope->keyword("@reverse")] = std::move(rest);
  return {};
}

// Where values of the term stand: the object itself or one that @nest names.
JsonLd<Json*> JsonLdCompactor::nest(Node& node, const std::string& name) const {
  const TermDefinition* const definition = node.scope->find(&name);
  if (definition == nullptr || definition->nest.empty()) return &node.result;
  const std::string& term = definition->nest;
  if (contexts_.expand_iri(*node.scope->active(), term, false, true) != "@nest")
    return jsonld_fail("invalid @nest value", term);
  return &map_at(node.result, term);
}

// 12.8
JsonLd<void> JsonLdCompactor::compact_item(Node& node, const std::string& key,
                                           const Json& item) const {
  static const TermDefinition kNone;
  const JsonLd<std::string> found = node.scope->name(key, &item, node.inside_reverse);
  if (!found) return std::unexpected(found.error());
  const std::string& name = *found;
  const JsonLd<Json*> target = nest(node, name);
  if (!target) return std::unexpected(target.error());
  const TermDefinition* const of_name = node.scope->find(&name);
  const TermDefinition& definition = of_name != nullptr ? *of_name : kNone;
  const bool as_array =
      arrays_ || definition.contains("@set") || name == "@graph" || name == "@list";
  const bool is_list = is_list_object(item);
  const bool is_graph = is_graph_object(item);
  JsonLd<Json> compacted = compact(node.scope, &name,
                                   is_list    ? *item.find("@list")
                                   : is_graph ? *item.find("@graph")
                                              : item);
  if (!compacted) return std::unexpected(compacted.error());
  if (is_list) {  // 12.8.7
    Json list = dossier::as_array(std::move(*compacted));
    if (definition.contains("@list")) {
      (**target)[name] = std::move(list);
      return {};
    }
    *compacted = wrap(node.scope->keyword("@list"), std::move(list));
    if (const Json* index = item.find("@index"))
      (*compacted)[node.scope->keyword("@index")] = *index;
  }
  if (is_graph) {  // 12.8.8
    const JsonLd<bool> done =
        place_graph(node, definition, item, **target, name, std::move(*compacted));
    return done ? JsonLd<void>() : std::unexpected(done.error());
  }
  const bool in_map = definition.contains("@language") || definition.contains("@index") ||
                      definition.contains("@id") || definition.contains("@type");
  if (in_map && !definition.contains("@graph"))  // 12.8.9
    return place_in_map(node, definition, item, **target, name, std::move(*compacted));
  add_value(**target, name, std::move(*compacted), as_array);
  return {};
}

// 12.8.8
JsonLd<bool> JsonLdCompactor::place_graph(const Node& node, const TermDefinition& definition,
                                          const Json& item, Json& target, const std::string& name,
                                          Json compacted) const {
  const JsonLdScope& scope = *node.scope;
  const bool as_array = arrays_ || definition.contains("@set");
  const bool is_simple = !item.has("@id");
  const bool by_id = definition.contains("@graph") && definition.contains("@id");
  const bool by_index = definition.contains("@graph") && definition.contains("@index") && is_simple;
  if (by_id || by_index) {
    std::string key = scope.keyword("@none");
    if (by_id && !is_simple) {
      const JsonLd<std::string> id = scope.reference(item.find("@id")->text);
      if (!id) return std::unexpected(id.error());
      key = *id;
    } else if (by_index) {
      key = text_of_member(item, "@index").value_or(key);
    }
    add_value(map_at(target, name), key, std::move(compacted), as_array);
    return true;
  }
  if (definition.contains("@graph") && is_simple) {
    if (compacted.is_array() && compacted.items.size() > 1)
      compacted = wrap(scope.keyword("@included"), std::move(compacted));
    add_value(target, name, std::move(compacted), as_array);
    return true;
  }
  Json graph = wrap(scope.keyword("@graph"), std::move(compacted));
  if (const Json* id = item.find("@id")) {
    const JsonLd<std::string> reference = scope.reference(id->text);
    if (!reference) return std::unexpected(reference.error());
    graph[scope.keyword("@id")] = Json::make_string(*reference);
  }
  if (const Json* index = item.find("@index")) graph[scope.keyword("@index")] = *index;
  add_value(target, name, std::move(graph), as_array || name == "@graph" || name == "@list");
  return true;
}

// 12.8.9
JsonLd<void> JsonLdCompactor::place_in_map(const Node& node, const TermDefinition& definition,
                                           const Json& item, Json& target, const std::string& name,
                                           Json compacted) const {
  const JsonLdScope& scope = *node.scope;
  std::optional<std::string> key;
  if (definition.contains("@language")) {
    if (const Json* value = item.find("@value")) compacted = *value;
    key = text_of_member(item, "@language");
  } else if (definition.contains("@index") && definition.index.empty()) {
    key = text_of_member(item, "@index");
  } else if (definition.contains("@index")) {
    const auto property = contexts_.expand_iri(*scope.active(), definition.index, false, true);
    const JsonLd<std::string> index_name = scope.name(property.value_or(definition.index));
    if (!index_name) return std::unexpected(index_name.error());
    key = take_first(compacted, definition.index);
    if (!key) key = take_first(compacted, *index_name);
  } else if (definition.contains("@id")) {
    key = take_first(compacted, scope.keyword("@id"));
  } else {
    key = take_first(compacted, scope.keyword("@type"));
    const bool only_id =
        compacted.is_object() && compacted.members.size() == 1 &&
        contexts_.expand_iri(*scope.active(), compacted.members[0].first, false, true) == "@id";
    if (only_id) {
      JsonLd<Json> again = compact(node.scope, &name, wrap("@id", *item.find("@id")));
      if (!again) return std::unexpected(again.error());
      compacted = std::move(*again);
    }
  }
  add_value(map_at(target, name), key ? *key : scope.keyword("@none"), std::move(compacted),
            arrays_ || definition.contains("@set"));
  return {};
}

}  // namespace dossier
