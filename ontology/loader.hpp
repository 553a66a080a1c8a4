// Graph -> Ontology: reads RDFS, the OWL that people use, and the meta vocabulary of links. Several
// files add up when they are read into one graph; later ones may say more of a term. What is wrong
// with the ontology itself is reported with its place.
#pragma once

#include "base/diagnostic.hpp"
#include "base/limits.hpp"
#include "graph/prefixes.hpp"
#include "ontology/model.hpp"
#include "ontology/place.hpp"

namespace dossier {

// Fails, after all has been reported, when there were errors: a contradiction, a link class without
// ends, a domain that is a datatype. Warnings and notes do not fail. Linear in the graph, and in
// the pairs of class and superclass; those are bounded by Limits::max_hierarchy.
Expected<Ontology> load_ontology(const Graph& graph, DiagnosticSink& diagnostics,
                                 const PlaceOf& place_of = source_of, const Limits& limits = {},
                                 const Prefixes& prefixes = Prefixes::well_known());

}  // namespace dossier
