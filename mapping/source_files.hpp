// Sources of several files: a pattern ("data/*.csv"), a list, or both. Each file gets a SourcePlan
// of its own behind the one of the first, so that places and evidence name the very file; records
// of all are as those of one source.
#pragma once

#include <vector>

#include "mapping/plan.hpp"

namespace dossier {

struct SourceFile {
  std::filesystem::path path;
  std::string shown;  // as messages and evidence name it
};

// The files of a source in the order of its list, those of a pattern by name. A path that exists is
// no pattern, whatever characters it has. Errors: source_no_match and those of resolve_source_path.
Expected<std::vector<SourceFile>> source_files(const LogicalSource& source,
                                               const CompileOptions& options);

// Whether a source is of several files, as far as the mapping tells.
bool has_several_files(const LogicalSource& source);

// What names blank nodes by their record is made different for each file: `plan` is one of them.
void tell_files_apart(const SourcePlan& source, TermPlan& term);
void tell_files_apart(const SourcePlan& source, MapPlan& map);

// Puts the plans of the other files in. `files` by the index of the source: all but the first.
void add_source_files(Plan& plan, std::vector<std::vector<SourceFile>> files);

}  // namespace dossier
