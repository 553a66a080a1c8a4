#include "sources/rdf.hpp"

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/rdf.hpp"
#include "graph/iri.hpp"
#include "sources/jsonld.hpp"
#include "sources/ntriples_reader.hpp"
#include "sources/passing_pieces.hpp"
#include "sources/rdfxml_reader.hpp"
#include "sources/shaclc_reader.hpp"
#include "sources/turtle_reader.hpp"
#include "sources/turtle_split.hpp"

namespace dossier {

bool can_read_rdf(Format format) {
  switch (format) {
    case Format::ntriples:
    case Format::nquads:
    case Format::turtle:
    case Format::trig:
    case Format::rdfxml:
    case Format::jsonld:
    case Format::shaclc:
      return true;
    case Format::graphml:
    case Format::gexf:
      return false;
  }
  return false;
}

namespace {

Expected<void> check_base(const ByteSource& source, const std::string& base) {
  if (base.empty() || is_absolute_reference(base)) return {};
  return fail(code::rdf_bad_iri, {source.name()},
              fmt::format("the base <{}> is not absolute", base));
}

}  // namespace

Expected<RdfReadCounts> read_rdf(ByteSource& source, Format format, const RdfReadOptions& options,
                                 StatementSinkRef sink, DiagnosticSink& diagnostics) {
  if (Expected<void> good = check_base(source, options.base); !good) {
    return std::unexpected(good.error());
  }
  switch (format) {
    case Format::turtle:
    case Format::trig:
      return read_turtle(source, format == Format::trig, options, sink, diagnostics);
    case Format::ntriples:
    case Format::nquads:
      return read_ntriples(source, format == Format::nquads, options, sink, diagnostics);
    case Format::jsonld: {
      JsonLdOptions jsonld;
      jsonld.base = options.base;
      jsonld.blank_scope = options.blank_scope;
      jsonld.load_context = options.load_context;
      jsonld.limits = options.limits;
      return read_jsonld(source, jsonld, sink, diagnostics);
    }
    case Format::rdfxml:
      return read_rdfxml(source, options, sink, diagnostics);
    case Format::shaclc:
      return read_shaclc(source, options, sink);
    case Format::graphml:
    case Format::gexf:
      break;
  }
  return fail(code::unknown_format, {source.name()},
              fmt::format("there is no reader for {}", info(format).name));
}

bool can_split_rdf(Format format) {
  return format == Format::ntriples || format == Format::nquads || format == Format::turtle;
}

Expected<RdfReadCounts> read_rdf_pieces(ByteSource& source, Format format,
                                        const RdfReadOptions& options, RdfPieceSink& sink,
                                        DiagnosticSink& diagnostics) {
  if (format == Format::ntriples || format == Format::nquads) {
    return read_ntriples_pieces(source, format == Format::nquads, options, sink, diagnostics);
  }
  if (format == Format::turtle && can_split_turtle(options) &&
      (options.threads > 1 || sink.wants_lasting_views())) {
    if (Expected<void> good = check_base(source, options.base); !good) {
      return std::unexpected(good.error());
    }
    return read_turtle_split(source, options, sink, diagnostics);
  }
  PassingPieces pieces(sink);
  Expected<RdfReadCounts> counts = read_rdf(source, format, options, pieces, diagnostics);
  pieces.close();
  return counts;
}

}  // namespace dossier
