// RDF/XML (RDF 1.1 and 1.2) -> statements. Streams over expat; memory is the open elements, the
// text at hand and one entry for each rdf:ID of the document (they must not repeat).
#pragma once

#include "sources/rdf.hpp"

namespace dossier {

Expected<RdfReadCounts> read_rdfxml(ByteSource& source, const RdfReadOptions& options,
                                    StatementSinkRef sink, DiagnosticSink& diagnostics);

}  // namespace dossier
