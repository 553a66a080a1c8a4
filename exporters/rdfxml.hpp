// A whole Graph as RDF/XML: a node element for each subject in the order of output, typed where the
// first type can be an XML name; see rdfxml_blocks.hpp. What XML cannot hold is refused: predicates
// that do not end in an XML name, most control characters. Triple terms and base directions are
// written as in RDF 1.2 XML Syntax. Cost: about 200 ns a statement on one core.
#pragma once

#include <cstdint>

#include "base/diagnostic.hpp"
#include "base/output.hpp"
#include "exporters/rdf.hpp"
#include "exporters/write_order.hpp"
#include "graph/graph.hpp"

namespace dossier {

Expected<std::uint64_t> write_rdfxml(const Graph& graph, const WriteOrder& order,
                                     const RdfWriteOptions& options, ByteSink& out);

}  // namespace dossier
