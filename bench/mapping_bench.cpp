// Mapping alone: runs a mapping to N-Triples or into a Builder, and prints rows and statements a
// second, bytes and peak memory.
//   mapping_bench MAPPING [-o FILE | --build] [--threads N] [--keep-duplicates] [--root DIR]
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "base/thread_pool.hpp"
#include "bench/figures.hpp"
#include "graph/freeze.hpp"
#include "mapping/mapping.hpp"

namespace {

using namespace dossier;

int complain(const Error& error, const DiagnosticCollector& diagnostics) {
  for (const Diagnostic& each : diagnostics.sorted()) fmt::print(stderr, "{}\n", render(each));
  fmt::print(stderr, "{}\n", render(error));
  return 2;
}

void print(const RunCounts& counts, double elapsed, std::uint64_t bytes) {
  std::uint64_t rows = 0;
  for (const SourceCounts& source : counts.sources) rows += source.records_read;
  fmt::print(stderr, "{} rows, {} statements, {} duplicates, {} rejected, {} terms absent\n", rows,
             counts.statements, counts.duplicates, counts.rejected(), [&] {
               std::uint64_t sum = 0;
               for (const SourceCounts& source : counts.sources) sum += source.absent_terms;
               return sum;
             }());
  fmt::print(stderr,
             "{:.3f} s: {:.2f} M rows/s, {:.2f} M statements/s, {:.0f} MB/s out, peak {:.0f} MB\n",
             elapsed, static_cast<double>(rows) / elapsed / 1e6,
             static_cast<double>(counts.statements) / elapsed / 1e6,
             static_cast<double>(bytes) / elapsed / 1e6, peak_mb());
}

}  // namespace

int main(int argc, char** argv) {
  std::string mapping_path;
  std::string output = "/dev/null";
  bool build = false;
  RunOptions run;
  CompileOptions compile_options;
  run.threads = thread_count();
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    const auto next = [&] { return i + 1 < argc ? argv[++i] : ""; };
    if (arg == "-o") {
      output = next();
    } else if (arg == "--threads") {
      run.threads = std::strtoul(next(), nullptr, 10);
    } else if (arg == "--root") {
      compile_options.source_root = next();
    } else if (arg == "--strict") {
      compile_options.strict = true;
    } else if (arg == "--build") {
      build = true;
    } else if (arg == "--keep-duplicates") {
      run.keep_duplicates = true;
    } else {
      mapping_path = arg;
    }
  }
  DiagnosticCollector diagnostics;
  const double begin = wall_seconds();
  auto mapping = load_mapping(mapping_path, {}, diagnostics);
  if (!mapping) return complain(mapping.error(), diagnostics);
  auto plan = compile(std::move(*mapping), compile_options, diagnostics);
  if (!plan) return complain(plan.error(), diagnostics);
  if (build) {
    Builder builder(run.threads);
    const auto counts = run_to_builder(*plan, builder, run, diagnostics);
    if (!counts) return complain(counts.error(), diagnostics);
    print(*counts, wall_seconds() - begin, 0);
    FreezeOptions options;
    options.threads = run.threads;
    const double before = wall_seconds();
    const Graph graph = freeze(std::move(builder), options);
    fmt::print(stderr, "freeze {:.3f} s, {} statements, peak {:.0f} MB\n", wall_seconds() - before,
               graph.size(), peak_mb());
  } else {
    auto sink = open_output(output);
    if (!sink) return complain(sink.error(), diagnostics);
    const auto counts = run_to_lines(*plan, **sink, run, diagnostics);
    if (!counts) return complain(counts.error(), diagnostics);
    const auto finished = (*sink)->finish();
    if (!finished) return complain(finished.error(), diagnostics);
    print(*counts, wall_seconds() - begin, (*sink)->bytes_written());
  }
  for (const auto& [code, count] : diagnostics.counts()) {
    fmt::print(stderr, "{} x {}\n", count, info(code).name);
  }
  const auto sorted = diagnostics.sorted();
  for (std::size_t i = 0; i < std::min<std::size_t>(sorted.size(), 5); ++i) {
    fmt::print(stderr, "{}\n", render(sorted[i]));
  }
  return 0;
}
