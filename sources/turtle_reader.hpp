// Turtle and TriG (RDF 1.1 and 1.2) -> statements. Streams: holds the open brackets and the token
// at hand. Nesting stands on a stack of its own, 96 bytes and two texts a level, up to
// Limits::max_depth.
#pragma once

#include "sources/rdf.hpp"
#include "sources/turtle_parser.hpp"

namespace dossier {

Expected<RdfReadCounts> read_turtle(ByteSource& source, bool trig, const RdfReadOptions& options,
                                    StatementSinkRef sink, DiagnosticSink& diagnostics);

// ---- for the reader on several threads

// A token is its text and at most a datatype or tag with punctuation.
std::size_t max_turtle_token(const Limits& limits);

// Reports and counts the parser's fault and goes behind it; the failure is that it cannot.
Expected<void> pass_turtle_fault(TurtleParser& parser, const ByteWindow& window, bool recover,
                                 RdfReadCounts& counts, DiagnosticSink& diagnostics);

}  // namespace dossier
