// The room `exporters`: graphs as files. It does not know where statements came from.
//
//   rdf.hpp         Graph -> RDF files, grouped, nested and sorted: the writers of
//                   lines.hpp  turtle.hpp  rdfxml.hpp  jsonld.hpp  rdf_json.hpp  shaclc.hpp
//   pieces.hpp      statements -> N-Triples, N-Quads, Turtle, TriG as they come, in bounded memory:
//                   line_writer.hpp, turtle_stream.hpp
//   network.hpp     EntityGraph -> graphs of nodes and edges: graphml.hpp  gexf.hpp
//                   network_tables.hpp; what they share is network_writer.hpp
//
// What a syntax cannot hold is refused with the statement (refusal.hpp) or told beforehand
// (holds.hpp), never changed. Bytes depend on the graph alone: work is cut where the graph says
// (subject_chunks.hpp), formatted side by side and joined in order (chunks.hpp). Order and labels
// of blank nodes come from ids or from content (write_order.hpp, content_labels.hpp), namespaces
// from ranges of ids (namespaces.hpp).
#pragma once

#include "exporters/gexf.hpp"
#include "exporters/graphml.hpp"
#include "exporters/network_tables.hpp"
#include "exporters/pieces.hpp"
#include "exporters/rdf.hpp"
#include "exporters/turtle_stream.hpp"
