// Severity, messages and deactivation: of a shape, and (SHACL 1.2) of one constraint by an
// annotation of the statement that declares it: sh:minCount 1 {| sh:severity sh:Warning |}.
#pragma once

#include <string>
#include <vector>

#include "ontology/reifiers.hpp"
#include "ontology/shape_joins.hpp"

namespace dossier {

struct ResultAttributes {
  bool deactivated = false;
  std::string severity_iri;  // empty: not said
  std::vector<LanguageText> messages;
};

// What is said of a shape or of a reifier. Values that SHACL does not allow are reported.
ResultAttributes result_attributes(const ShapeSource& source, TermId subject);

// How serious a result is for people. Severities of one's own are violations.
Severity severity_of(std::string_view iri);

class ConstraintAnnotations {
 public:
  explicit ConstraintAnnotations(const ShapeSource& source)
      : source_(source), reifiers_(source.graph, source.names[Name::rdf_reifies]) {}

  // Gives the constraint what the shape says, and over it what annotations of its statements say.
  void apply(const Statement& declared, const Shape& shape, Constraint& into) const;

 private:
  void apply_statement(const Statement& statement, Constraint& into) const;

  const ShapeSource& source_;
  Reifiers reifiers_;
};

}  // namespace dossier
