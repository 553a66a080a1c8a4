// EntityGraph -> GEXF 1.3, streamed like GraphML and valid by the RELAX NG grammar: the best way
// into Gephi, since it alone carries kinds of edges, lists, colours and time together.
//
// Attributes are those of graphml.hpp, but several values are a `liststring`, and kind and label
// are XML attributes of the edge. A link with a start or end date is an edge with an interval of
// days: partial dates are padded outwards (2020-09 starts on the first and ends on the thirtieth)
// and `start_precision` and `end_precision` say day, month or year; `start` and `end` keep the
// dates as they are. Of several dates the earliest start and the latest end count. An end before
// the start gives no interval and a report. Colours by class, sizes by the number of edges.
#pragma once

#include "base/diagnostic.hpp"
#include "base/output.hpp"
#include "exporters/network.hpp"
#include "graph/entity_graph.hpp"

namespace dossier {

// As write_graphml.
NetworkCounts write_gexf(const EntityGraph& graph, const NetworkOptions& options, ByteSink& out,
                         DiagnosticSink* diagnostics = nullptr);

}  // namespace dossier
