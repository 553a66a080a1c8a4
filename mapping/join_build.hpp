// The hash tables of a plan's joins, each built in one pass over its parent source.
#pragma once

#include <span>
#include <vector>

#include "mapping/join_table.hpp"

namespace dossier {

// In the order of Plan::join_tables. Bad subjects of parents are not reported: they are where the
// parent itself is mapped.
Expected<std::vector<JoinTable>> build_join_tables(const Plan& plan, std::size_t threads,
                                                   const Limits& limits,
                                                   DiagnosticSink& diagnostics,
                                                   SpillMemory& memory);

// A join without conditions gives every parent for every child: refused before it starts when that
// is more than Limits::max_join_rows. Counts the children in a pass of their own.
Expected<void> check_join_sizes(const Plan& plan, std::span<const JoinTable> tables,
                                const Limits& limits);

}  // namespace dossier
