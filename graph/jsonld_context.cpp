#include "graph/jsonld_context.hpp"

#include <algorithm>
#include <array>

#include "graph/iri.hpp"

namespace dossier {
namespace {

constexpr std::array<std::string_view, 29> kKeywords = {
    "@base",     "@container", "@context",   "@default",   "@direction",  "@embed",
    "@explicit", "@graph",     "@id",        "@import",    "@included",   "@index",
    "@json",     "@language",  "@list",      "@nest",      "@none",       "@omitDefault",
    "@prefix",   "@preserve",  "@propagate", "@protected", "@requireAll", "@reverse",
    "@set",      "@type",      "@value",     "@version",   "@vocab"};

constexpr std::size_t kMaxRemoteContexts = 64;
constexpr std::size_t kMaxTermChain =
    400;  // terms that build on one another: bounds the recursion of `define`

bool is_keyword_of_context(std::string_view key) {
  static constexpr std::array<std::string_view, 8> kKeys = {"@base",     "@direction", "@import",
                                                            "@language", "@propagate", "@protected",
                                                            "@version",  "@vocab"};
  return std::ranges::find(kKeys, key) != kKeys.end();
}

bool ends_with_gen_delim(std::string_view iri) {
  return !iri.empty() && std::string_view(":/?#[]@").find(iri.back()) != std::string_view::npos;
}

bool is_direction(const Json& value) {
  return value.is("ltr") || value.is("rtl");
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

std::string resolved(const std::string& base, std::string_view reference) {
  std::string out;
  if (base.empty()) return std::string(reference);
  IriBase(base).resolve(reference, out);
  return out;
}

}  // namespace

bool is_jsonld_keyword(std::string_view text) {
  if (!text.starts_with('@')) return false;
  return std::ranges::find(kKeywords, text) != kKeywords.end();
}

bool has_keyword_form(std::string_view text) {
  return text.size() > 1 && text[0] == '@' && std::ranges::all_of(text.substr(1), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

bool has_iri_form(std::string_view text) {
  return scheme_size(text) != 0;
}

bool TermDefinition::contains(std::string_view keyword) const {
  return std::ranges::find(container, keyword) != container.end();
}

bool same_definition(const TermDefinition& a, const TermDefinition& b) {
  const bool same_context = (a.context == nullptr) == (b.context == nullptr) &&
                            (a.context == nullptr || *a.context == *b.context);
  return a.iri == b.iri && a.prefix == b.prefix && a.reverse == b.reverse && a.type == b.type &&
         a.language == b.language && a.direction == b.direction && a.container == b.container &&
         a.index == b.index && a.nest == b.nest && same_context;
}

const TermDefinition* ActiveContext::find(std::string_view term) const {
  const auto found = terms.find(term);
  return found == terms.end() ? nullptr : &found->second;
}

ContextPtr ContextProcessor::initial(const std::string& base) const {
  auto context = std::make_shared<ActiveContext>();
  if (!base.empty()) context->base = base;
  context->original_base = base;
  return context;
}

struct ContextProcessor::Definitions {
  ActiveContext& active;
  const Json& local;
  std::map<std::string, bool, std::less<>> defined;
  std::string base_url;
  bool is_protected = false;
  Options options;
  std::size_t depth = 0;
};

// ---- 4.1 Context Processing Algorithm

JsonLd<ContextPtr> ContextProcessor::process(const ContextPtr& active, const Json& local,
                                             const std::string& base_url, Options options) const {
  auto result = std::make_shared<ActiveContext>(*active);  // 1
  if (local.is_object()) {                                 // 2
    if (const Json* propagate = local.find("@propagate");
        propagate != nullptr && propagate->is_boolean()) {
      options.propagate = propagate->boolean;
    }
  }
  if (!options.propagate && !result->previous) result->previous = active;  // 3
  const std::vector<Json> one = local.is_array() ? std::vector<Json>() : std::vector<Json>{local};
  for (const Json& context : local.is_array() ? local.items : one) {  // 4, 5
    if (context.is_null()) {                                          // 5.1
      const bool any_protected = std::ranges::any_of(
          result->terms, [](const auto& each) { return each.second.is_protected; });
      if (!options.override_protected && any_protected) {
        return jsonld_fail("invalid context nullification", "", context.offset);
      }
      auto fresh = std::make_shared<ActiveContext>(*initial(active->original_base));
      if (!options.propagate)
        fresh->previous = result->previous ? result->previous : ContextPtr(result);
      result = std::move(fresh);
      continue;
    }
    if (context.is_string()) {  // 5.2
      JsonLd<ContextPtr> loaded = load(result, context, base_url, options);
      if (!loaded) return loaded;
      result = std::make_shared<ActiveContext>(**loaded);
      continue;
    }
    if (!context.is_object())
      return jsonld_fail("invalid local context", "", context.offset);  // 5.3
    JsonLd<Json> merged = with_import(context, base_url);               // 5.5, 5.6
    if (!merged) return std::unexpected(merged.error());
    if (auto done = set_defaults(*result, *merged, options); !done)
      return std::unexpected(done.error());
    Definitions state{*result, *merged, {}, base_url, false, options};
    if (const Json* each = merged->find("@protected")) {
      if (!each->is_boolean()) return jsonld_fail("invalid @protected value", "", each->offset);
      state.is_protected = each->boolean;
    }
    for (const auto& [key, value] : merged->members) {  // 5.13
      if (is_keyword_of_context(key)) continue;
      if (auto done = define(state, key); !done) return std::unexpected(done.error());
    }
  }
  return result;
}

JsonLd<ContextPtr> ContextProcessor::load(const ContextPtr& result, const Json& url,
                                          const std::string& base_url, Options options) const {
  const std::string address = resolved(base_url, url.text);  // 5.2.1
  const bool known = std::ranges::find(options.remote, address) != options.remote.end();
  if (!options.validate_scoped && known) return result;  // 5.2.2
  if (known && options.remote.size() > 0 && options.validate_scoped) {
    return jsonld_fail("recursive context inclusion", address, url.offset);
  }
  if (options.remote.size() >= kMaxRemoteContexts)
    return jsonld_fail("context overflow", address, url.offset);
  options.remote.push_back(address);
  const Json* document = documents_ ? documents_(address) : nullptr;  // 5.2.4
  if (document == nullptr) return jsonld_fail("loading remote context failed", address, url.offset);
  const Json* context = document->is_object() ? document->find("@context") : nullptr;  // 5.2.5
  if (context == nullptr) return jsonld_fail("invalid remote context", address, url.offset);
  Options inner;
  inner.remote = options.remote;
  inner.validate_scoped = options.validate_scoped;
  return process(result, *context, address, std::move(inner));  // 5.2.6
}

JsonLd<Json> ContextProcessor::with_import(const Json& context, const std::string& base_url) const {
  if (const Json* version = context.find("@version")) {  // 5.5
    if (!version->is_number() || version->text != "1.1") {
      return jsonld_fail("invalid @version value", version->text, version->offset);
    }
    if (mode_1_0_) return jsonld_fail("processing mode conflict", "", version->offset);
  }
  const Json* import = context.find("@import");  // 5.6
  if (import == nullptr) return context;
  if (mode_1_0_) return jsonld_fail("invalid context entry", "@import", import->offset);
  if (!import->is_string()) return jsonld_fail("invalid @import value", "", import->offset);
  const std::string address = resolved(base_url, import->text);
  const Json* document = documents_ ? documents_(address) : nullptr;
  if (document == nullptr)
    return jsonld_fail("loading remote context failed", address, import->offset);
  const Json* imported = document->is_object() ? document->find("@context") : nullptr;
  if (imported == nullptr || !imported->is_object()) {
    return jsonld_fail("invalid remote context", address, import->offset);
  }
  if (imported->has("@import"))
    return jsonld_fail("invalid context entry", "@import", import->offset);
  Json merged = *imported;
  for (const auto& [key, value] : context.members) merged[key] = value;
  return merged;
}

JsonLd<void> ContextProcessor::set_defaults(ActiveContext& result, const Json& context,
                                            const Options& options) const {
  if (const Json* base = context.find("@base"); base != nullptr && options.remote.empty()) {  // 5.7
    if (base->is_null()) {
      result.base.reset();
    } else if (base->is_string() && has_iri_form(base->text)) {
      result.base = base->text;
    } else if (base->is_string() && result.base) {
      result.base = resolved(*result.base, base->text);
    } else {
      return jsonld_fail("invalid base IRI", base->text, base->offset);
    }
  }
  if (const Json* vocab = context.find("@vocab")) {  // 5.8
    if (vocab->is_null()) {
      result.vocab.reset();
    } else if (!vocab->is_string()) {
      return jsonld_fail("invalid vocab mapping", "", vocab->offset);
    } else if (mode_1_0_ && !has_iri_form(vocab->text) && !vocab->text.starts_with("_:")) {
      return jsonld_fail("invalid vocab mapping", vocab->text, vocab->offset);
    } else {
      const auto expanded = expand_iri(result, vocab->text, true, true);
      if (!expanded || (!expanded->empty() && has_keyword_form(*expanded))) {
        return jsonld_fail("invalid vocab mapping", vocab->text, vocab->offset);
      }
      result.vocab = *expanded;
    }
  }
  if (const Json* language = context.find("@language")) {  // 5.9
    if (language->is_null()) {
      result.language.reset();
    } else if (language->is_string()) {
      result.language = language->text;
    } else {
      return jsonld_fail("invalid default language", "", language->offset);
    }
  }
  if (const Json* direction = context.find("@direction")) {  // 5.10
    if (mode_1_0_) return jsonld_fail("invalid context entry", "@direction", direction->offset);
    if (direction->is_null()) {
      result.direction.reset();
    } else if (is_direction(*direction)) {
      result.direction = direction->text;
    } else {
      return jsonld_fail("invalid base direction", direction->text, direction->offset);
    }
  }
  if (const Json* propagate = context.find("@propagate")) {  // 5.11
    if (mode_1_0_) return jsonld_fail("invalid context entry", "@propagate", propagate->offset);
    if (!propagate->is_boolean())
      return jsonld_fail("invalid @propagate value", "", propagate->offset);
  }
  return {};
}

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

// ---- 5.2 IRI Expansion

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

std::optional<std::string> ContextProcessor::expand_iri(const ActiveContext& active,
                                                        std::string_view value,
                                                        bool document_relative, bool vocab) const {
  if (is_jsonld_keyword(value)) return std::string(value);  // 1
  if (has_keyword_form(value)) return std::nullopt;         // 2
  const TermDefinition* definition = active.find(value);
  if (definition != nullptr && definition->iri && is_jsonld_keyword(*definition->iri))
    return definition->iri;                                    // 4
  if (vocab && definition != nullptr) return definition->iri;  // 5
  const std::size_t colon = value.size() > 1 ? value.find(':', 1) : std::string_view::npos;
  if (colon != std::string_view::npos) {  // 6
    const std::string_view prefix = value.substr(0, colon);
    const std::string_view suffix = value.substr(colon + 1);
    if (prefix == "_" || suffix.starts_with("//")) return std::string(value);
    const TermDefinition* of_prefix = active.find(prefix);
    if (of_prefix != nullptr && of_prefix->iri && of_prefix->prefix)
      return *of_prefix->iri + std::string(suffix);
    if (has_iri_form(value)) return std::string(value);
  }
  if (vocab && active.vocab) return *active.vocab + std::string(value);        // 7
  if (document_relative && active.base) return resolved(*active.base, value);  // 8
  return std::string(value);                                                   // 9
}

}  // namespace dossier
