// `dossier model --to`: an ontology in other schema languages.
#pragma once

#include <string>
#include <string_view>

#include "cli/knowledge.hpp"
#include "cli/settings.hpp"

namespace dossier {

inline constexpr std::string_view kModelLanguages = "shacl|owl|jsonld-context|json-schema|markdown";

// Those of the files before the well-known ones.
Prefixes model_prefixes(const Knowledge& knowledge);

// Writes to settings.output: for shacl and owl in the syntax that its name tells, else as Turtle.
// `root`: of documents of the JSON Schema; none: what the ontology says. `title`: of the reference.
Expected<void> export_model(const Knowledge& knowledge, std::string_view language, ClassNumber root,
                            std::string_view title, const Settings& settings);

}  // namespace dossier
