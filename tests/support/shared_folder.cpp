#include "tests/support/shared_folder.hpp"

#include <cstdlib>

namespace dossier::test {
namespace {

std::filesystem::path shared_root() {
  const char* named = std::getenv("DOSSIER_SHARED");
  if (named != nullptr && *named != '\0') return named;
  return std::filesystem::path(DOSSIER_SOURCE_DIR).parent_path() / "shared";
}

}  // namespace

std::optional<std::filesystem::path> find_shared(const std::string& name) {
  std::error_code ignored;
  std::filesystem::path path = shared_root() / name;
  if (!std::filesystem::is_directory(path, ignored)) return std::nullopt;
  return path;
}

std::string missing_shared(const std::string& name) {
  return "skipped: " + (shared_root() / name).string() + " is not there (set DOSSIER_SHARED)";
}

bool missing_is_failure() {
  const char* ci = std::getenv("CI");
  return ci != nullptr && std::string(ci) == "true";
}

}  // namespace dossier::test
