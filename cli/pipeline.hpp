// The main job as a library: sources -> graph -> validation -> exports of one project. It prints
// nothing; whoever runs it shows the diagnostics, the findings and the ledger. Steps in the order
// of the life of a row (docs/architecture.md); each fails by itself and leaves no output behind.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/ledger.hpp"
#include "cli/model_files.hpp"
#include "cli/output_set.hpp"
#include "cli/places.hpp"
#include "cli/progress.hpp"
#include "cli/project.hpp"
#include "exporters/network.hpp"
#include "graph/entity_graph.hpp"
#include "graph/freeze.hpp"
#include "mapping/engine.hpp"
#include "mapping/mapping.hpp"
#include "ontology/validation.hpp"

namespace dossier {

class ProjectBuild {
 public:
  // The references must outlive it.
  ProjectBuild(const Settings& settings, DiagnosticSink& diagnostics, Progress& progress);

  // The project file, its mappings compiled to a plan, its ontology and shapes.
  Expected<void> load(const std::filesystem::path& project_file);
  // Sources and data files -> the frozen graph with what follows from it, and the class counts.
  Expected<void> build();
  // Ontology and shapes; findings have places in the sources afterwards.
  Expected<void> validate();
  // All exports and reports of the project, together or not at all. The ledger must balance.
  Expected<void> write();

  const Project& project() const { return project_; }
  const Plan& plan() const { return *plan_; }
  const Graph& graph() const { return *graph_; }
  const Model& model() const { return model_; }
  const Findings& findings() const { return *findings_; }
  const Ledger& ledger() const { return ledger_; }
  const Prefixes& prefixes() const { return prefixes_; }  // the project's, then the ontology's
  Places& places() { return places_; }
  LinkSchema links() const { return link_schema(model_.ontology, *graph_); }

 private:
  Expected<void> load_mappings();
  Expected<void> run_mappings(Builder& builder);
  Expected<void> read_data(Builder& builder);
  void count_sources(const RunCounts& counts);
  void annotate(Builder& builder) const;
  void infer();
  void check_classes();
  Expected<void> make_output_folders() const;
  Expected<void> write_export(const ExportSpec& spec, OutputSet& outputs);
  Expected<void> write_reports(OutputSet& outputs);

  const Settings& settings_;
  DiagnosticSink& diagnostics_;
  Progress& progress_;
  Project project_;
  Prefixes prefixes_;
  Places places_;
  Model model_;
  std::unique_ptr<Plan> plan_;
  std::unique_ptr<Graph> graph_;
  std::unique_ptr<Findings> findings_;
  Ledger ledger_;
};

// Where an export put the statements of the graph and what the file holds, for the ledger.
Ledger::Export network_export(const std::string& path, Format format, const EntityCounts& entities,
                              const NetworkCounts& counts);

}  // namespace dossier
