#include "sources/rdfxml_reader.hpp"

#include "base/codes/trees.hpp"
#include "sources/rdfxml_parser.hpp"

namespace dossier {

Expected<RdfReadCounts> read_rdfxml(ByteSource& source, const RdfReadOptions& options,
                                    StatementSinkRef sink, DiagnosticSink& diagnostics) {
  XmlEvents events(source, options.limits, options.block_bytes);
  RdfXmlParser parser(events, options, sink, diagnostics);
  Expected<void> read = events.run(parser);
  if (parser.failure()) return std::unexpected(*parser.failure());
  RdfReadCounts counts = parser.counts();
  if (!read) {
    // Nothing can be read behind a fault of the XML itself.
    const bool bad_document = read.error().code == code::xml_syntax;
    if (!options.recover || !bad_document) return std::unexpected(std::move(read.error()));
    ++counts.errors;
    diagnostics.report(std::move(read.error()));
  }
  return counts;
}

}  // namespace dossier
