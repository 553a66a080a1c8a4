// Files in archives, written by ours and read back; what is no honest archive is refused. The
// suites hold archives of other programs.
#include <filesystem>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/archive_output.hpp"
#include "base/codes/files.hpp"
#include "base/input.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

class ArchiveTest : public testing::Test {
 protected:
  ArchiveTest() : folder_(fs::temp_directory_path() / ("dossier_ar_" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~ArchiveTest() override { fs::remove_all(folder_); }

  static std::string packed(ArchiveKind kind, std::string_view member, std::string_view text) {
    StringSink sink;
    EXPECT_TRUE(write_archive(kind, member, text, sink).has_value());
    return sink.text();
  }
  // A tar of ours without its end, so that another can be put behind it.
  static std::string tar_entry(std::string_view member, std::string_view text) {
    StringSink sink;
    EXPECT_TRUE(write_archive(ArchiveKind::tar_gz, member, text, sink).has_value());
    const fs::path file = fs::temp_directory_path() / ("dossier_tar_" + std::to_string(getpid()));
    put(file, sink.text());
    const std::string unzipped = gunzip(file);
    fs::remove(file);
    return unzipped.substr(0, 1024);
  }
  static std::string gunzip(const fs::path& file) {
    const std::string command = "gzip -dc " + file.string();
    std::string out;
    FILE* const pipe = ::popen(command.c_str(), "r");
    char block[4096];
    for (std::size_t n = 0; (n = std::fread(block, 1, sizeof block, pipe)) > 0;)
      out.append(block, n);
    ::pclose(pipe);
    return out;
  }
  static void put(const fs::path& file, std::string_view bytes) {
    auto sink = open_output(file);
    (*sink)->append(bytes);
    EXPECT_TRUE((*sink)->finish().has_value());
  }
  Expected<std::string> read(std::string_view bytes, const std::string& member = "",
                             const Limits& limits = {}) {
    put(folder_ / "a", bytes);
    return load_file((folder_ / "a").string() + (member.empty() ? "" : "!/" + member), SIZE_MAX,
                     limits);
  }

  fs::path folder_;
};

constexpr ArchiveKind kKinds[] = {ArchiveKind::zip, ArchiveKind::tar_gz, ArchiveKind::tar_xz};

TEST_F(ArchiveTest, AFileInAnArchiveReadsAsWritten) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += std::to_string(i * 7919 % 10007) + "\n";
  for (const ArchiveKind kind : kKinds) {
    EXPECT_EQ(read(packed(kind, "t/list.txt", text)).value(), text);
    EXPECT_EQ(read(packed(kind, "t/list.txt", text), "t/list.txt").value(), text);
    EXPECT_EQ(read(packed(kind, "empty", "")).value(), "");
  }
}

TEST_F(ArchiveTest, TheSameBytesGiveTheSameArchive) {
  for (const ArchiveKind kind : kKinds) EXPECT_EQ(packed(kind, "a", "x"), packed(kind, "a", "x"));
}

TEST_F(ArchiveTest, OneOfSeveralFilesMustBeNamed) {
  const std::string two =
      tar_entry("a.csv", "A") + tar_entry("b.csv", "B") + std::string(1024, '\0');
  EXPECT_EQ(read(two, "b.csv").value(), "B");
  const auto unnamed = read(two);
  ASSERT_FALSE(unnamed.has_value());
  EXPECT_EQ(unnamed.error().code, code::archive_member);
  EXPECT_NE(unnamed.error().hint.find("a.csv, b.csv"), std::string::npos) << unnamed.error().hint;
  EXPECT_EQ(read(two, "c.csv").error().code, code::archive_member);
  EXPECT_EQ(read("no archive", "c.csv").error().code, code::archive_member);
}

TEST_F(ArchiveTest, NamesThatLeadOutAreRefused) {
  for (const std::string_view name : {"../evil", "/etc/evil", "a/../../evil"}) {
    const auto refused = read(packed(ArchiveKind::zip, name, "x"));
    ASSERT_FALSE(refused.has_value()) << name;
    EXPECT_EQ(refused.error().code, code::archive_unsafe) << name;
  }
}

TEST_F(ArchiveTest, CutArchivesAreErrors) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i * 7919 % 10007) + "\n";
  for (const ArchiveKind kind : kKinds) {
    const std::string whole = packed(kind, "a", text);
    const auto cut = read(std::string_view(whole).substr(0, whole.size() / 2));
    ASSERT_FALSE(cut.has_value());
    EXPECT_EQ(cut.error().code, code::compressed_data_bad);
  }
}

TEST_F(ArchiveTest, AnArchiveBombIsRefusedByTheRatio) {
  const std::string zeros(std::size_t{80} << 20, '\0');
  Limits limits;
  limits.max_output_ratio = 100;
  for (const ArchiveKind kind : kKinds) {
    const auto bomb = read(packed(kind, "a", zeros), "", limits);
    ASSERT_FALSE(bomb.has_value());
    EXPECT_EQ(bomb.error().code, code::limit_exceeded);
  }
}

}  // namespace
}  // namespace dossier
