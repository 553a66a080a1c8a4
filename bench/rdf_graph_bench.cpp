// An RDF file into a graph and out as sorted, nested, diff-stable Turtle:
//   rdf_graph_bench FILE [OUT [THREADS]]
// Prints CPU and wall seconds of each phase and the peak memory behind it. Statements come to the
// graph as in the command line.
#include <algorithm>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "base/output.hpp"
#include "bench/figures.hpp"
#include "exporters/rdf.hpp"
#include "graph/room.hpp"
#include "sources/rdf.hpp"
#include "sources/shard_pieces.hpp"

namespace {

using namespace dossier;

class Phases {
 public:
  void end(const char* name) {
    const double cpu = cpu_seconds();
    const double wall = wall_seconds();
    fmt::print("{:8} {:6.3f} CPU s, {:6.3f} s, peak {:5.0f} MB\n", name, cpu - cpu_, wall - wall_,
               peak_mb());
    cpu_ = cpu;
    wall_ = wall;
  }

 private:
  double cpu_ = cpu_seconds();
  double wall_ = wall_seconds();
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: rdf_graph_bench FILE [OUT [THREADS]]\n");
    return 64;
  }
  const auto format = guess_format(argv[1]);
  auto source = open_input(argv[1]);
  if (!format || !source || !can_split_rdf(*format)) {
    fmt::print(stderr, "{}: no file of N-Triples, N-Quads or Turtle\n", argv[1]);
    return 2;
  }
  Phases phases;
  Builder builder;
  builder.shard().begin_source(builder.add_source({.path = argv[1]}));
  ShardPieces pieces(builder.shard(), {});
  DiagnosticCollector diagnostics;
  RdfReadOptions reading;
  if (argc > 3) reading.threads = static_cast<std::size_t>(std::max(1, std::atoi(argv[3])));
  const auto read = read_rdf_pieces(**source, *format, reading, pieces, diagnostics);
  if (!read) {
    fmt::print(stderr, "{}\n", render(read.error()));
    return 1;
  }
  phases.end("read");
  const Graph graph = freeze(std::move(builder), {.threads = reading.threads});
  phases.end("sort");
  RdfWriteOptions options{.prefixes = Prefixes::well_known()};
  options.mode = RdfWriteMode::diff_stable;
  options.threads = reading.threads;
  options.prefixes.set("e", "http://data.example.org/entity/");
  options.prefixes.set("st", "http://data.example.org/statement/");
  options.prefixes.set("s", "http://data.example.org/schema#");
  std::unique_ptr<ByteSink> out = std::make_unique<NullSink>();
  if (argc > 2) {
    auto file = open_output(argv[2]);
    if (!file) return 2;
    out = std::move(*file);
  }
  const auto written = write_rdf(graph, Format::turtle, options, *out);
  if (!written || !out->finish()) return 1;
  phases.end("write");
  fmt::print("{} statements, {} terms, {} MB of Turtle; {:.3f} CPU s in all\n", graph.size(),
             graph.term_count(), written->bytes >> 20, cpu_seconds());
}
