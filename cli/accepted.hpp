// A baseline: findings that are known and accepted (ontology/baseline.hpp), out of a file.
#pragma once

#include "cli/console.hpp"
#include "cli/project.hpp"
#include "cli/settings.hpp"
#include "ontology/finding.hpp"

namespace dossier {

// Takes the accepted findings out, and notes how many there were and what of the file is no longer
// found.
Expected<void> accept_findings(const ProjectFile& baseline, Findings& findings,
                               const Settings& settings, Console& console);

}  // namespace dossier
