// A look at what a mapping makes of the first records of each source: `dossier map --test N`.
#pragma once

#include <span>
#include <string>

#include "cli/settings.hpp"
#include "graph/prefixes.hpp"
#include "mapping/mapping.hpp"

namespace dossier {

// "companies.csv:2  (company)" and then the statements of that record, for the first `records`
// records of each source.
Expected<std::string> mapping_look(std::span<const Plan> plans, std::uint64_t records,
                                   const Settings& settings, DiagnosticSink& diagnostics);

}  // namespace dossier
