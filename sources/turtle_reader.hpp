// Turtle and TriG (RDF 1.1 and 1.2) -> statements. Streams: holds the open brackets and the token
// at hand. Nesting stands on a stack of its own, 96 bytes and two texts a level, up to
// Limits::max_depth.
#pragma once

#include "sources/rdf.hpp"

namespace dossier {

Expected<RdfReadCounts> read_turtle(ByteSource& source, bool trig, const RdfReadOptions& options,
                                    StatementSinkRef sink, DiagnosticSink& diagnostics);

}  // namespace dossier
