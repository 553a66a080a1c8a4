// SHACL Compact Syntax (W3C Community Group draft of 2018) -> statements. A file of shapes is held
// as a whole; nesting is bounded by Limits::max_shape_depth. Errors have a place, and end the
// reading.
#pragma once

#include "sources/rdf.hpp"

namespace dossier {

Expected<RdfReadCounts> read_shaclc(ByteSource& source, const RdfReadOptions& options,
                                    StatementSinkRef sink);

}  // namespace dossier
