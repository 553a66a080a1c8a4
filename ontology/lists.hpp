// RDF lists out of a Graph.
#pragma once

#include <optional>
#include <vector>

#include "ontology/names.hpp"

namespace dossier {

// The members of the list at `head`; nothing when it is no well-formed list: a cell without exactly
// one rdf:first and one rdf:rest, a circle, or an end that is not rdf:nil.
std::optional<std::vector<TermId>> read_list(const Graph& graph, const Names& names, TermId head);

}  // namespace dossier
