// What can be said of shapes only when all have been read: their order, sibling shapes, the
// properties that closed shapes allow, and whether they refer to each other in a circle or too
// deeply. A part of the shape loader.
#pragma once

#include <vector>

#include "base/limits.hpp"
#include "ontology/names.hpp"
#include "ontology/shapes.hpp"
#include "ontology/trouble.hpp"

namespace dossier {

struct ShapeSource {
  const Graph& graph;
  const Names& names;
  const Limits& limits;
  GraphTrouble& trouble;

  std::span<const Statement> about(TermId subject, Name predicate) const {
    if (!names[predicate]) return {};
    return graph.about(subject, names[predicate]);
  }
  // Reports that the object of the statement is not what SHACL wants there.
  void malformed(const Statement& statement, std::string_view wanted) const;
  bool is_boolean(TermId id) const;
  // "1"^^xsd:boolean is another term than true, and SHACL asks for the term.
  bool is_true(TermId id) const { return is_boolean(id) && graph.text(id) == "true"; }
};

void join_shapes(const ShapeSource& source, std::vector<Shape>& shapes, const PathSet& paths);

}  // namespace dossier
