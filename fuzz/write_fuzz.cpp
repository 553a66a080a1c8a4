// Any bytes, read as TriG, into every RDF writer. For each format that can hold the graph, in every
// mode and with blank nodes nested or not: the writer refuses it, or our reader finds the same
// graph in what was written. The number of threads leaves no trace in the bytes.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/codes/exports.hpp"
#include "base/hash.hpp"
#include "base/output.hpp"
#include "exporters/rdf.hpp"
#include "graph/difference.hpp"
#include "graph/freeze.hpp"
#include "sources/rdf.hpp"

namespace dossier {
namespace {

// Telling the blank nodes of larger ones apart may take for ever.
constexpr std::size_t kMaxStatements = 200;

struct GraphSink {
  Builder builder;
  Prefixes prefixes;
  bool statement(const StatementView& view) { return builder.shard().statement(view); }
  void prefix(std::string_view name, std::string_view iri) { prefixes.set(name, iri); }
};

void must(bool holds, const char* relation, std::string_view text) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n%.*s\n", relation, static_cast<int>(text.size()), text.data());
  std::abort();
}

bool read_graph(std::string_view text, Format format, GraphSink& sink) {
  RdfReadOptions options;
  options.base = "http://base/";
  options.limits.max_triple_depth = 50;
  DiagnosticCollector diagnostics;
  const auto source = memory_input(text, "fuzz");
  return read_rdf(*source, format, options, sink, diagnostics).has_value();
}

void check_writer(const Graph& graph, Format format, const RdfWriteOptions& options,
                  bool with_threads) {
  StringSink out;
  const auto written = write_rdf(graph, format, options, out);
  if (!written) return;
  must(written->bytes == out.text().size(), "the bytes are counted", out.text());
  GraphSink sink;
  must(read_graph(out.text(), format, sink), "what is written is read", out.text());
  const Graph again = freeze(std::move(sink.builder));
  const GraphDifference seen = difference(graph, again);
  const auto same = are_isomorphic(graph, again, seen, {.max_steps = 20'000});
  must(!same || *same, "what is written is read as the same", out.text());
  if (!with_threads) return;
  RdfWriteOptions threaded = options;
  threaded.threads = 3;
  StringSink other;
  must(write_rdf(graph, format, threaded, other).has_value() && other.text() == out.text(),
       "threads leave no trace", other.text());
}

void check(std::string_view text) {
  GraphSink sink;
  if (!read_graph(text, Format::trig, sink)) return;
  const Graph graph = freeze(std::move(sink.builder));
  if (graph.size() > kMaxStatements) return;
  const bool with_threads = hash_bytes(text) % 16 == 0;  // they cost more than all the rest
  for (const FormatInfo& each : all_formats()) {
    if (!can_write_rdf(each.format) || !can_read_rdf(each.format)) continue;
    // It holds shapes only, and says of every document that it is an ontology.
    if (each.format == Format::shaclc) continue;
    for (const RdfWriteMode mode : {RdfWriteMode::pretty, RdfWriteMode::diff_stable}) {
      for (const bool nest : {true, false}) {
        check_writer(graph, each.format,
                     {.prefixes = sink.prefixes,
                      .base = nest ? "" : "http://base/a",
                      .nest = nest,
                      .threads = 1,
                      .mode = mode,
                      .context = nullptr},
                     with_threads);
      }
    }
  }
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dossier::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
