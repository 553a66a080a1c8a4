#include "graph/jsonld_definition.hpp"

#include <algorithm>

#include "graph/iri.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMaxTermChain =
    400;  // terms that build on one another: bounds the recursion of `define`

bool ends_with_gen_delim(std::string_view iri) {
  return !iri.empty() && std::string_view(":/?#[]@").find(iri.back()) != std::string_view::npos;
}

bool has_inner_colon(std::string_view term) {
  return term.size() > 2 && term.substr(1, term.size() - 2).find(':') != std::string_view::npos;
}

class DepthGuard {
 public:
  explicit DepthGuard(std::size_t& depth) : depth_(depth) { ++depth_; }
  ~DepthGuard() { --depth_; }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;

 private:
  std::size_t& depth_;
};

}  // namespace

// ---- 4.2 Create Term Definition

JsonLd<void> ContextProcessor::define(Definitions& state, const std::string& term) const {
  if (const auto known = state.defined.find(term); known != state.defined.end()) {  // 1
    if (known->second) return {};
    return jsonld_fail("cyclic IRI mapping", term);
  }
  if (state.depth >= kMaxTermChain) return jsonld_fail("context overflow", term);
  const DepthGuard guard(state.depth);
  const Json* found = state.local.find(term);
  Json value = found != nullptr ? *found : Json();  // 3
  const std::size_t offset = value.offset;
  if (term.empty()) return jsonld_fail("invalid term definition", "the empty term", offset);  // 2
  state.defined[term] = false;
  if (term == "@type") {  // 4
    const bool only_known = value.is_object() && !value.members.empty() &&
                            std::ranges::all_of(value.members, [](const auto& member) {
                              return (member.first == "@container" && member.second.is("@set")) ||
                                     member.first == "@protected";
                            });
    if (mode_1_0_ || !only_known) return jsonld_fail("keyword redefinition", term, offset);
  } else if (is_jsonld_keyword(term)) {  // 5
    return jsonld_fail("keyword redefinition", term, offset);
  } else if (has_keyword_form(term)) {
    return {};
  }
  std::optional<TermDefinition> previous;  // 6
  if (const auto old = state.active.terms.find(term); old != state.active.terms.end()) {
    previous = std::move(old->second);
    state.active.terms.erase(old);
  }
  bool simple = false;
  if (value.is_null() || value.is_string()) {  // 7, 8
    simple = value.is_string();
    Json wrapped = Json::make_object(offset);
    wrapped["@id"] = std::move(value);
    value = std::move(wrapped);
  } else if (!value.is_object()) {
    return jsonld_fail("invalid term definition", term, offset);  // 9
  }
  TermDefinition definition;  // 10
  definition.is_protected = state.is_protected;
  if (const Json* each = value.find("@protected")) {  // 11
    if (mode_1_0_) return jsonld_fail("invalid term definition", "@protected", each->offset);
    if (!each->is_boolean()) return jsonld_fail("invalid @protected value", "", each->offset);
    definition.is_protected = each->boolean;
  }
  if (const Json* type = value.find("@type")) {  // 12
    if (!type->is_string()) return jsonld_fail("invalid type mapping", term, type->offset);
    const auto expanded = expand(state, type->text, true);
    if (!expanded) return std::unexpected(expanded.error());
    const std::string iri = expanded->value_or("");
    const bool new_keyword = iri == "@json" || iri == "@none";
    if ((new_keyword && mode_1_0_) || (!new_keyword && iri != "@id" && iri != "@vocab" &&
                                       (!has_iri_form(iri) || iri.starts_with("_:")))) {
      return jsonld_fail("invalid type mapping", type->text, type->offset);
    }
    definition.type = iri;
  }
  const JsonLd<bool> reversed = define_reverse(state, term, value, definition);  // 13
  if (!reversed) return std::unexpected(reversed.error());
  if (value.has("@reverse")) {
    if (!*reversed) return {};
    if (auto done = define_index(state, value, definition); !done) return done;
  } else {
    const JsonLd<bool> mapped = define_iri(state, term, value, simple, definition);  // 14 to 18
    if (!mapped) return std::unexpected(mapped.error());
    if (!*mapped) return {};
    if (auto done = define_container(value, definition); !done) return done;          // 19
    if (auto done = define_rest(state, term, value, definition); !done) return done;  // 20 to 26
  }
  if (!state.options.override_protected && previous && previous->is_protected) {  // 27
    if (!same_definition(*previous, definition)) {
      return jsonld_fail("protected term redefinition", term, offset);
    }
    definition = std::move(*previous);
  }
  state.active.terms[term] = std::move(definition);  // 28
  state.defined[term] = true;
  return {};
}

// 13. False: the definition is dropped.
JsonLd<bool> ContextProcessor::define_reverse(Definitions& state, const std::string& term,
                                              const Json& value, TermDefinition& definition) const {
  const Json* reverse = value.find("@reverse");
  if (reverse == nullptr) return true;
  if (value.has("@id") || value.has("@nest"))
    return jsonld_fail("invalid reverse property", term, reverse->offset);
  if (!reverse->is_string()) return jsonld_fail("invalid IRI mapping", term, reverse->offset);
  if (has_keyword_form(reverse->text)) return false;
  auto iri = expand(state, reverse->text, true);
  if (!iri) return std::unexpected(iri.error());
  if (!*iri || (*iri)->find(':') == std::string::npos) {
    return jsonld_fail("invalid IRI mapping", reverse->text, reverse->offset);
  }
  definition.iri = **iri;
  if (const Json* container = value.find("@container")) {
    if (!container->is("@set") && !container->is("@index") && !container->is_null()) {
      return jsonld_fail("invalid reverse property", term, container->offset);
    }
    if (container->is_string()) definition.container = {container->text};
  }
  definition.reverse = true;
  for (const auto& [key, each] : value.members) {
    if (key != "@reverse" && key != "@container" && key != "@type" && key != "@protected" &&
        key != "@index" && key != "@context" && key != "@language" && key != "@direction" &&
        key != "@prefix") {
      return jsonld_fail("invalid term definition", key, each.offset);
    }
  }
  return true;
}

// 14 to 18. False: the definition is dropped.
JsonLd<bool> ContextProcessor::define_iri(Definitions& state, const std::string& term,
                                          const Json& value, bool simple,
                                          TermDefinition& definition) const {
  const Json* id = value.find("@id");
  if (id != nullptr && !id->is(term)) {  // 14
    if (id->is_null()) return true;      // 14.1: the IRI mapping stays null
    if (!id->is_string()) return jsonld_fail("invalid IRI mapping", term, id->offset);
    if (!is_jsonld_keyword(id->text) && has_keyword_form(id->text)) return false;
    auto iri = expand(state, id->text, true);
    if (!iri) return std::unexpected(iri.error());
    const std::string mapping = iri->value_or("");
    if (!is_jsonld_keyword(mapping) && mapping.find(':') == std::string::npos) {
      return jsonld_fail("invalid IRI mapping", id->text, id->offset);
    }
    if (mapping == "@context") return jsonld_fail("invalid keyword alias", term, id->offset);
    definition.iri = mapping;
    if (has_inner_colon(term) || term.find('/') != std::string::npos) {  // 14.2.5
      state.defined[term] = true;
      const auto own = expand(state, term, true);
      if (!own) return std::unexpected(own.error());
      if (own->value_or("") != mapping) return jsonld_fail("invalid IRI mapping", term, id->offset);
    }
    if (term.find(':') == std::string::npos && term.find('/') == std::string::npos && simple &&
        (ends_with_gen_delim(mapping) || mapping.starts_with("_:"))) {
      definition.prefix = true;  // 14.2.6
    }
    return true;
  }
  const std::size_t colon = term.find(':', 1);
  if (colon != std::string::npos) {  // 15
    const std::string prefix = term.substr(0, colon);
    if (state.local.has(prefix)) {
      if (auto done = define(state, prefix); !done) return std::unexpected(done.error());
    }
    const TermDefinition* of_prefix = state.active.find(prefix);
    definition.iri =
        of_prefix != nullptr && of_prefix->iri ? *of_prefix->iri + term.substr(colon + 1) : term;
  } else if (term.find('/') != std::string::npos) {  // 16
    const auto iri = expand_iri(state.active, term, false, true);
    if (!iri || !has_iri_form(*iri)) return jsonld_fail("invalid IRI mapping", term, value.offset);
    definition.iri = *iri;
  } else if (term == "@type") {  // 17
    definition.iri = "@type";
  } else if (state.active.vocab) {  // 18
    definition.iri = *state.active.vocab + term;
  } else {
    return jsonld_fail("invalid IRI mapping", term, value.offset);
  }
  return true;
}

// 19
JsonLd<void> ContextProcessor::define_container(const Json& value,
                                                TermDefinition& definition) const {
  const Json* container = value.find("@container");
  if (container == nullptr) return {};
  std::set<std::string> words;
  const std::vector<Json> one =
      container->is_array() ? std::vector<Json>() : std::vector<Json>{*container};
  for (const Json& each : container->is_array() ? container->items : one) {
    if (!each.is_string()) return jsonld_fail("invalid container mapping", "", container->offset);
    words.insert(each.text);
  }
  const auto has = [&words](const char* word) { return words.contains(word); };
  const auto only = [&words](std::initializer_list<const char*> allowed) {
    return std::ranges::all_of(words, [&](const std::string& word) {
      return std::ranges::any_of(allowed, [&](const char* each) { return word == each; });
    });
  };
  bool fine = false;
  if (words.size() == 1)
    fine = only({"@graph", "@id", "@index", "@language", "@list", "@set", "@type"});
  if (words.size() > 1 && has("@graph")) {
    fine = only({"@graph", "@id", "@index", "@set"}) && !(has("@id") && has("@index"));
  } else if (words.size() == 2 && has("@set")) {
    fine = only({"@set", "@index", "@id", "@type", "@language"});
  }
  if (mode_1_0_ && (container->is_array() || has("@graph") || has("@id") || has("@type")))
    fine = false;
  if (!fine) return jsonld_fail("invalid container mapping", "", container->offset);
  definition.container.assign(words.begin(), words.end());
  if (has("@type")) {
    if (definition.type.empty()) definition.type = "@id";
    if (definition.type != "@id" && definition.type != "@vocab") {
      return jsonld_fail("invalid type mapping", definition.type, container->offset);
    }
  }
  return {};
}

// 20; the suite wants it of reverse terms too.
JsonLd<void> ContextProcessor::define_index(Definitions& state, const Json& value,
                                            TermDefinition& definition) const {
  const Json* const index = value.find("@index");
  if (index == nullptr) return {};
  if (mode_1_0_ || !definition.contains("@index") || !index->is_string())
    return jsonld_fail("invalid term definition", "@index", index->offset);
  const auto iri = expand(state, index->text, true);
  if (!iri) return std::unexpected(iri.error());
  if (!*iri || !has_iri_form(**iri))
    return jsonld_fail("invalid term definition", "@index", index->offset);
  definition.index = index->text;
  return {};
}

// 20 to 26
JsonLd<void> ContextProcessor::define_rest(Definitions& state, const std::string& term,
                                           const Json& value, TermDefinition& definition) const {
  if (auto done = define_index(state, value, definition); !done) return done;
  if (const Json* context = value.find("@context")) {  // 21
    if (mode_1_0_) return jsonld_fail("invalid term definition", "@context", context->offset);
    Options inner;
    inner.override_protected = true;
    inner.remote = state.options.remote;
    inner.validate_scoped = false;
    const auto checked = process(std::make_shared<ActiveContext>(state.active), *context,
                                 state.base_url, std::move(inner));
    if (!checked)
      return jsonld_fail("invalid scoped context", checked.error().code, context->offset);
    definition.context = std::make_shared<Json>(*context);
    definition.context_base = state.base_url;
  }
  if (const Json* language = value.find("@language");
      language != nullptr && !value.has("@type")) {  // 22
    if (!language->is_null() && !language->is_string()) {
      return jsonld_fail("invalid language mapping", "", language->offset);
    }
    definition.language.present = true;
    if (language->is_string()) definition.language.value = language->text;
  }
  if (const Json* direction = value.find("@direction");
      direction != nullptr && !value.has("@type")) {  // 23
    if (!direction->is_null() && !is_direction(*direction)) {
      return jsonld_fail("invalid base direction", direction->text, direction->offset);
    }
    definition.direction.present = true;
    if (direction->is_string()) definition.direction.value = direction->text;
  }
  if (const Json* nest = value.find("@nest")) {  // 24
    if (mode_1_0_) return jsonld_fail("invalid term definition", "@nest", nest->offset);
    if (!nest->is_string() || (is_jsonld_keyword(nest->text) && nest->text != "@nest")) {
      return jsonld_fail("invalid @nest value", nest->text, nest->offset);
    }
    definition.nest = nest->text;
  }
  if (const Json* prefix = value.find("@prefix")) {  // 25
    if (mode_1_0_ || term.find_first_of(":/") != std::string::npos) {
      return jsonld_fail("invalid term definition", "@prefix", prefix->offset);
    }
    if (!prefix->is_boolean()) return jsonld_fail("invalid @prefix value", "", prefix->offset);
    definition.prefix = prefix->boolean;
    if (definition.prefix && definition.iri && is_jsonld_keyword(*definition.iri)) {
      return jsonld_fail("invalid term definition", "@prefix", prefix->offset);
    }
  }
  static constexpr std::array<std::string_view, 11> kKnown = {
      "@id",       "@reverse", "@container", "@context",   "@direction", "@index",
      "@language", "@nest",    "@prefix",    "@protected", "@type"};
  for (const auto& [key, each] : value.members) {  // 26
    if (std::ranges::find(kKnown, key) == kKnown.end()) {
      return jsonld_fail("invalid term definition", key, each.offset);
    }
  }
  return {};
}

// ---- 5.2 IRI Expansion, where the terms that it needs may not be defined yet

JsonLd<std::optional<std::string>> ContextProcessor::expand(Definitions& state,
                                                            std::string_view value,
                                                            bool vocab) const {
  if (is_jsonld_keyword(value)) return std::string(value);
  if (has_keyword_form(value)) return std::nullopt;
  const auto needs = [&](std::string_view term) {
    const auto known = state.defined.find(term);
    return state.local.has(term) && (known == state.defined.end() || !known->second);
  };
  if (needs(value)) {  // 3
    if (auto done = define(state, std::string(value)); !done) return std::unexpected(done.error());
  }
  const std::size_t colon = value.size() > 1 ? value.find(':', 1) : std::string_view::npos;
  if (colon != std::string_view::npos) {  // 6.3
    const std::string_view prefix = value.substr(0, colon);
    if (prefix != "_" && !value.substr(colon + 1).starts_with("//") && needs(prefix)) {
      if (auto done = define(state, std::string(prefix)); !done)
        return std::unexpected(done.error());
    }
  }
  return expand_iri(state.active, value, false, vocab);
}

}  // namespace dossier
