#include "cli/identity.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/codes/program.hpp"
#include "base/codes/tables.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

class IdentityTest : public testing::Test {
 protected:
  IdentityTest()
      : file_(fs::temp_directory_path() / ("dossier_same_" + std::to_string(::getpid()) + ".csv")) {
    prefixes_.set("ex", "http://e/");
  }
  ~IdentityTest() override { fs::remove(file_); }
  Expected<void> load(const std::string& text) {
    std::ofstream(file_) << text;
    return load_identity(file_, prefixes_, {}, judgements_, diagnostics_);
  }
  fs::path file_;
  Prefixes prefixes_;
  std::vector<SameAs> judgements_;
  DiagnosticCollector diagnostics_;
};

TEST_F(IdentityTest, IrisAndShortNamesAreRead) {
  ASSERT_TRUE(load("note,merge,keep\nwhy,ex:b,http://e/a\n,ex:c,ex:a\n").has_value());
  ASSERT_EQ(judgements_.size(), 2u);
  EXPECT_EQ(judgements_[0].keep, "http://e/a");
  EXPECT_EQ(judgements_[0].merge, "http://e/b");
  EXPECT_EQ(judgements_[1].merge, "http://e/c");
}

TEST_F(IdentityTest, ARowThatSaysNothingUsableEndsTheRunAtItsCell) {
  const auto loaded = load("keep,merge\nex:a,ex:b\nex:a,\nnot an iri,ex:c\n");
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, code::identity_bad_row);
  const std::vector<Diagnostic> said = diagnostics_.sorted();
  ASSERT_EQ(said.size(), 2u);
  EXPECT_EQ(said[0].place.line, 3u);
  EXPECT_EQ(said[1].place.line, 4u);
  EXPECT_EQ(said[1].place.column, 1u);
  EXPECT_NE(said[1].message.find("not an iri"), std::string::npos);
}

TEST_F(IdentityTest, AMissingColumnIsNamed) {
  const auto loaded = load("keep,merg\nex:a,ex:b\n");
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, code::column_unknown);
}

}  // namespace
}  // namespace dossier
