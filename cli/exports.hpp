// The files of a project or of `dossier export`: RDF and networks, all together or none.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "cli/output_set.hpp"
#include "cli/pipeline.hpp"
#include "cli/progress.hpp"

namespace dossier {

// Writes each export into `outputs` (committing is up to the caller) and an entry each into the
// ledger. A statement that a format cannot hold is an error; what XML cannot hold is reported.
Expected<void> write_exports(std::span<const ExportSpec> exports, BuiltGraph& built,
                             const Settings& settings, OutputSet& outputs,
                             DiagnosticSink& diagnostics, Progress& progress);

// Whether every output of the project can be written: formats, folders. Asked before the work
// starts.
Expected<void> check_outputs(const Project& project);

}  // namespace dossier
