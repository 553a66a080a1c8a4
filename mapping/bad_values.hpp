// Bad values of a source -> diagnostics with their places. Cold path.
#pragma once

#include <vector>

#include "mapping/term_maker.hpp"

namespace dossier {

// Reads the source again to find lines and columns: once for all, in the order of offsets.
void report_bad_values(const Plan& plan, const SourcePlan& source,
                       std::span<const std::string> slots, std::vector<BadValue> values,
                       DiagnosticSink& diagnostics);

}  // namespace dossier
