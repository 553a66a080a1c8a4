// Terms on shapes that are not SHACL Core: what needs SPARQL, and names that SHACL does not have. A
// part of the shape loader.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "ontology/shape_joins.hpp"

namespace dossier {

class ForeignTerms {
 public:
  // `skip_sparql`: what needs SPARQL is left out with a warning, instead of an error.
  ForeignTerms(const ShapeSource& source, bool skip_sparql)
      : source_(source), skip_sparql_(skip_sparql) {}

  // Reports those on the shape.
  void refuse(TermId shape) {
    refuse_sparql(shape);
    refuse_unknown_terms(shape);
  }

 private:
  void sparql(std::size_t position, std::string message);
  void refuse_sparql(TermId term);
  void find_custom_components();
  void refuse_unknown_terms(TermId term);
  bool is_known(TermId predicate) const;

  const ShapeSource& source_;
  bool skip_sparql_;
  std::optional<std::map<TermId, TermId>> custom_;  // parameter property -> component
};

}  // namespace dossier
