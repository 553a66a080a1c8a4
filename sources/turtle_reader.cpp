#include "sources/turtle_reader.hpp"

#include "sources/byte_window.hpp"
#include "sources/turtle_parser.hpp"

namespace dossier {

Expected<RdfReadCounts> read_turtle(ByteSource& source, bool trig, const RdfReadOptions& options,
                                    StatementSinkRef sink, DiagnosticSink& diagnostics) {
  // A token is its text and at most a datatype or tag with punctuation.
  constexpr std::size_t kAround = std::size_t{64} << 10;
  ByteWindow window(source, options.block_bytes, options.limits.max_literal_bytes + kAround);
  TurtleParser parser(window, trig, options, sink);
  RdfReadCounts counts;
  while (!parser.run()) {
    const SyntaxFault& fault = parser.fault();
    Diagnostic diagnostic =
        make_diagnostic(fault.code, window.place(fault.at), fault.message, fault.hint);
    if (!options.recover || !parser.recover()) return std::unexpected(std::move(diagnostic));
    ++counts.errors;
    diagnostics.report(std::move(diagnostic));
  }
  counts.statements = parser.statements();
  return counts;
}

}  // namespace dossier
