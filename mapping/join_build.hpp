// The hash tables of a plan's joins, each built in one pass over its parent source.
#pragma once

#include <vector>

#include "mapping/join_table.hpp"

namespace dossier {

// In the order of Plan::join_tables. Bad subjects of parents are not reported: they are where the
// parent itself is mapped.
Expected<std::vector<JoinTable>> build_join_tables(const Plan& plan, std::size_t threads,
                                                   const Limits& limits,
                                                   DiagnosticSink& diagnostics);

}  // namespace dossier
