// A folder with a mapping and its tables, and a run of it, for tests.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

#include "graph/freeze.hpp"
#include "mapping/mapping.hpp"

namespace dossier::test {

class Folder {
 public:
  Folder() {
    static std::atomic<int> next{0};
    path_ = std::filesystem::temp_directory_path() /
            ("dossier-mapping-" + std::to_string(getpid()) + "-" + std::to_string(next++));
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  Folder& write(const std::string& name, std::string_view text) {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return *this;
  }

 private:
  std::filesystem::path path_;
};

struct RunResult {
  std::string lines;                    // N-Quads
  std::vector<Diagnostic> diagnostics;  // the failure of the run last
  bool failed = false;
  RunCounts counts;

  // "3:9 E0304 message | hint" of each, for comparisons.
  std::string complaints() const {
    std::string out;
    for (const Diagnostic& each : diagnostics) {
      out += std::to_string(each.place.line) + ":" + std::to_string(each.place.column) + " " +
             std::string(info(each.code).name) + ": " + each.message + " | " + each.hint + "\n";
    }
    return out;
  }
};

struct TestRun {
  std::string mapping = "mapping.yarrrml";
  CompileOptions compile;
  RunOptions run;
};

inline Expected<Plan> compile_file(const Folder& folder, const TestRun& options,
                                   DiagnosticSink& diagnostics) {
  auto mapping = load_mapping(folder.path() / options.mapping, {}, diagnostics);
  if (!mapping) return std::unexpected(mapping.error());
  return compile(std::move(*mapping), options.compile, diagnostics);
}

inline RunResult run_folder(const Folder& folder, const TestRun& options = {}) {
  RunResult out;
  DiagnosticCollector diagnostics;
  const auto finish = [&](const Error* error) {
    out.diagnostics = diagnostics.sorted();
    out.failed = error != nullptr;
    if (error != nullptr) out.diagnostics.push_back(*error);
    return out;
  };
  const auto plan = compile_file(folder, options, diagnostics);
  if (!plan) return finish(&plan.error());
  StringSink sink;
  auto counts = run_to_lines(*plan, sink, options.run, diagnostics);
  if (!counts) return finish(&counts.error());
  out.lines = sink.text();
  out.counts = std::move(*counts);
  return finish(nullptr);
}

// The same through a Builder, in the order of the graph.
inline std::string build_folder(const Folder& folder, const TestRun& options = {}) {
  DiagnosticCollector diagnostics;
  const auto plan = compile_file(folder, options, diagnostics);
  if (!plan) return render(plan.error());
  Builder builder(std::max<std::size_t>(options.run.threads, 1));
  const auto counts = run_to_builder(*plan, builder, options.run, diagnostics);
  if (!counts) return render(counts.error());
  const Graph graph = freeze(std::move(builder));
  std::string out;
  for (const Statement& each : graph.statements()) {
    out += to_string(graph.term(each.subject)) + " " + to_string(graph.term(each.predicate)) + " " +
           to_string(graph.term(each.object));
    if (each.graph) out += " " + to_string(graph.term(each.graph));
    out += " .\n";
  }
  return out;
}

}  // namespace dossier::test
