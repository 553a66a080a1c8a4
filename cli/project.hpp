// The project file (docs/project-file.md): what is built from what. Read over YAML with the place
// of every node, so that each mistake is reported with line and column; all of them, not the first.
// Plain values that own their texts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "cli/settings.hpp"
#include "exporters/rdf.hpp"
#include "graph/entity_graph.hpp"
#include "graph/evidence.hpp"
#include "graph/format.hpp"
#include "graph/prefixes.hpp"

namespace dossier {

// A file that the project names: as written (variables expanded), where it is, and where it was
// named.
struct ProjectFile {
  std::string name;
  std::filesystem::path path;
  Place place;
};

// What the project says of a source as a whole; `info.path` is as the mapping names it.
struct SourceNote {
  SourceInfo info;
  Place place;
};

// Which file stands for an ontology that others import: IRI, without '#' at its end -> file.
using OntologyCatalogue = std::map<std::string, ProjectFile, std::less<>>;

struct ClassCheck {
  std::string name;  // as written: "dos:Ban"
  std::string iri;
  std::optional<std::uint64_t> least;
  std::optional<std::uint64_t> most;
  Place place;
};

struct ExportSpec {
  ProjectFile file;
  Format format{};
  std::optional<LinkForm> links;  // networks
  bool for_gephi = false;         // networks
  Prefixes prefixes;              // beside those of the project
  RdfWriteMode mode = RdfWriteMode::pretty;
  std::string context;  // of JSON-LD: a file, or an address that has a copy; empty: none
};

struct Project {
  std::filesystem::path file;
  std::filesystem::path folder;
  std::string name;
  std::string title;
  std::string base;
  Prefixes prefixes;
  std::vector<SourceNote> sources;
  std::filesystem::path source_root;  // empty: the folder of each mapping
  bool allow_network = false;
  bool allow_empty_joins = false;
  std::vector<ProjectFile> mappings;
  std::vector<ProjectFile> data;  // RDF files that are part of the graph
  bool domain_ontology = true;
  std::vector<ProjectFile> ontology;
  OntologyCatalogue catalogue;
  std::vector<ProjectFile> shapes;
  std::vector<ProjectFile> identity;
  std::vector<ClassCheck> class_checks;
  std::vector<ExportSpec> exports;
  std::vector<ProjectFile> reports;     // of the validation
  std::optional<ProjectFile> baseline;  // findings that are accepted
  std::optional<ProjectFile> ledger;
  Copies copies;
  LimitValues limits;

  // The folder `out` of an output is made when its own parent exists.
  std::vector<const ProjectFile*> outputs() const;
};

// Every mistake is reported to `diagnostics`; the failure then says how many there are.
Expected<Project> load_project(const std::filesystem::path& file, DiagnosticSink& diagnostics,
                               const Limits& limits = {});
Expected<Project> parse_project(const std::string& text, const std::filesystem::path& file,
                                DiagnosticSink& diagnostics, const Limits& limits = {});

}  // namespace dossier
