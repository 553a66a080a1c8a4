// A whole Graph as Turtle or TriG: the prefixes that are used, then a block for each subject in the
// order of output, rdf:type first, blank nodes and lists in place where that is lossless
// (nesting.hpp, turtle_blocks.hpp). Cost: about 100 ns a statement on one core.
#pragma once

#include <cstdint>

#include "base/diagnostic.hpp"
#include "base/output.hpp"
#include "exporters/rdf.hpp"
#include "exporters/write_order.hpp"
#include "graph/graph.hpp"

namespace dossier {

// Turtle is TriG of a graph that has only a default graph.
Expected<std::uint64_t> write_turtle(const Graph& graph, const WriteOrder& order,
                                     const RdfWriteOptions& options, ByteSink& out);

}  // namespace dossier
