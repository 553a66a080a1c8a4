// YARRRML (https://rml.io/yarrrml/spec/) -> the model: the whole language with its shortcuts.
// Faults are placed in the YAML. What the engine cannot run (functions, targets) is read all the
// same, and refused by `compile`; nothing is ignored.
#pragma once

#include <map>
#include <string>

#include "mapping/model.hpp"
#include "sources/yaml_document.hpp"

namespace dossier {

struct YarrrmlOptions {
  std::map<std::string, std::string> externals;  // values of $(_name), over those of the file
  Limits limits;
};

// Several documents are read as one: sources of one are known in the others.
MappingModel load_yarrrml(std::span<const YamlNode> documents, const YarrrmlOptions& options,
                          DiagnosticSink& diagnostics);

}  // namespace dossier
