// Builds the graph of a project as the program does, without the program.
#include "cli/pipeline.hpp"

#include <cstdio>

int main(int argc, char** argv) {
  dossier::DiagnosticCollector diagnostics;
  dossier::NoProgress progress;
  const dossier::Settings settings;
  const auto project = dossier::load_project(argc > 1 ? argv[1] : "dossier.yaml", diagnostics);
  if (!project) return 2;
  const auto built = dossier::build_graph(*project, settings, diagnostics, progress);
  if (!built) return 2;
  std::printf("%zu statements\n", built->graph->size());
  return dossier::imbalances(built->ledger).empty() ? 0 : 1;
}
