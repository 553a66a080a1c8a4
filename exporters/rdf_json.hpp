// Graph -> RDF/JSON (W3C note, 2013): subjects, their predicates, lists of objects. It holds
// neither named graphs nor triple terms; a statement of either is an error.
#pragma once

#include "base/diagnostic.hpp"
#include "base/output.hpp"
#include "graph/graph.hpp"

namespace dossier {

// Does not finish the sink. In the order of the graph.
Expected<void> write_rdf_json(const Graph& graph, ByteSink& out);

}  // namespace dossier
