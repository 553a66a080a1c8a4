#include "cli/paths.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/codes/program.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

TEST(PathsTest, VariablesAndDefaultsAreExpanded) {
  ::setenv("DOSSIER_TEST_A", "/data", 1);
  ::setenv("DOSSIER_TEST_EMPTY", "", 1);
  ::unsetenv("DOSSIER_TEST_NONE");
  const auto expanded = [](std::string_view text) { return expand_variables(text, {}).value(); };
  EXPECT_EQ(expanded("${DOSSIER_TEST_A}/x"), "/data/x");
  EXPECT_EQ(expanded("${DOSSIER_TEST_NONE:-y}/x"), "y/x");
  EXPECT_EQ(expanded("${DOSSIER_TEST_EMPTY:-y}"), "y");
  EXPECT_EQ(expanded("${DOSSIER_TEST_EMPTY}"), "");
  EXPECT_EQ(expanded("a$b$"), "a$b$");
  EXPECT_EQ(expanded("${DOSSIER_TEST_A}${DOSSIER_TEST_A}"), "/data/data");
}

TEST(PathsTest, AnUnsetVariableIsNamedAtItsPlace) {
  ::unsetenv("DOSSIER_TEST_NONE");
  const auto expanded = expand_variables("${DOSSIER_TEST_NONE}/x", {"dossier.yaml", 3, 7});
  ASSERT_FALSE(expanded.has_value());
  EXPECT_EQ(expanded.error().code, code::project_unset_variable);
  EXPECT_EQ(expanded.error().place.line, 3u);
  EXPECT_NE(expanded.error().message.find("DOSSIER_TEST_NONE"), std::string::npos);
  EXPECT_EQ(expand_variables("${NAME", {}).error().code, code::project_bad_value);
}

class PathsInFolders : public testing::Test {
 protected:
  PathsInFolders()
      : folder_(fs::temp_directory_path() / ("dossier_paths_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_ / "root/below");
    fs::create_directories(folder_ / "root-beside");
    std::ofstream(folder_ / "outside.csv") << "id\n";
    std::ofstream(folder_ / "root/inside.csv") << "id\n";
    std::ofstream(folder_ / "root/dossier.yaml") << "dossier: 1\n";
    fs::create_symlink(folder_ / "outside.csv", folder_ / "root/link.csv");
  }
  ~PathsInFolders() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(PathsInFolders, OnlyWhatLiesInTheRootIsInside) {
  const fs::path root = folder_ / "root";
  EXPECT_TRUE(is_inside(root / "inside.csv", root));
  EXPECT_TRUE(is_inside(root / "below/../inside.csv", root));
  EXPECT_TRUE(is_inside(root / "not/there/yet.csv", root));
  EXPECT_TRUE(is_inside(root, root));
  EXPECT_TRUE(is_inside(folder_ / "outside.csv", {}));
  EXPECT_TRUE(is_inside("-", root));
  EXPECT_FALSE(is_inside(folder_ / "outside.csv", root));
  EXPECT_FALSE(is_inside(root / "../outside.csv", root));
  EXPECT_FALSE(is_inside(root / "link.csv", root));
  EXPECT_FALSE(is_inside(folder_ / "root-beside/x.csv", root));
}

TEST_F(PathsInFolders, TheProjectIsFoundInTheFolderOrAbove) {
  const auto found = find_project_above(folder_ / "root/below");
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(fs::equivalent(*found, folder_ / "root/dossier.yaml"));
  EXPECT_EQ(locate_project((folder_ / "root").string()).value(), folder_ / "root/dossier.yaml");
  EXPECT_EQ(locate_project((folder_ / "root-beside").string()).error().code,
            code::project_not_found);
}

}  // namespace
}  // namespace dossier
