#include "graph/prefixes.hpp"

#include <fmt/format.h>

namespace dossier {
namespace {

constexpr std::pair<std::string_view, std::string_view> kWellKnown[] = {
    {"as", "https://www.w3.org/ns/activitystreams#"},
    {"bods", "http://bods.openownership.org/vocabulary/"},
    {"dc", "http://purl.org/dc/elements/1.1/"},
    {"dcat", "http://www.w3.org/ns/dcat#"},
    {"dct", "http://purl.org/dc/terms/"},
    {"dcterms", "http://purl.org/dc/terms/"},
    {"dm", "https://w3id.org/dossier/meta#"},
    {"dos", "https://w3id.org/dossier/ns#"},
    {"eli", "http://data.europa.eu/eli/ontology#"},
    {"foaf", "http://xmlns.com/foaf/0.1/"},
    {"oa", "http://www.w3.org/ns/oa#"},
    {"odrl", "http://www.w3.org/ns/odrl/2/"},
    {"org", "http://www.w3.org/ns/org#"},
    {"owl", "http://www.w3.org/2002/07/owl#"},
    {"prov", "http://www.w3.org/ns/prov#"},
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    {"rml", "http://w3id.org/rml/"},
    {"rov", "http://www.w3.org/ns/regorg#"},
    {"rr", "http://www.w3.org/ns/r2rml#"},
    {"schema", "https://schema.org/"},
    {"sh", "http://www.w3.org/ns/shacl#"},
    {"skos", "http://www.w3.org/2004/02/skos/core#"},
    {"time", "http://www.w3.org/2006/time#"},
    {"void", "http://rdfs.org/ns/void#"},
    {"wd", "http://www.wikidata.org/entity/"},
    {"wdt", "http://www.wikidata.org/prop/direct/"},
    {"xsd", "http://www.w3.org/2001/XMLSchema#"},
};

}  // namespace

const Prefixes& Prefixes::well_known() {
  static const Prefixes kPrefixes = [] {
    Prefixes out;
    for (const auto& [name, iri] : kWellKnown) out.set(name, iri);
    return out;
  }();
  return kPrefixes;
}

void Prefixes::set(std::string_view name, std::string_view iri) {
  const auto found = by_name_.find(name);
  if (found != by_name_.end()) {
    if (found->second == iri) return;
    const std::string old = found->second;
    by_name_.erase(found);
    const auto back = by_iri_.find(old);
    if (back != by_iri_.end() && back->second == name) {
      by_iri_.erase(back);
      for (const auto& [other, other_iri] : by_name_) {
        if (other_iri == old) {
          by_iri_.emplace(old, other);
          break;
        }
      }
    }
  }
  by_name_.emplace(name, iri);
  const auto [at, added] = by_iri_.emplace(iri, name);
  if (!added && name < at->second) at->second = name;
}

std::optional<std::string_view> Prefixes::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

std::vector<Prefixes::Entry> Prefixes::entries() const {
  std::vector<Entry> out;
  for (const auto& [name, iri] : by_name_) out.push_back({name, iri});
  return out;
}

std::optional<std::string> Prefixes::expand(std::string_view curie) const {
  const std::size_t colon = curie.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto iri = find(curie.substr(0, colon));
  if (!iri) return std::nullopt;
  return fmt::format("{}{}", *iri, curie.substr(colon + 1));
}

std::optional<Prefixes::Match> Prefixes::match(std::string_view iri) const {
  // Walk back over the namespaces that sort at or before `iri`: the longest that it begins with
  // comes first. A candidate that is no prefix shortens the search key to the common part, so few
  // steps do.
  std::string_view key = iri;
  for (auto at = by_iri_.upper_bound(key); at != by_iri_.begin();) {
    --at;
    const std::string& ns = at->first;
    if (iri.starts_with(ns)) return Match{at->second, iri.substr(ns.size())};
    std::size_t common = 0;
    while (common < ns.size() && common < key.size() && ns[common] == key[common]) ++common;
    key = key.substr(0, common);
    at = by_iri_.upper_bound(key);
  }
  return std::nullopt;
}

std::string Prefixes::shorten(std::string_view iri) const {
  const auto found = match(iri);
  if (found) return fmt::format("{}:{}", found->name, found->local);
  return fmt::format("<{}>", iri);
}

}  // namespace dossier
