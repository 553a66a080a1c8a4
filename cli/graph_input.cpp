#include "cli/graph_input.hpp"

#include <algorithm>

#include "cli/load.hpp"
#include "cli/paths.hpp"

namespace dossier {

ProjectFile named_file(const std::string& path) {
  return {path, path, {}};
}

Expected<LoadedInput> load_input(const GraphInput& input, const Settings& settings,
                                 DiagnosticSink& diagnostics, Progress& progress) {
  const bool is_project =
      input.paths.empty() || (input.paths.size() == 1 && names_project(input.paths.front()));
  LoadedInput out;
  if (!is_project) {
    KnowledgeSources knowledge;
    knowledge.domain = input.domain;
    for (const std::string& each : input.ontology) knowledge.ontology.push_back(named_file(each));
    for (const std::string& each : input.shapes) knowledge.shapes.push_back(named_file(each));
    auto built = read_graph(input.paths, input.base, knowledge, input.inferring, settings,
                            diagnostics, progress);
    if (!built) return std::unexpected(built.error());
    out.built = std::move(*built);
    return out;
  }
  Expected<Project> project =
      open_project(input.paths.empty() ? "" : input.paths.front(), settings, diagnostics);
  if (!project) return std::unexpected(project.error());
  for (const std::string& each : input.ontology) project->ontology.push_back(named_file(each));
  for (const std::string& each : input.shapes) project->shapes.push_back(named_file(each));
  const bool later = input.inferring == Inferring::later;
  auto built = build_graph(*project, settings, diagnostics, progress,
                           later ? Inferring::later : Inferring::links);
  if (!built) return std::unexpected(built.error());
  out.built = std::move(*built);
  out.project = std::move(*project);
  return out;
}

Expected<Project> open_project(const std::string& argument, const Settings& settings,
                               DiagnosticSink& diagnostics) {
  const Expected<std::filesystem::path> file = locate_project(argument);
  if (!file) return std::unexpected(file.error());
  if (Expected<void> inside = check_inside(*file, settings.root, {file->string()}); !inside) {
    return std::unexpected(inside.error());
  }
  return load_project(*file, diagnostics, settings.limits);
}

void add_graph_input(VerbArguments& arguments, GraphInput& input, const char* what) {
  arguments.positional(input.paths, "graph", "FILE", what);
  arguments.option(input.ontology, {"--ontology"}, "FILE", "RDF file with an ontology of your own");
  arguments.option(input.base, {"--base"}, "IRI",
                   "IRI that relative IRIs of files are resolved against");
}

void add_fail_on(VerbArguments& arguments, std::string& level) {
  arguments.option(level, {"--fail-on"}, "violation|warning|info|never",
                   "how grave a finding makes the exit code 1 (default violation)");
}

ExitCode exit_code(const DiagnosticCollector& diagnostics, const Findings* findings,
                   const std::string& level, bool strict) {
  if (level == "never") return ExitCode::clean;
  Severity least = Severity::violation;
  if (level == "info") least = Severity::info;
  if (level == "warning") least = Severity::warning;
  if (strict) least = std::min(least, Severity::warning);
  for (const Severity each :
       {Severity::info, Severity::warning, Severity::violation, Severity::error}) {
    if (each < least) continue;
    if (diagnostics.count(each) > 0) return ExitCode::findings;
    if (findings != nullptr && findings->count(each) > 0) return ExitCode::findings;
  }
  return ExitCode::clean;
}

}  // namespace dossier
