// Reads an RDF file and counts its statements: rdf_read_bench FILE [threads] [block KiB].
// Prints statements, wall and CPU seconds and statements per CPU second.
#include <chrono>
#include <cstdlib>
#include <sys/resource.h>

#include <fmt/format.h>

#include "graph/format.hpp"
#include "sources/rdf.hpp"

namespace {

struct Counter {
  std::uint64_t statements = 0;
  bool statement(const dossier::StatementView&) {
    ++statements;
    return true;
  }
  void prefix(std::string_view, std::string_view) {}
};

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace dossier;
  if (argc < 2) {
    fmt::print(stderr, "usage: rdf_read_bench FILE [threads] [block KiB]\n");
    return 64;
  }
  RdfReadOptions options;
  options.base = "http://example.org/";
  if (argc > 2) options.threads = std::strtoul(argv[2], nullptr, 10);
  if (argc > 3) options.block_bytes = std::strtoul(argv[3], nullptr, 10) << 10;
  const auto format = guess_format(argv[1]);
  auto source = open_input(argv[1]);
  if (!format || !source) {
    fmt::print(stderr, "{}: not a known RDF file\n", argv[1]);
    return 2;
  }
  Counter counter;
  DiagnosticCollector diagnostics;
  const auto begin = std::chrono::steady_clock::now();
  const auto counts = read_rdf(**source, *format, options, counter, diagnostics);
  if (!counts) {
    fmt::print(stderr, "{}\n", render(counts.error()));
    return 1;
  }
  const double wall =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const double cpu = cpu_seconds();
  fmt::print("{} statements, {:.3f} s wall, {:.3f} s CPU, {:.2f} M/s, {} KiB\n", counter.statements,
             wall, cpu, static_cast<double>(counter.statements) / cpu / 1e6, peak_kib());
  return 0;
}
