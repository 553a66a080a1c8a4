// `dossier explain 3`: all that is known of the finding that reports call #3.
#pragma once

#include <string>

#include "cli/pipeline.hpp"

namespace dossier {

// "3" or "#3"; 0 when it is none.
std::uint32_t finding_number(std::string_view thing);

// finding_unknown when there is none of this number.
Expected<std::string> explain_finding(const BuiltGraph& built, const Findings& findings,
                                      std::uint32_t number, const Settings& settings);

}  // namespace dossier
