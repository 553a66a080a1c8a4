// EntityGraph -> two CSV tables (RFC 4180, UTF-8, lines end in LF), streamed: one of nodes, one of
// edges, under the column names that Gephi's import takes (Id, Label; Source, Target, Type, Id,
// Kind, Label). The further columns are those of graphml.hpp, always all of them and in one order;
// an absent value is an empty cell, an empty text is "". Several values are joined as in GraphML.
// CSV has no types: a reader guesses them from some rows and may refuse later ones, so GEXF is the
// better way into Gephi. Edges have no interval, since Gephi refuses one beside columns that look
// like dates.
#pragma once

#include "base/diagnostic.hpp"
#include "base/output.hpp"
#include "exporters/network.hpp"
#include "graph/entity_graph.hpp"

namespace dossier {

// They finish no sink. Either may be written alone.
NetworkCounts write_node_table(const EntityGraph& graph, const NetworkOptions& options,
                               ByteSink& out);
NetworkCounts write_edge_table(const EntityGraph& graph, const NetworkOptions& options,
                               ByteSink& out);

}  // namespace dossier
