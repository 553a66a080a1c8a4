#include "cli/output_set.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/input.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

class OutputSetTest : public testing::Test {
 protected:
  OutputSetTest()
      : folder_(fs::temp_directory_path() / ("dossier_set_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~OutputSetTest() override { fs::remove_all(folder_); }
  fs::path path(const char* name) const { return folder_ / name; }
  fs::path folder_;
};

TEST_F(OutputSetTest, NothingAppearsBeforeCommitAndThenAllDoes) {
  OutputSet set;
  (*set.open(path("a.txt")))->append("a");
  (*set.open(path("b.txt.gz")))->append("b");
  EXPECT_FALSE(fs::exists(path("a.txt")));
  EXPECT_FALSE(fs::exists(path("b.txt.gz")));
  ASSERT_TRUE(set.commit().has_value());
  EXPECT_EQ(load_file(path("a.txt")).value(), "a");
  EXPECT_EQ(load_file(path("b.txt.gz")).value(), "b");
}

TEST_F(OutputSetTest, OneThatCannotBeWrittenKeepsAllAway) {
  std::ofstream(path("a.txt")) << "old";
  {
    OutputSet set;
    (*set.open(path("a.txt")))->append("new");
    (*set.open("/dev/full"))->append("never");
    EXPECT_FALSE(set.commit().has_value());
  }
  EXPECT_EQ(load_file(path("a.txt")).value(), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(OutputSetTest, ASetThatIsGivenUpLeavesNothing) {
  {
    OutputSet set;
    (*set.open(path("a.txt")))->append("new");
  }
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(OutputSetTest, FoldersAreCheckedBeforeTheWork) {
  EXPECT_TRUE(check_output("-").has_value());
  EXPECT_TRUE(check_output(path("a.txt")).has_value());
  EXPECT_TRUE(check_output("/dev/null").has_value());
  EXPECT_FALSE(check_output(folder_).has_value());
  EXPECT_FALSE(check_output(path("out/a.txt")).has_value());
  EXPECT_TRUE(check_output(path("out/a.txt"), true).has_value());
  EXPECT_FALSE(check_output(path("out/deep/a.txt"), true).has_value());
  EXPECT_FALSE(fs::exists(path("out")));
  ASSERT_TRUE(make_output_folder(path("out/a.txt")).has_value());
  EXPECT_TRUE(fs::is_directory(path("out")));
}

}  // namespace
}  // namespace dossier
