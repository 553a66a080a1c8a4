// Paths as people write them in project files and on the command line: variables, bounds, and the
// search for the project file upwards.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"

namespace dossier {

inline constexpr std::string_view kProjectFile = "dossier.yaml";

// ${NAME} and ${NAME:-default}; $ before anything else stands for itself. The failure
// (project_unset_variable, at `place`) names the variable.
Expected<std::string> expand_variables(std::string_view text, const Place& place);

// `path`, links followed, is `root` or lies in it. An empty root admits all, and so does "-".
bool is_inside(const std::filesystem::path& path, const std::filesystem::path& root);

// outside_root unless is_inside.
Expected<void> check_inside(const std::filesystem::path& path, const std::filesystem::path& root,
                            const Place& place = {});

// The file dossier.yaml in `start` or the nearest folder above it.
std::optional<std::filesystem::path> find_project_above(const std::filesystem::path& start);

// What `argument` names: itself when it is a file, its dossier.yaml when it is a folder, the
// project above the current folder when it is empty. The failure is project_not_found.
Expected<std::filesystem::path> locate_project(const std::string& argument);

// `argument` is a folder or a project file, and not an RDF file.
bool names_project(const std::string& argument);

}  // namespace dossier
