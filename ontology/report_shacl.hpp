// Findings as a SHACL validation report (SHACL 1.0, 3.6): a Graph, which the exporters can write in
// any syntax. Checks of the ontology stand in it with a constraint component of the meta namespace.
// dm:place gives the place in the source where the caller can tell it.
#pragma once

#include "graph/graph.hpp"
#include "graph/prefixes.hpp"
#include "ontology/finding.hpp"
#include "ontology/place.hpp"

namespace dossier {

Graph shacl_report(const Findings& findings, const Prefixes& prefixes,
                   const PlaceOf& place_of = {});

}  // namespace dossier
