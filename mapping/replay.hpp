// A triples map run again on one record, to find out which values a statement was made of. Cold
// path; part of explain.hpp.
#pragma once

#include <vector>

#include "graph/graph.hpp"
#include "mapping/plan.hpp"

namespace dossier {

// The slots whose values are in the statement at `position`: those of its object, or those of its
// subject where the object takes no value. In order, each once.
std::vector<std::uint32_t> slots_of_statement(const Plan& plan, const MapPlan& map,
                                              std::span<const Value> row, std::uint64_t offset,
                                              const Graph& graph, std::size_t position);

}  // namespace dossier
