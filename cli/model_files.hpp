// The ontology and the shapes that a run checks against: those that ship with the program, files of
// the user's, or both; each set in one graph, with the places of its statements.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "cli/options.hpp"
#include "cli/places.hpp"
#include "graph/graph.hpp"
#include "graph/prefixes.hpp"
#include "ontology/model.hpp"
#include "ontology/shapes.hpp"

namespace dossier {

struct ModelFiles {
  bool domain = true;                 // what ships with the program
  std::vector<std::string> ontology;  // files
  std::vector<std::string> shapes;
};

// Graphs stand behind pointers, since the shapes borrow theirs.
struct Model {
  std::unique_ptr<Graph> ontology_graph;
  std::unique_ptr<Graph> shapes_graph;
  Ontology ontology;
  ShapeSet shapes;
  Prefixes prefixes;  // as the files declare them
};

// What is wrong in the files is reported to `diagnostics`; the failure is a summary. Places of
// their statements are known to `places` afterwards.
Expected<Model> load_model(const ModelFiles& files, const Settings& settings, Places& places,
                           DiagnosticSink& diagnostics);

}  // namespace dossier
