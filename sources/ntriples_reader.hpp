// N-Triples and N-Quads (RDF 1.1 and 1.2) -> statements, by chunks of lines. With one thread the
// statements go from the chunk to the sink at once; with more, chunks are parsed side by side and
// their statements handed on in the order of the document.
#pragma once

#include "sources/rdf.hpp"

namespace dossier {

Expected<RdfReadCounts> read_ntriples_pieces(ByteSource& source, bool quads,
                                             const RdfReadOptions& options, RdfPieceSink& sink,
                                             DiagnosticSink& diagnostics);

Expected<RdfReadCounts> read_ntriples(ByteSource& source, bool quads, const RdfReadOptions& options,
                                      StatementSinkRef sink, DiagnosticSink& diagnostics);

}  // namespace dossier
