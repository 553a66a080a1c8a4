// EntityGraph -> GraphML 1.0, streamed: no document is ever held, so the memory is that of a few
// buffers a thread. Valid by the GraphML schema; with `for_gephi` all but the `label` attribute of
// edges is. About 0.6 GB a second and thread (5 M statements in 0.7 s), of which a third finds out
// the types.
//
// Nodes are n0, n1 ..., edges e0, e1 ... in the order of the EntityGraph. Node attributes: iri,
// label, type (the name of the narrowest class), class (the IRIs of all classes) and one for each
// property with literals. Edge attributes: kind (the label of the link class, or the name of the
// predicate), predicate, link and link_class (IRIs), symmetric, start, end, sources and one for
// each other property of the link; a resource is written as its IRI. `attr.type` is the narrowest
// that all values of the column fit. GraphML has no lists: where an element has several values the
// column is text, and every cell of it holds its values joined by " | ", with "\" before "|" and
// "\" inside values. All edges are directed, since networkx refuses mixed files; `symmetric` says
// which ones mean both ways. Languages of literals are not written.
#pragma once

#include "base/diagnostic.hpp"
#include "base/output.hpp"
#include "exporters/network.hpp"
#include "graph/entity_graph.hpp"

namespace dossier {

// Does not finish the sink, which remembers a failed write. Replaced characters and joined values
// are reported to `diagnostics` when it is given.
NetworkCounts write_graphml(const EntityGraph& graph, const NetworkOptions& options, ByteSink& out,
                            DiagnosticSink* diagnostics = nullptr);

}  // namespace dossier
