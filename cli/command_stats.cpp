#include "cli/command.hpp"
#include "cli/graph_input.hpp"
#include "cli/statistics.hpp"

namespace dossier {
namespace {

Expected<ExitCode> stats(const GraphInput& input, const Settings& settings, Console& console,
                         DiagnosticCollector& diagnostics) {
  const Expected<LoadedInput> loaded = load_input(input, settings, diagnostics, console.progress());
  if (!loaded) return std::unexpected(loaded.error());
  console.progress().begin("count");
  const Graph& graph = *loaded->built.graph;
  const EntityGraph entities(graph, loaded->built.knowledge->links(graph),
                             {.limits = settings.limits});
  const GraphStatistics counted = statistics(graph, entities);
  console.diagnostics(diagnostics);
  auto said =
      console.result(settings.json ? to_json(counted) : to_text(counted, loaded->built.prefixes));
  if (!said) return std::unexpected(said.error());
  return ExitCode::clean;
}

}  // namespace

RunVerb declare_stats(VerbArguments& arguments) {
  const auto input = std::make_shared<GraphInput>();
  add_graph_input(arguments, *input, "RDF files, or a project (default: the one here or above)");
  return with_diagnostics(
      [input](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return stats(*input, settings, console, diagnostics);
      });
}

}  // namespace dossier
