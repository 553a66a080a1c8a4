// SHACL Compact Syntax (W3C Community Group draft of 2018). It has a form for a part of SHACL Core
// only: a graph that holds anything else is refused, and the statement named.
#pragma once

#include "exporters/rdf.hpp"
#include "exporters/write_order.hpp"

namespace dossier {

// The number of statements.
Expected<std::uint64_t> write_shaclc(const Graph& graph, const WriteOrder& order,
                                     const RdfWriteOptions& options, ByteSink& out);

}  // namespace dossier
