// A project, or RDF files, to a checked graph: sources -> statements -> Graph -> inference ->
// checks. A library: nothing is printed, and nothing is written but what `write_exports`
// (exports.hpp) is told to. Everything is owned by the result; moving it keeps it valid.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cli/knowledge.hpp"
#include "cli/ledger.hpp"
#include "cli/progress.hpp"
#include "cli/project.hpp"
#include "cli/settings.hpp"
#include "graph/graph.hpp"
#include "mapping/mapping.hpp"
#include "ontology/finding.hpp"

namespace dossier {

// What is inferred when a graph is made.
enum class Inferring : std::uint8_t {
  nothing,  // as the sources say
  links,    // the direct statements of links
  later,    // nothing, but the terms that infer() needs are there
};

struct BuiltGraph {
  std::unique_ptr<Graph> graph;  // with what was inferred
  std::unique_ptr<Knowledge> knowledge;
  std::vector<Plan> plans;  // that made it; none for RDF files
  Prefixes prefixes;        // for what is written
  std::string base;         // of the project: things of its own begin so; may be empty
  Ledger ledger;
};

// Runs the mappings of the project, reads its data, merges by its identity files and infers the
// direct statements of links. Bad records and values are reported and left out.
Expected<BuiltGraph> build_graph(const Project& project, const Settings& settings,
                                 DiagnosticSink& diagnostics, Progress& progress,
                                 Inferring inferring = Inferring::links);

// The same from RDF files; `base` is for their relative IRIs.
Expected<BuiltGraph> read_graph(std::span<const std::string> paths, const std::string& base,
                                const KnowledgeSources& knowledge, Inferring inferring,
                                const Settings& settings, DiagnosticSink& diagnostics,
                                Progress& progress);

// The checks of the ontology and the shapes.
Expected<Findings> validate(const BuiltGraph& built, const Settings& settings, Progress& progress);

// The counts of classes that the project asks for (subclasses included); each that fails is
// reported as check_failed.
void check_classes(const Project& project, const BuiltGraph& built, DiagnosticSink& diagnostics);

// The settings with the limits and copies of the project behind those of the command line.
Settings settings_for(const Project& project, const Settings& settings);

// The mappings of a project compiled: those of one language and one folder are one mapping.
Expected<std::vector<Plan>> load_plans(std::span<const ProjectFile> mappings,
                                       const CompileOptions& options, const Settings& settings,
                                       DiagnosticSink& diagnostics);

// What a run of a mapping counted, into the ledger. A file that is read under two dialects stands
// in it once.
void add_to_ledger(const RunCounts& counts, Ledger& ledger);

}  // namespace dossier
