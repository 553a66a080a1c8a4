// An RDF file into a graph and out as sorted, nested, diff-stable Turtle, on one thread:
//   rdf_graph_bench FILE [OUT]
// Prints CPU seconds of each phase and the peak memory behind it. Statements come to the graph as
// in the command line.
#include <string>

#include <fmt/format.h>

#include "base/output.hpp"
#include "bench/figures.hpp"
#include "exporters/rdf.hpp"
#include "graph/room.hpp"
#include "sources/rdf.hpp"

namespace {

using namespace dossier;

class GraphPiece final : public RdfPiece {
 public:
  explicit GraphPiece(Shard& shard) : shard_(shard) {}
  bool statement(const StatementView& statement) override {
    held_.emplace_back(statement);
    if (held_.size() == kHeld) end();
    return true;
  }
  void end() override {
    shard_.statements(held_);
    held_.clear();
  }

 private:
  static constexpr std::size_t kHeld = 64;
  Shard& shard_;
  std::vector<Shard::Held> held_;
};

class GraphPieces final : public RdfPieceSink {
 public:
  explicit GraphPieces(Shard& shard) : shard_(shard) {}
  std::unique_ptr<RdfPiece> open(std::size_t) override {
    return std::make_unique<GraphPiece>(shard_);
  }
  bool close(std::unique_ptr<RdfPiece>) override { return true; }

 private:
  Shard& shard_;
};

class Phases {
 public:
  void end(const char* name) {
    const double now = cpu_seconds();
    fmt::print("{:8} {:6.3f} CPU s, peak {:5.0f} MB\n", name, now - last_, peak_mb());
    last_ = now;
  }

 private:
  double last_ = cpu_seconds();
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: rdf_graph_bench FILE [OUT]\n");
    return 64;
  }
  const auto format = guess_format(argv[1]);
  auto source = open_input(argv[1]);
  if (!format || !source || !can_split_rdf(*format)) {
    fmt::print(stderr, "{}: no file of N-Triples or N-Quads\n", argv[1]);
    return 2;
  }
  Phases phases;
  Builder builder;
  builder.shard().begin_source(builder.add_source({.path = argv[1]}));
  GraphPieces pieces(builder.shard());
  DiagnosticCollector diagnostics;
  const auto read = read_rdf_pieces(**source, *format, {}, pieces, diagnostics);
  if (!read) {
    fmt::print(stderr, "{}\n", render(read.error()));
    return 1;
  }
  phases.end("read");
  const Graph graph = freeze(std::move(builder));
  phases.end("sort");
  RdfWriteOptions options{.prefixes = Prefixes::well_known()};
  options.mode = RdfWriteMode::diff_stable;
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
