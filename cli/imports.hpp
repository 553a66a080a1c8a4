// owl:imports of ontology and shapes files: files are read, once each, whatever the circle; what
// the program carries with it is taken from there; nothing is fetched from the network.
#pragma once

#include "base/diagnostic.hpp"
#include "cli/project.hpp"
#include "cli/settings.hpp"
#include "cli/text_files.hpp"

namespace dossier {

// Follows the imports of `files` and of what they bring in. An import of an ontology that one of
// the files declares, or that is in `known`, is fulfilled already; the catalogue says which file
// stands for one. The failure (network_refused,
// file_not_found, outside_root) has the place of the import.
Expected<void> follow_imports(TextFiles& files, const OntologyNames& known,
                              const OntologyCatalogue& catalogue, const Settings& settings,
                              DiagnosticSink& diagnostics);

}  // namespace dossier
