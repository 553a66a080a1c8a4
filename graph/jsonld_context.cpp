#include "graph/jsonld_context.hpp"

#include <algorithm>
#include <array>

#include "graph/iri.hpp"
#include "graph/jsonld_definition.hpp"

namespace dossier {
namespace {

constexpr std::array<std::string_view, 29> kKeywords = {
    "@base",     "@container", "@context",   "@default",   "@direction",  "@embed",
    "@explicit", "@graph",     "@id",        "@import",    "@included",   "@index",
    "@json",     "@language",  "@list",      "@nest",      "@none",       "@omitDefault",
    "@prefix",   "@preserve",  "@propagate", "@protected", "@requireAll", "@reverse",
    "@set",      "@type",      "@value",     "@version",   "@vocab"};

constexpr std::size_t kMaxRemoteContexts = 64;
bool is_keyword_of_context(std::string_view key) {
  static constexpr std::array<std::string_view, 8> kKeys = {"@base",     "@direction", "@import",
                                                            "@language", "@propagate", "@protected",
                                                            "@version",  "@vocab"};
  return std::ranges::find(kKeys, key) != kKeys.end();
}

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

// ---- 5.2 IRI Expansion

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
