// A look at what a mapping makes of the first records of each source: `dossier map --test N`.
#pragma once

#include <span>
#include <string>

#include "cli/settings.hpp"
#include "graph/prefixes.hpp"
#include "mapping/mapping.hpp"

namespace dossier {

// For the first `records` records of each source, side by side: the values of the record, and by
// triples map the statements that were made of them.
//
//   companies.csv:2
//     id    1        | company
//     name  "Alpha"  |   e:1  a  dos:Company
//                    |   e:1  dos:name  "Alpha"
Expected<std::string> mapping_look(std::span<const Plan> plans, std::uint64_t records,
                                   const Settings& settings, DiagnosticSink& diagnostics);

}  // namespace dossier
