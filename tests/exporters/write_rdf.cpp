// Writes graphs with every RDF writer, for foreign readers.
//   write_rdf OUT < LIST
// Each line of LIST is "NAME random SEED" or "NAME FORMAT BASE PATH". For each, OUT/NAME.nq holds
// the statements one by one, and OUT/NAME.MODE.EXT what each writer makes of them (MODE: pretty,
// stable, stream; contextN for JSON-LD with a context); what a syntax cannot hold is left out.
// Prints "NAME graphs triples", the two as 0 or 1.
#include <filesystem>
#include <iostream>
#include <sstream>
#include <string>

#include <fmt/format.h>

#include "exporters/rdf.hpp"
#include "exporters/turtle_stream.hpp"
#include "graph/freeze.hpp"
#include "sources/rdf.hpp"
#include "tests/support/compaction_contexts.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/statement_views.hpp"

namespace {

using namespace dossier;

struct GraphSink {
  Builder builder;
  Prefixes prefixes;
  bool statement(const StatementView& view) { return builder.shard().statement(view); }
  void prefix(std::string_view name, std::string_view iri) { prefixes.set(name, iri); }
};

[[noreturn]] void give_up(const Error& error) {
  std::cerr << render(error) << "\n";
  std::exit(1);
}

template <class T>
T must(Expected<T>&& value) {
  if (!value) give_up(value.error());
  if constexpr (!std::is_void_v<T>) return std::move(*value);
}

struct Sample {
  Graph graph;
  Prefixes prefixes;
};

Sample read_sample(std::istream& line) {
  std::string what;
  line >> what;
  if (what == "random") {
    std::uint64_t seed = 0;
    line >> seed;
    Sample out{.graph = test::random_graph({.seed = seed,
                                            .statements = 5 + seed % 40,
                                            .named_graphs = seed % 3 == 0,
                                            .triple_terms = seed % 2 == 0,
                                            .odd_iris = false,
                                            .controls = seed % 5 != 0}),
               .prefixes = {}};
    out.prefixes.set("ex", "http://example.org/");
    out.prefixes.set("deep", "http://example.org/deep/");
    return out;
  }
  RdfReadOptions options;
  std::string path;
  line >> options.base >> std::ws;
  std::getline(line, path);
  GraphSink sink;
  DiagnosticCollector diagnostics;
  const auto source = must(open_input(path));
  must(read_rdf(*source, *find_format(what), options, sink, diagnostics));
  return {freeze(std::move(sink.builder)), std::move(sink.prefixes)};
}

bool streams(Format format) {
  return format == Format::ntriples || format == Format::nquads || format == Format::turtle ||
         format == Format::trig;
}

// One statement after the other by a writer that holds no graph.
bool write_streamed(const Sample& sample, Format format, ByteSink& out) {
  if (format == Format::ntriples || format == Format::nquads) {
    LineWriter writer(format, out);
    test::each_statement(sample.graph, [&](const StatementView& v) { writer.statement(v); });
    return !writer.error();
  }
  TurtleStreamWriter writer(format, out, sample.prefixes);
  test::each_statement(sample.graph, [&](const StatementView& v) { writer.statement(v); });
  writer.finish();
  return !writer.error();
}

void write_with_contexts(const std::filesystem::path& out, const std::string& name,
                         const Graph& graph) {
  std::size_t number = 0;
  for (const std::string_view context : test::kCompactionContexts) {
    RdfWriteOptions options;
    options.context = std::make_shared<const JsonLdContext>(
        JsonLdContext{.name = "context", .text = std::string(context), .address = {}, .load = {}});
    const auto file = must(open_output(out / fmt::format("{}.context{}.jsonld", name, ++number)));
    if (write_rdf(graph, Format::jsonld, options, *file)) must(file->finish());
  }
}

void write_all(const std::filesystem::path& out, const std::string& name, const Sample& sample) {
  bool graphs = false;
  for (const Statement& s : sample.graph.statements()) graphs = graphs || s.graph;
  const bool triples = sample.graph.term_count(TermKind::triple) > 0;
  std::cout << fmt::format("{} {:d} {:d}\n", name, graphs, triples);

  const auto plain = must(open_output(out / (name + ".nq")));
  must(write_rdf(sample.graph, Format::nquads, {}, *plain));
  must(plain->finish());
  for (const FormatInfo& each : all_formats()) {
    if (!can_write_rdf(each.format) || (graphs && !each.holds_graphs)) continue;
    if (each.format == Format::shaclc) continue;  // of shapes only: shaclc_test
    for (const auto& [mode_name, mode] : {std::pair{"pretty", RdfWriteMode::pretty},
                                          std::pair{"stable", RdfWriteMode::diff_stable}}) {
      const std::string extension(each.extensions.substr(0, each.extensions.find(' ')));
      const auto file =
          must(open_output(out / fmt::format("{}.{}.{}", name, mode_name, extension)));
      const auto counts =
          write_rdf(sample.graph, each.format, {.prefixes = sample.prefixes, .mode = mode}, *file);
      if (counts) must(file->finish());
    }
    if (!streams(each.format)) continue;
    const auto file =
        must(open_output(out / fmt::format("{}.stream.{}", name,
                                           each.extensions.substr(0, each.extensions.find(' ')))));
    if (write_streamed(sample, each.format, *file)) must(file->finish());
  }
  if (!triples) write_with_contexts(out, name, sample.graph);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string name;
    words >> name;
    write_all(argv[1], name, read_sample(words));
  }
}
