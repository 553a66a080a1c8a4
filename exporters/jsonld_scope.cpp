#include "exporters/jsonld_scope.hpp"

#include <algorithm>

#include "exporters/relative_iri.hpp"
#include "graph/iri.hpp"
#include "graph/jsonld_values.hpp"

namespace dossier {
namespace {

using By = InverseContext::By;

// What a term is asked for, in the order of preference (5.1.2, step 4).
struct Wanted {
  std::vector<std::string> containers;
  By by = By::language;
  std::string value = "@null";

  void contain(std::initializer_list<const char*> words) {
    containers.insert(containers.end(), words.begin(), words.end());
  }
};

std::string text_at(const Json& object, std::string_view key) {
  const Json* const found = object.find(key);
  return found == nullptr ? "" : found->text;
}

std::string language_at(const Json& value) {
  return language_and_direction(text_at(value, "@language"), text_at(value, "@direction"));
}

// 4.7: by the type or the language that all items have.
void want_list(const Json& value, const std::string& default_language, Wanted& wanted) {
  if (!value.has("@index")) wanted.contain({"@list"});
  const Json& list = *value.find("@list");
  std::optional<std::string> type;
  std::optional<std::string> language;
  if (list.items.empty()) language = default_language;
  for (const Json& item : list.items) {
    std::string item_language = "@none";
    std::string item_type = "@none";
    if (!is_value_object(item)) {
      item_type = "@id";
    } else if (item.has("@direction") || item.has("@language")) {
      item_language = language_at(item);
    } else if (item.has("@type")) {
      item_type = text_at(item, "@type");
    } else {
      item_language = "@null";
    }
    if (!language) {
      language = item_language;
    } else if (*language != item_language && is_value_object(item)) {
      language = "@none";
    }
    if (!type) {
      type = item_type;
    } else if (*type != item_type) {
      type = "@none";
    }
  }
  if (type.value_or("@none") != "@none") {
    wanted.by = By::type;
    wanted.value = *type;
  } else {
    wanted.value = language.value_or("@none");
  }
}

// 4.8
void want_graph(const Json& value, Wanted& wanted) {
  const bool index = value.has("@index");
  const bool id = value.has("@id");
  if (index) wanted.contain({"@graph@index", "@graph@index@set"});
  if (id) wanted.contain({"@graph@id", "@graph@id@set"});
  wanted.contain({"@graph", "@graph@set", "@set"});
  if (!index) wanted.contain({"@graph@index", "@graph@index@set"});
  if (!id) wanted.contain({"@graph@id", "@graph@id@set"});
  wanted.contain({"@index", "@index@set"});
  wanted.by = By::type;
  wanted.value = "@id";
}

// 4.9
void want_other(const Json* value, Wanted& wanted) {
  if (value != nullptr && is_value_object(*value)) {
    const bool tagged = value->has("@direction") || value->has("@language");
    if (tagged && !value->has("@index")) {
      wanted.value = language_at(*value);
      wanted.contain({"@language", "@language@set"});
    } else if (const Json* type = value->find("@type")) {
      wanted.by = By::type;
      wanted.value = type->text;
    }
  } else {
    wanted.by = By::type;
    wanted.value = "@id";
    wanted.contain({"@id", "@id@set", "@type", "@set@type"});
  }
  wanted.contain({"@set"});
}

Wanted wanted_for(const Json* value, bool reverse, const std::string& default_language) {
  const bool object = value != nullptr && value->is_object();
  const bool index = object && value->has("@index");
  Wanted wanted;
  if (index && !is_graph_object(*value)) wanted.contain({"@index", "@index@set"});
  if (reverse) {
    wanted.by = By::type;
    wanted.value = "@reverse";
    wanted.contain({"@set"});
  } else if (object && is_list_object(*value)) {
    want_list(*value, default_language, wanted);
  } else if (object && is_graph_object(*value)) {
    want_graph(*value, wanted);
  } else {
    want_other(value, wanted);
  }
  wanted.contain({"@none"});
  if (!index) wanted.contain({"@index", "@index@set"});
  if (object && value->members.size() == 1 && value->has("@value"))
    wanted.contain({"@language", "@language@set"});
  return wanted;
}

}  // namespace

JsonLdScope::JsonLdScope(const ContextProcessor& contexts, ContextPtr active)
    : contexts_(contexts), active_(std::move(active)), inverse_(*active_) {}

JsonLd<std::string> JsonLdScope::name(const std::string& iri, const Json* value,
                                      bool reverse) const {
  const bool plain = value == nullptr && !reverse;
  if (plain) {
    if (const auto known = names_.find(iri); known != names_.end()) return known->second;
  }
  const std::string* const term = inverse_.has(iri) ? select_term(iri, value, reverse) : nullptr;
  JsonLd<std::string> name = term != nullptr && means(*term, iri, true)
                                 ? JsonLd<std::string>(*term)
                                 : by_prefix(iri, value != nullptr, true);
  if (plain && name) names_.emplace(iri, *name);
  return name;
}

JsonLd<std::string> JsonLdScope::reference(const std::string& iri) const {
  return by_prefix(iri, false, false);
}

std::string JsonLdScope::keyword(std::string_view keyword) const {
  return name(std::string(keyword)).value_or(std::string(keyword));
}

// 4
const std::string* JsonLdScope::select_term(const std::string& iri, const Json* value,
                                            bool reverse) const {
  const std::string default_language =
      active_->direction
          ? language_and_direction(active_->language.value_or(""), *active_->direction)
      : active_->language ? language_and_direction(*active_->language, "")
                          : "@none";
  Wanted wanted = wanted_for(value, reverse, default_language);
  std::vector<std::string> preferred;  // 4.14 to 4.19
  const bool names_node = value != nullptr && value->is_object() && value->has("@id");
  if (wanted.value == "@reverse") preferred.emplace_back("@reverse");
  if ((wanted.value == "@id" || wanted.value == "@reverse") && names_node) {
    const std::string id = text_at(*value, "@id");
    const JsonLd<std::string> as_name = name(id);
    const TermDefinition* const of_id = as_name ? active_->find(*as_name) : nullptr;
    const bool is_term = of_id != nullptr && of_id->iri == id;
    for (const char* each : {is_term ? "@vocab" : "@id", is_term ? "@id" : "@vocab", "@none"})
      preferred.emplace_back(each);
  } else {
    preferred = {wanted.value, "@none"};
    const bool empty_list =
        value != nullptr && is_list_object(*value) && value->find("@list")->items.empty();
    if (empty_list) wanted.by = By::any;
  }
  preferred.emplace_back("@any");
  for (std::size_t i = 0, count = preferred.size(); i < count; ++i) {
    if (const std::size_t bar = preferred[i].find('_'); bar != std::string::npos && bar > 0)
      preferred.push_back(preferred[i].substr(bar));
  }
  return inverse_.select(iri, wanted.containers, wanted.by, preferred);
}

// 5 to 11
JsonLd<std::string> JsonLdScope::by_prefix(const std::string& iri, bool has_value,
                                           bool vocab) const {
  if (vocab && active_->vocab && iri.starts_with(*active_->vocab)) {
    const std::string suffix = iri.substr(active_->vocab->size());
    if (!suffix.empty() && active_->find(suffix) == nullptr && means(suffix, iri, true))
      return suffix;
  }
  std::string best;
  for (const InverseContext::Prefix& prefix : inverse_.prefixes()) {
    if (iri == prefix.iri || !iri.starts_with(prefix.iri)) continue;
    std::string compact = prefix.term + ":" + iri.substr(prefix.iri.size());
    const bool better = best.empty() || compact.size() < best.size() ||
                        (compact.size() == best.size() && compact < best);
    if (!better) continue;
    const TermDefinition* const term = active_->find(compact);
    const bool is_free = term == nullptr || (term->iri == iri && !has_value);
    if (is_free && means(compact, iri, vocab)) best = std::move(compact);
  }
  if (!best.empty()) return best;
  if (const std::size_t colon = scheme_size(iri); colon != 0) {
    const std::size_t scheme = iri.find(':');
    const TermDefinition* const term = active_->find(iri.substr(0, scheme));
    const bool authority = std::string_view(iri).substr(scheme + 1).starts_with("//");
    if (term != nullptr && term->prefix && !authority)
      return jsonld_fail("IRI confused with prefix", iri);
  }
  if (!vocab && active_->base) {
    const auto relative = relative_reference(*active_->base, iri);
    if (relative && means(*relative, iri, false)) return *relative;
  }
  return iri;
}

bool JsonLdScope::means(std::string_view text, const std::string& iri, bool vocab) const {
  return contexts_.expand_iri(*active_, text, !vocab, vocab) == iri;
}

JsonLd<std::optional<Json>> JsonLdScope::bare_value(const std::string* property,
                                                    const Json& value) const {
  static const TermDefinition kNone;
  const TermDefinition* const found = find(property);
  const TermDefinition& definition = found != nullptr ? *found : kNone;
  const bool index = value.has("@index");
  if (index && !definition.contains("@index")) return std::nullopt;
  if (value.has("@id")) {  // 6
    if (value.members.size() != (index ? 2 : 1)) return std::nullopt;
    if (definition.type != "@id" && definition.type != "@vocab") return std::nullopt;
    const std::string& id = value.find("@id")->text;
    const JsonLd<std::string> text = definition.type == "@id" ? reference(id) : name(id);
    if (!text) return std::unexpected(text.error());
    return Json::make_string(*text);
  }
  const Json& literal = *value.find("@value");
  if (const Json* type = value.find("@type")) {  // 7, 8
    if (!type->is_string() || type->text != definition.type) return std::nullopt;
    return literal;
  }
  if (definition.type == "@none") return std::nullopt;
  if (!literal.is_string()) {  // 9
    const bool coerced = definition.type != "" && definition.type != "@id";
    return coerced && definition.type != "@vocab" ? std::nullopt : std::optional<Json>(literal);
  }
  // 10, but letter for letter, so that tags stay as they are.
  const auto& language =
      definition.language.present ? definition.language.value : active_->language;
  const auto& direction =
      definition.direction.present ? definition.direction.value : active_->direction;
  const bool same = text_at(value, "@language") == language.value_or("") &&
                    text_at(value, "@direction") == direction.value_or("");
  return same && definition.type.empty() ? std::optional<Json>(literal) : std::nullopt;
}

}  // namespace dossier
