#include "sources/turtle_reader.hpp"

#include "sources/pieces_in_order.hpp"
#include "sources/turtle_split.hpp"

namespace dossier {

std::size_t max_turtle_token(const Limits& limits) {
  constexpr std::size_t kAround = std::size_t{64} << 10;
  return limits.max_literal_bytes + kAround;
}

Expected<void> pass_turtle_fault(TurtleParser& parser, const ByteWindow& window, bool recover,
                                 RdfReadCounts& counts, DiagnosticSink& diagnostics) {
  const SyntaxFault& fault = parser.fault();
  Diagnostic diagnostic =
      make_diagnostic(fault.code, window.place(fault.at), fault.message, fault.hint);
  if (!recover || !parser.recover()) return std::unexpected(std::move(diagnostic));
  ++counts.errors;
  diagnostics.report(std::move(diagnostic));
  return {};
}

Expected<RdfReadCounts> read_turtle(ByteSource& source, bool trig, const RdfReadOptions& options,
                                    StatementSinkRef sink, DiagnosticSink& diagnostics) {
  if (!trig && options.threads > 1 && can_split_turtle(options)) {
    PiecesInOrder in_order(sink);
    Expected<RdfReadCounts> counts = read_turtle_split(source, options, in_order, diagnostics);
    if (counts) counts->statements = in_order.delivered();
    return counts;
  }
  ByteWindow window(source, options.block_bytes, max_turtle_token(options.limits));
  TurtleParser parser(window, trig, options, sink);
  RdfReadCounts counts;
  while (!parser.run()) {
    const Expected<void> passed =
        pass_turtle_fault(parser, window, options.recover, counts, diagnostics);
    if (!passed) return std::unexpected(passed.error());
  }
  counts.statements = parser.statements();
  return counts;
}

}  // namespace dossier
