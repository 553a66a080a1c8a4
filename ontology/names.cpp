#include "ontology/names.hpp"

namespace dossier {
namespace {

#define DOSSIER_SPACE_rdf "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define DOSSIER_SPACE_rdfs "http://www.w3.org/2000/01/rdf-schema#"
#define DOSSIER_SPACE_owl "http://www.w3.org/2002/07/owl#"
#define DOSSIER_SPACE_skos "http://www.w3.org/2004/02/skos/core#"
#define DOSSIER_SPACE_sh "http://www.w3.org/ns/shacl#"
#define DOSSIER_SPACE_dm "https://w3id.org/dossier/meta#"

constexpr std::string_view kIris[] = {
#define DOSSIER_TERM(name, space, local) DOSSIER_SPACE_##space local,
#include "ontology/names.def"
#undef DOSSIER_TERM
};
static_assert(std::size(kIris) == kNameCount);

}  // namespace

std::string_view iri_of(Name name) {
  return kIris[static_cast<std::size_t>(name)];
}

Names::Names(const Graph& graph) {
  by_id_.reserve(kNameCount);
  for (std::size_t i = 0; i < kNameCount; ++i) {
    ids_[i] = graph.find_iri(kIris[i]);
    if (ids_[i]) by_id_.emplace(ids_[i], static_cast<Name>(i));
  }
}

std::optional<Name> Names::find(TermId id) const {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return std::nullopt;
  return found->second;
}

std::string_view local_part(std::string_view iri) {
  return iri.substr(namespace_of(iri).size());
}

std::string_view namespace_of(std::string_view iri) {
  const std::size_t last = iri.find_last_not_of("#/:");
  if (last == std::string_view::npos) return {};
  const std::size_t cut = iri.find_last_of("#/:", last);
  return cut == std::string_view::npos ? std::string_view() : iri.substr(0, cut + 1);
}

}  // namespace dossier
