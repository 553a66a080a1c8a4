// What a graph is read and checked with: an ontology and shapes, ours (embedded in the program) and
// the user's. Owns the graphs that they were read from; moving keeps everything valid.
#pragma once

#include <memory>
#include <vector>

#include "cli/project.hpp"
#include "cli/settings.hpp"
#include "graph/links.hpp"
#include "ontology/model.hpp"
#include "ontology/shapes.hpp"

namespace dossier {

struct KnowledgeSources {
  bool domain = true;  // the ontology and the shapes that ship with the program
  std::vector<ProjectFile> ontology;
  std::vector<ProjectFile> shapes;
  OntologyCatalogue catalogue = {};
};

struct Knowledge {
  std::unique_ptr<Graph> ontology_graph;
  std::unique_ptr<Ontology> ontology;  // null: none was asked for
  std::unique_ptr<Graph> shapes_graph;
  ShapeSet shapes;
  Prefixes prefixes;  // of the files

  LinkSchema links(const Graph& graph) const;
};

Expected<Knowledge> load_knowledge(const KnowledgeSources& sources, const Settings& settings,
                                   DiagnosticSink& diagnostics);

}  // namespace dossier
