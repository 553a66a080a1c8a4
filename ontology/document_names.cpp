#include "ontology/document_names.hpp"

#include <set>

namespace dossier {

DocumentNames::DocumentNames(const Ontology& ontology, const Prefixes& prefixes)
    : prefixes_(prefixes) {
  std::set<std::string> used;
  const auto add = [&](const OntologyTerm& term) {
    if (names_.contains(term.iri)) return;
    std::string name(term.document_name());
    if (!used.insert(name).second) {
      name = shorten(term.iri);
      for (char& c : name) c = c == ':' ? '_' : c;
      used.insert(name);
    }
    names_.emplace(term.iri, std::move(name));
  };
  for (const OntologyClass& each : ontology.classes()) {
    if (each.declared) add(each);
  }
  for (const OntologyEnumeration& each : ontology.enumerations()) add(each);
  for (const OntologyClass& each : ontology.classes()) add(each);
}

std::string DocumentNames::shorten(std::string_view iri) const {
  const auto match = prefixes_.match(iri);
  if (!match || match->local.empty()) return std::string(iri);
  return std::string(match->name).append(":").append(match->local);
}

}  // namespace dossier
