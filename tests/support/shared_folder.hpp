// The folder with suites and real data that stands outside of the project: the environment variable
// DOSSIER_SHARED, else ../shared beside the checkout.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace dossier::test {

// `name` below the shared folder ("suites/rdf-tests"); nothing when it is not there.
std::optional<std::filesystem::path> find_shared(const std::string& name);

// Why a test that needs `name` cannot run. With CI=true its absence is a failure, not a reason to
// skip.
std::string missing_shared(const std::string& name);
bool missing_is_failure();

}  // namespace dossier::test

// At the front of a test: gives `variable` the folder, or skips (fails with CI=true).
#define DOSSIER_REQUIRE_SHARED(variable, name)                                                  \
  const std::optional<std::filesystem::path> variable##_found =                                 \
      ::dossier::test::find_shared(name);                                                       \
  if (!variable##_found) {                                                                      \
    if (::dossier::test::missing_is_failure()) FAIL() << ::dossier::test::missing_shared(name); \
    GTEST_SKIP() << ::dossier::test::missing_shared(name);                                      \
  }                                                                                             \
  const std::filesystem::path& variable = *variable##_found
