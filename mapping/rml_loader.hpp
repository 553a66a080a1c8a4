// RML in RDF -> the model. Reads the new vocabulary (http://w3id.org/rml/), the older one of rml.io
// and R2RML into the same model. Loads from a Graph, never from a file: the caller says how to make
// a place of an evidence row.
#pragma once

#include "base/limits.hpp"
#include "mapping/model.hpp"
#include "mapping/rml_graph.hpp"

namespace dossier {

// Faults of the mapping are reported; what is whole is in the model all the same.
MappingModel load_rml(const Graph& graph, EvidencePlace place_of, const Limits& limits,
                      DiagnosticSink& diagnostics);

}  // namespace dossier
