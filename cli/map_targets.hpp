// The files that a mapping itself names as targets (RML-IO): written beside the output of `map`,
// all together or none.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "cli/ledger.hpp"
#include "cli/output_set.hpp"
#include "cli/progress.hpp"
#include "cli/settings.hpp"
#include "graph/format.hpp"
#include "mapping/mapping.hpp"
#include "sources/encoding.hpp"

namespace dossier {

// One file, and the logical targets that are written into it.
struct TargetFile {
  std::filesystem::path path;
  bool by_record = false;              // many files: the path depends on the record
  std::vector<std::uint32_t> targets;  // into MappingModel::targets
  std::string serialization;           // of Format's names, or "rdfjson"
  std::string compression;             // "", "gzip", "zip", "targz", "tarxz"
  std::optional<TextEncoding> encoding;
  Place place;
};

// Every fault of a target is found here, before anything runs: what is no file, a serialization,
// compression or encoding that is not known, two ways to write one file, folders.
Expected<std::vector<TargetFile>> target_files(const Plan& plan);

// What a run wrote, by file.
struct WrittenFile {
  std::filesystem::path path;
  std::uint64_t statements = 0;
};
struct WrittenTargets {
  RunCounts counts;
  std::vector<WrittenFile> files;
};

// Runs the plan for one file, or for those of targets that depend on the record, and writes into
// `outputs`. Line formats in UTF-8 are streamed; the others, and files that depend on the record,
// hold the statements of the target in memory.
Expected<WrittenTargets> write_target(const Plan& plan, const TargetFile& file,
                                      const RunOptions& run, const Settings& settings,
                                      OutputSet& outputs, DiagnosticSink& diagnostics);

// Writes the files that the mappings of a project name as targets, beside its graph: the sources
// are read again for each. Into the ledger goes what each holds.
Expected<void> write_targets(std::span<const Plan> plans, const Settings& settings,
                             OutputSet& outputs, Ledger& ledger, Progress& progress);

}  // namespace dossier
