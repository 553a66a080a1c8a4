#include "cli/paths.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/program.hpp"
#include "base/text.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

// The value of NAME or NAME:-default.
std::optional<std::string> variable(std::string_view inside) {
  const std::size_t at = inside.find(":-");
  const std::string name(inside.substr(0, at));
  const char* const value = std::getenv(name.c_str());
  if (value != nullptr && (*value != '\0' || at == std::string_view::npos)) return value;
  if (at == std::string_view::npos) return std::nullopt;
  return std::string(inside.substr(at + 2));
}

}  // namespace

Expected<std::string> expand_variables(std::string_view text, const Place& place) {
  std::string out;
  while (true) {
    const std::size_t open = text.find("${");
    out += text.substr(0, open);
    if (open == std::string_view::npos) return out;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) {
      return fail(code::project_bad_value, place,
                  fmt::format("\"{}\" has ${{ without }}", printable(text)),
                  "write ${NAME} or ${NAME:-default}");
    }
    const std::string_view inside = text.substr(open + 2, close - open - 2);
    const std::optional<std::string> value = variable(inside);
    if (!value) {
      return fail(code::project_unset_variable, place,
                  fmt::format("the environment variable {} is not set", printable(inside)),
                  fmt::format("set it, or write ${{{}:-default}}", printable(inside)));
    }
    out += *value;
    text.remove_prefix(close + 1);
  }
}

bool is_inside(const fs::path& path, const fs::path& root) {
  if (root.empty() || path == "-") return true;
  std::error_code error;
  const fs::path inner = fs::weakly_canonical(path, error);
  if (error) return false;
  const fs::path outer = fs::weakly_canonical(root, error);
  if (error) return false;
  const auto [at, unused] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return at == outer.end() || (at->empty() && std::next(at) == outer.end());
}

Expected<void> check_inside(const fs::path& path, const fs::path& root, const Place& place) {
  if (is_inside(path, root)) return {};
  return fail(
      code::outside_root, place,
      fmt::format("{} is outside of {}", printable(path.string()), printable(root.string())),
      "move the file inside, or start with a wider --root");
}

std::optional<fs::path> find_project_above(const fs::path& start) {
  std::error_code error;
  fs::path folder = fs::absolute(start, error).lexically_normal();
  if (error) return std::nullopt;
  while (true) {
    const fs::path file = folder / kProjectFile;
    if (fs::is_regular_file(file, error)) return file;
    if (!folder.has_relative_path()) return std::nullopt;
    folder = folder.parent_path();
  }
}

Expected<fs::path> locate_project(const std::string& argument) {
  std::error_code error;
  if (!argument.empty()) {
    const fs::path path(argument);
    if (!fs::is_directory(path, error)) return path;
    const fs::path file = path / kProjectFile;
    if (fs::is_regular_file(file, error)) return file;
    return fail(code::project_not_found, {argument},
                fmt::format("there is no {} in this folder", kProjectFile),
                "dossier init DIR writes one");
  }
  const std::optional<fs::path> found = find_project_above(".");
  if (!found) {
    return fail(code::project_not_found, {},
                fmt::format("there is no {} here or above", kProjectFile),
                "name a project, or write one: dossier init DIR");
  }
  // Shown the short way when it lies here or just above.
  const fs::path shown = found->lexically_proximate(fs::current_path(error));
  return shown.native().size() < found->native().size() ? shown : *found;
}

bool names_project(const std::string& argument) {
  std::error_code error;
  if (fs::is_directory(argument, error)) return true;
  return argument.ends_with(".yaml") || argument.ends_with(".yml");
}

}  // namespace dossier
