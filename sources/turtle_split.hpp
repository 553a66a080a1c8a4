// Turtle on several threads, with the result of one. Where a statement ends cannot be seen from
// afar, so it is guessed (turtle_chunks.hpp) and proved: a chunk that reads as whole statements, in
// the state that the document has at its first byte, ends where a statement ends, so the state
// holds for the next one too. A chunk that does not, for whatever reason (the guess was wrong, a
// directive, a fault, anonymous nodes in triple terms), is read again from its first byte by the
// reader of one thread, which alone reports faults and declares prefixes. Behind it guessing goes
// on; the worse it guessed, the later. A chunk fills a piece; pieces are closed in order.
#pragma once

#include "base/diagnostic.hpp"
#include "base/input.hpp"
#include "sources/rdf.hpp"

namespace dossier {

// Whether the options allow it: no token may be longer than chunks may be.
bool can_split_turtle(const RdfReadOptions& options);

// Its count may be higher than what the sink took before it wanted no more.
Expected<RdfReadCounts> read_turtle_split(ByteSource& source, const RdfReadOptions& options,
                                          RdfPieceSink& sink, DiagnosticSink& diagnostics);

}  // namespace dossier
