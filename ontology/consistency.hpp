// Where an ontology contradicts itself. Called by the loader, on the closed model.
#pragma once

#include "ontology/model.hpp"
#include "ontology/trouble.hpp"

namespace dossier {

void check_consistency(const Ontology& ontology, const Graph& graph, const Names& names,
                       GraphTrouble& trouble);

}  // namespace dossier
