// What is wrong or suspicious in the files that a graph is made and checked with: mappings,
// ontologies, shapes, and the project that names them. For `dossier lint`. Trouble goes to the
// diagnostics; a failure means that a file could not be looked at.
#pragma once

#include <string>
#include <vector>

#include "cli/mapping_rules.hpp"
#include "cli/project.hpp"
#include "cli/settings.hpp"

namespace dossier {

enum class LintKind : std::uint8_t { project, mapping, ontology, shapes };

// What a file is, by its name and what stands in it; an RDF file may be several, or none of them.
Expected<std::vector<LintKind>> lint_kinds(const std::string& path, const Settings& settings,
                                           DiagnosticSink& diagnostics);

// Ontologies and shapes are looked at together, so that shapes may name what the ontologies
// declare. `context` is only known, and not complained of.
struct LintKnowledge {
  std::vector<ProjectFile> ontology;
  std::vector<ProjectFile> shapes;
  std::vector<ProjectFile> context;
  bool domain = false;  // the ontology that ships is known as well
};
Expected<void> lint_knowledge(const LintKnowledge& files, const Settings& settings,
                              DiagnosticSink& diagnostics);

struct LintMappings {
  std::vector<ProjectFile> files;
  MappingRules rules;
};
Expected<void> lint_mappings(const LintMappings& mappings, const Settings& settings,
                             DiagnosticSink& diagnostics);

// Whether an error is of files and limits, and not of what a file says.
bool is_file_trouble(const Error& error);

}  // namespace dossier
