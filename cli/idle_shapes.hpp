// Shapes that checked nothing, since the graph has none of their targets.
#pragma once

#include "cli/pipeline.hpp"

namespace dossier {

// Tells each as a note with its place (shape_targets_nothing), but for those that ship with the
// program.
void report_idle_shapes(const BuiltGraph& built, const Findings& findings, const Settings& settings,
                        DiagnosticSink& diagnostics);

}  // namespace dossier
