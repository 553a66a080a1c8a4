// Turtle on several threads, with the result of one. Where a statement ends cannot be seen from
// afar, so it is guessed (turtle_chunks.hpp) and proved: a chunk that reads as whole statements, in
// the state that the document has at its first byte, ends where a statement ends, so the state
// holds for the next one too. A chunk that does not, for whatever reason (the guess was wrong, a
// directive, a fault, anonymous nodes in triple terms), is read again from its first byte by the
// reader of one thread, which alone reports faults and declares prefixes. Behind it guessing goes
// on; the worse it guessed, the later. Statements are handed on by one thread at a time, in order.
#pragma once

#include "base/diagnostic.hpp"
#include "base/input.hpp"
#include "sources/rdf.hpp"

namespace dossier {

// Whether the options allow it: more than one thread, and no token longer than chunks may be.
bool can_split_turtle(const RdfReadOptions& options);

Expected<RdfReadCounts> read_turtle_split(ByteSource& source, const RdfReadOptions& options,
                                          StatementSinkRef sink, DiagnosticSink& diagnostics);

}  // namespace dossier
