#include "sources/jsonld.hpp"

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/rdf.hpp"
#include "base/line_index.hpp"
#include "graph/jsonld_expand.hpp"
#include "sources/jsonld_rdf.hpp"

namespace dossier {

Expected<RdfReadCounts> read_jsonld(ByteSource& source, const JsonLdOptions& options,
                                    StatementSinkRef sink, DiagnosticSink& diagnostics) {
  const Expected<std::string> text = read_all(source, options.limits.max_literal_bytes);
  if (!text) return std::unexpected(text.error());
  const Expected<Json> document =
      parse_json(*text, source.name(), options.limits.max_jsonld_depth, diagnostics);
  if (!document) return std::unexpected(document.error());
  Json expand_context;
  if (!options.expand_context.empty()) {
    Expected<Json> parsed = parse_json(options.expand_context, "the context for expansion",
                                       options.limits.max_jsonld_depth, diagnostics);
    if (!parsed) return std::unexpected(parsed.error());
    expand_context = std::move(*parsed);
  }
  const auto failure = [&](const JsonLdError& error) {
    const LineColumn at = line_column(*text, error.offset);
    const bool remote = error.code == "loading remote context failed";
    return fail(remote ? code::network_refused : code::jsonld_error,
                {source.name(), at.line, at.column},
                error.detail.empty() ? error.code : fmt::format("{}: {}", error.code, error.detail),
                remote ? "save the context and say where: --copy ADDRESS=FILE" : "");
  };
  JsonLdDocuments documents(options.load_context, options.limits.max_jsonld_depth, diagnostics);
  const ContextProcessor contexts([&](const std::string& url) { return documents.find(url); },
                                  options.mode_1_0);
  const JsonLd<Json> expanded = JsonLdExpander(contexts).expand_document(
      *document, options.base, options.expand_context.empty() ? nullptr : &expand_context);
  if (!expanded) return failure(expanded.error());
  JsonLdEmitter emitter(options, options.blank_scope, sink);
  if (const auto done = emitter.emit(*expanded); !done) return failure(done.error());
  return RdfReadCounts{.statements = emitter.statements()};
}

}  // namespace dossier
