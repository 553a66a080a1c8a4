// Where a logical source lies: relative paths, and the bound of the allowed folder.
#pragma once

#include <filesystem>

#include "base/diagnostic.hpp"
#include "mapping/plan.hpp"

namespace dossier {

// "-" stays. Errors: network_refused for URLs, outside_root. Does not look whether the file exists.
Expected<std::filesystem::path> resolve_source_path(const LogicalSource& source,
                                                    const CompileOptions& options);

// outside_root when `path`, links followed, is not below the folder that may be read.
Expected<void> check_allowed(const std::filesystem::path& path, const LogicalSource& source,
                             const CompileOptions& options);

}  // namespace dossier
