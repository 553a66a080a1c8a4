// What classes, properties and enumerations are called in documents: their own name, or, where two
// share it, the name with its prefix.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "graph/prefixes.hpp"
#include "ontology/model.hpp"

namespace dossier {

class DocumentNames {
 public:
  // `prefixes` must outlive it.
  DocumentNames(const Ontology& ontology, const Prefixes& prefixes);

  // Of a class or enumeration.
  const std::string& of(std::string_view iri) const { return names_.find(iri)->second; }
  // prefix:name, or the whole IRI.
  std::string shorten(std::string_view iri) const;

 private:
  const Prefixes& prefixes_;
  std::map<std::string, std::string, std::less<>> names_;
};

}  // namespace dossier
