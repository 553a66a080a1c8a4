#include "exporters/rdf.hpp"

#include <algorithm>

#include "base/codes/exports.hpp"
#include "exporters/jsonld.hpp"
#include "exporters/lines.hpp"
#include "exporters/rdfxml.hpp"
#include "exporters/refusal.hpp"
#include "exporters/shaclc.hpp"
#include "exporters/turtle.hpp"
#include "exporters/write_order.hpp"

namespace dossier {
namespace {

using WriteGraph = Expected<std::uint64_t> (*)(const Graph&, const WriteOrder&,
                                               const RdfWriteOptions&, ByteSink&);

struct Writer {
  Format format;
  WriteGraph write;
};

constexpr Writer kWriters[] = {
    {Format::ntriples, write_lines}, {Format::nquads, write_lines},  {Format::turtle, write_turtle},
    {Format::trig, write_turtle},    {Format::rdfxml, write_rdfxml}, {Format::jsonld, write_jsonld},
    {Format::shaclc, write_shaclc},
};

const Writer* find_writer(Format format) {
  const auto* const found = std::ranges::find(kWriters, format, &Writer::format);
  return found == std::end(kWriters) ? nullptr : found;
}

std::optional<Error> refuse_named_graphs(const Graph& graph, Format format) {
  if (info(format).holds_graphs) return std::nullopt;
  const auto named =
      std::ranges::find_if(graph.statements(), [](const Statement& s) { return bool{s.graph}; });
  if (named == graph.statements().end()) return std::nullopt;
  return refusal(graph, *named, code::export_named_graph, "the statement stands in a named graph");
}

WriteOrder order_of(const Graph& graph, const RdfWriteOptions& options, Format format) {
  const bool lines = format == Format::ntriples || format == Format::nquads;
  const bool kept = options.mode == RdfWriteMode::pretty ||
                    (options.mode == RdfWriteMode::canonical && lines) ||
                    graph.term_count(TermKind::blank) == 0;
  return kept ? WriteOrder(graph) : WriteOrder(graph, content_labels(graph));
}

}  // namespace

bool can_write_rdf(Format format) {
  return find_writer(format) != nullptr;
}

Expected<RdfWriteCounts> write_rdf(const Graph& graph, Format format,
                                   const RdfWriteOptions& options, ByteSink& out) {
  const Writer* const writer = find_writer(format);
  if (writer == nullptr) {
    return fail(code::export_format, {}, std::string(info(format).name));
  }
  if (auto error = refuse_named_graphs(graph, format)) return std::unexpected(std::move(*error));
  const std::uint64_t before = out.bytes_written();
  const WriteOrder order = order_of(graph, options, format);
  Expected<std::uint64_t> statements = writer->write(graph, order, options, out);
  if (!statements) return std::unexpected(std::move(statements.error()));
  return RdfWriteCounts{*statements, out.bytes_written() - before};
}

}  // namespace dossier
