// The main job, phase by phase: what each takes, how fast it is and how much memory it leaves
// behind.
//   pipeline_bench PROJECT [threads]
// PROJECT is a folder made by bench/domain_data.py, or any other project. Writes the exports of the
// project beside it, as `dossier build` does. One line a phase: seconds, rate, peak memory so far.
#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/thread_pool.hpp"
#include "bench/figures.hpp"
#include "cli/exports.hpp"
#include "cli/output_set.hpp"
#include "cli/pipeline.hpp"

namespace {

using namespace dossier;

// Takes the time of each phase that the pipeline tells of.
class Phases final : public Progress {
 public:
  struct Phase {
    std::string name;
    double seconds = 0;
    double peak = 0;
  };

  void begin(std::string_view phase, std::string_view) override {
    end();
    name_ = phase;
    started_ = wall_seconds();
  }
  void advance(std::uint64_t) override {}
  void share(double) override {}
  void end() override {
    if (!name_.empty()) done_.push_back({name_, wall_seconds() - started_, peak_mb()});
    name_.clear();
  }
  const std::vector<Phase>& done() const { return done_; }

 private:
  std::string name_;
  double started_ = 0;
  std::vector<Phase> done_;
};

Expected<void> run(const std::string& path, const Settings& settings, Phases& phases) {
  DiagnosticCollector diagnostics;
  const double started = wall_seconds();
  const Expected<Project> project =
      load_project(std::filesystem::path(path) / "dossier.yaml", diagnostics, settings.limits);
  if (!project) return std::unexpected(project.error());
  Expected<BuiltGraph> built = build_graph(*project, settings, diagnostics, phases);
  if (!built) return std::unexpected(built.error());
  const Expected<Findings> findings = validate(*built, settings, phases);
  if (!findings) return std::unexpected(findings.error());
  if (auto ready = check_outputs(*project); !ready) return ready;
  OutputSet outputs;
  auto written = write_exports(project->exports, *built, settings, outputs, diagnostics, phases);
  if (!written) return written;
  phases.begin("sync to disk", {});
  if (auto done = outputs.commit(); !done) return done;
  phases.end();

  const double total = wall_seconds() - started;
  const Ledger& ledger = built->ledger;
  const auto statements = static_cast<double>(ledger.in_graph);
  fmt::print("{} threads, {} rows, {} statements, {} findings\n", settings.threads,
             ledger.records_read(), ledger.in_graph, findings->count());
  for (const Phases::Phase& each : phases.done()) {
    fmt::print("{:<28} {:6.2f} s  {:7.2f} M statements/s  {:6.0f} MB peak so far\n", each.name,
               each.seconds, statements / each.seconds / 1e6, each.peak);
  }
  fmt::print("{:<28} {:6.2f} s  {:7.2f} M statements/s  {:6.0f} MB peak\n", "all", total,
             statements / total / 1e6, peak_mb());
  fmt::print("rows/s {:.0f}, graph {:.1f} bytes a statement\n",
             static_cast<double>(ledger.records_read()) / total,
             static_cast<double>(built->graph->bytes()) / statements);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: pipeline_bench PROJECT [threads]\n");
    return 64;
  }
  Settings settings;
  settings.threads = thread_count(argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0);
  Phases phases;
  const Expected<void> done = run(argv[1], settings, phases);
  if (done) return 0;
  fmt::print(stderr, "{}\n", render(done.error()));
  return 2;
}
