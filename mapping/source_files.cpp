#include "mapping/source_files.hpp"

#include <algorithm>
#include <glob.h>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "mapping/source_path.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

bool is_path_pattern(std::string_view path) {
  return path != "-" && path.find("://") == std::string_view::npos &&
         path.find_first_of("*?[") != std::string_view::npos;
}

// The regular files that a pattern names, by name: no locale has a say.
std::vector<fs::path> matches(const fs::path& pattern) {
  ::glob_t found{};
  std::vector<fs::path> out;
  if (::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found) == 0) {
    for (std::size_t i = 0; i < found.gl_pathc; ++i) {
      std::error_code error;
      if (!fs::is_directory(found.gl_pathv[i], error)) out.emplace_back(found.gl_pathv[i]);
    }
  }
  ::globfree(&found);
  std::ranges::sort(out, {}, [](const fs::path& path) { return path.string(); });
  return out;
}

Expected<std::vector<SourceFile>> files_of_pattern(LogicalSource source,
                                                   const CompileOptions& options) {
  const auto pattern = resolve_source_path(source, options);
  if (!pattern) return std::unexpected(pattern.error());
  std::error_code error;
  if (fs::exists(*pattern, error)) return std::vector<SourceFile>{{*pattern, source.path}};
  const std::vector<fs::path> found = matches(*pattern);
  if (found.empty()) {
    return fail(code::source_no_match, source.place,
                fmt::format("no file matches {}", printable(source.path)),
                fmt::format("looked for {}", printable(pattern->string())));
  }
  const bool relative = fs::path(source.path).is_relative();
  source.path = ".";
  const auto folder = resolve_source_path(source, options);
  std::vector<SourceFile> out;
  for (const fs::path& path : found) {
    const fs::path shown = relative && folder ? path.lexically_relative(*folder) : path;
    // A link among the files may lead out.
    if (auto allowed = check_allowed(path, source, options); !allowed) {
      return std::unexpected(std::move(allowed.error()));
    }
    out.push_back({path, shown.generic_string()});
  }
  return out;
}

std::uint64_t file_seed(const SourcePlan& source) {
  return hash_bytes(source.shown_path);
}

}  // namespace

bool has_several_files(const LogicalSource& source) {
  return is_path_pattern(source.path) || !source.more_paths.empty();
}

Expected<std::vector<SourceFile>> source_files(const LogicalSource& source,
                                               const CompileOptions& options) {
  std::vector<std::string> paths = {source.path};
  paths.insert(paths.end(), source.more_paths.begin(), source.more_paths.end());
  std::vector<SourceFile> out;
  LogicalSource one = source;
  for (std::string& path : paths) {
    one.path = std::move(path);
    if (is_path_pattern(one.path)) {
      auto found = files_of_pattern(one, options);
      if (!found) return found;
      out.insert(out.end(), found->begin(), found->end());
      continue;
    }
    auto resolved = resolve_source_path(one, options);
    if (!resolved) return std::unexpected(std::move(resolved.error()));
    out.push_back({std::move(*resolved), one.path});
  }
  return out;
}

void tell_files_apart(const SourcePlan& source, TermPlan& term) {
  if (term.by_record) term.record_seed = hash_mix(term.record_seed, file_seed(source));
}

void tell_files_apart(const SourcePlan& source, MapPlan& map) {
  for (TermPlan& term : map.terms) tell_files_apart(source, term);
  for (GatherPlan& gather : map.gathered) gather.seed = hash_mix(gather.seed, file_seed(source));
}

void add_source_files(Plan& plan, std::vector<std::vector<SourceFile>> files) {
  std::vector<SourcePlan> sources;
  std::vector<std::size_t> moved;
  for (std::size_t i = 0; i < plan.sources.size(); ++i) {
    moved.push_back(sources.size());
    const std::size_t first = sources.size();
    sources.push_back(std::move(plan.sources[i]));
    if (i >= files.size()) continue;
    for (SourceFile& file : files[i]) {
      SourcePlan& other = sources.emplace_back(sources[first]);
      other.path = std::move(file.path);
      other.shown_path = std::move(file.shown);
    }
    sources[first].files = 1 + files[i].size();
  }
  for (JoinTablePlan& table : plan.join_tables) table.source = moved[table.source];
  for (JoinPlan& join : plan.joins) join.source = moved[join.source];
  plan.sources = std::move(sources);
  for (SourcePlan& source : plan.sources) {
    if (!has_several_files(plan.model.sources[source.model_index])) continue;
    for (MapPlan& map : source.maps) tell_files_apart(source, map);
  }
}

}  // namespace dossier
