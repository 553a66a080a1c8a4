// Which IRIs are of a graph's own making, so that a reference to one that is nowhere described is a
// mistake and not a link to the world.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "graph/graph.hpp"

namespace dossier {

// By number of the IRI: 1 when it begins with one of the namespaces. With none given, a namespace
// is the graph's own when at least two thirds of its IRIs are subjects. Linear in the IRIs.
std::vector<std::uint8_t> own_terms(const Graph& graph, std::span<const std::string> namespaces);

}  // namespace dossier
