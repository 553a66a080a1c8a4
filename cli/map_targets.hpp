// The files that a mapping itself names as targets (RML-IO): written beside the output of `map`,
// all together or none.
#pragma once

#include <map>
#include <vector>

#include "cli/output_set.hpp"
#include "cli/settings.hpp"
#include "graph/format.hpp"
#include "mapping/mapping.hpp"
#include "sources/encoding.hpp"

namespace dossier {

// One file, and the logical targets that are written into it.
struct TargetFile {
  std::filesystem::path path;
  std::vector<std::uint32_t> targets;  // into MappingModel::targets
  std::string serialization;           // of Format's names, or "rdfjson"
  std::string compression;             // "", "gzip", "zip", "targz", "tarxz"
  std::optional<TextEncoding> encoding;
  Place place;
};

// Every fault of a target is found here, before anything runs: what is no file, a serialization,
// compression or encoding that is not known, two ways to write one file, folders.
Expected<std::vector<TargetFile>> target_files(const Plan& plan);

// Runs the plan for one file and writes it into `outputs`. Line formats in UTF-8 are streamed; the
// others hold the statements of the target in memory.
Expected<RunCounts> write_target(const Plan& plan, const TargetFile& file, const RunOptions& run,
                                 const Settings& settings, OutputSet& outputs,
                                 DiagnosticSink& diagnostics);

}  // namespace dossier
