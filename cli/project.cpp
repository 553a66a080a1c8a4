#include "cli/project.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/input.hpp"
#include "base/text.hpp"
#include "cli/options.hpp"
#include "cli/paths.hpp"
#include "cli/project_parser.hpp"

namespace dossier {

std::vector<const ProjectFile*> Project::outputs() const {
  std::vector<const ProjectFile*> out;
  for (const ExportSpec& each : exports) out.push_back(&each.file);
  for (const ProjectFile& each : reports) out.push_back(&each);
  if (ledger) out.push_back(&*ledger);
  return out;
}

Expected<Project> load_project(const std::filesystem::path& file, DiagnosticSink& diagnostics,
                               const Limits& limits) {
  const Expected<std::string> text = load_file(file, limits.max_yaml_bytes, limits);
  if (!text) return std::unexpected(text.error());
  return parse_project(*text, file, diagnostics, limits);
}

Expected<Project> parse_project(const std::string& text, const std::filesystem::path& file,
                                DiagnosticSink& diagnostics, const Limits& limits) {
  const Expected<YamlDocument> document = YamlDocument::parse(text, file.string(), limits);
  if (!document) return std::unexpected(document.error());
  Project project;
  project.file = file;
  project.folder = file.parent_path();
  ProjectParser parser(project, diagnostics);
  parser.read(document->root());
  if (parser.mistakes() > 0) {
    return fail(code::project_bad_value, {file.string()},
                fmt::format("{} in the project file", counted(parser.mistakes(), "mistake")),
                "docs/project-file.md lists all keys");
  }
  return project;
}

}  // namespace dossier
