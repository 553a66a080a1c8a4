// How the room learns places: it asks whoever calls it, since files are read elsewhere.
#pragma once

#include <cstddef>
#include <functional>

#include "base/diagnostic.hpp"
#include "graph/graph.hpp"

namespace dossier {

// The place of the statement at `position` of graph.statements(). May give an unknown place.
using PlaceOf = std::function<Place(const Graph& graph, std::size_t position)>;

// Only the file: what the evidence says without reading anything.
Place source_of(const Graph& graph, std::size_t position);

}  // namespace dossier
