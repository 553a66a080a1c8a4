// Structural annotations of logical views (RML-LV) held against the fields and the data that the
// views have. Nothing that is mapped depends on them.
#pragma once

#include "mapping/plan.hpp"

namespace dossier {

// Reports fields that the view does not have.
void check_annotated_fields(const MappingModel& model, const LogicalView& view,
                            DiagnosticSink& diagnostics);

// Looks at the first `records` of each annotated view of the plan, and at all of the views that
// annotations lead to.
void lint_annotations(const Plan& plan, std::uint64_t records, const Limits& limits,
                      DiagnosticSink& diagnostics);

}  // namespace dossier
