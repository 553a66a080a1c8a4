// GRAPH and DATA on the command line: RDF files, or a project (its file or folder), whose graph is
// then built in memory.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/console.hpp"
#include "cli/exit_code.hpp"
#include "cli/pipeline.hpp"

namespace dossier {

struct GraphInput {
  std::vector<std::string> paths;  // empty: the project here or above
  std::string base;
  std::vector<std::string> ontology;  // beside ours, or instead of it
  std::vector<std::string> shapes;
  bool domain = true;
  Inferring inferring = Inferring::nothing;  // of files; a project has its links' statements too
};

struct LoadedInput {
  BuiltGraph built;
  std::optional<Project> project;
};

// The project that `argument` names (locate_project), read.
Expected<Project> open_project(const std::string& argument, const Settings& settings,
                               DiagnosticSink& diagnostics);

Expected<LoadedInput> load_input(const GraphInput& input, const Settings& settings,
                                 DiagnosticSink& diagnostics, Progress& progress);

// Positionals GRAPH... and the option --ontology.
void add_graph_input(VerbArguments& arguments, GraphInput& input, const char* what);

ProjectFile named_file(const std::string& path);

// Whether the exit code is 0 or 1, for build, map and validate.
void add_fail_on(VerbArguments& arguments, std::string& level);
ExitCode exit_code(const DiagnosticCollector& diagnostics, const Findings* findings,
                   const std::string& level, bool strict);

}  // namespace dossier
