// What is odd about an ontology or about shapes, though nothing in them is wrong: terms without a
// label, names that differ in letter case only, shapes that can never hold, terms in shapes that
// nothing declares. For `dossier lint`; what is wrong has been reported by the loaders.
#pragma once

#include "base/diagnostic.hpp"
#include "ontology/model.hpp"
#include "ontology/place.hpp"
#include "ontology/shapes.hpp"

namespace dossier {

// `graph` is the one that the ontology was loaded from.
void lint_ontology(const Ontology& ontology, const Graph& graph, DiagnosticSink& diagnostics,
                   const PlaceOf& place_of = source_of,
                   const Prefixes& prefixes = Prefixes::well_known());

// `ontology` may be null: then only datatypes of XML Schema are looked up.
void lint_shapes(const ShapeSet& shapes, const Ontology* ontology, DiagnosticSink& diagnostics,
                 const PlaceOf& place_of = source_of,
                 const Prefixes& prefixes = Prefixes::well_known());

}  // namespace dossier
