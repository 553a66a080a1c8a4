#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "base/input.hpp"
#include "base/interrupt.hpp"
#include "base/output.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

class IoTest : public testing::Test {
 protected:
  IoTest() : folder_(fs::temp_directory_path() / ("dossier_io_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~IoTest() override { fs::remove_all(folder_); }
  fs::path path(const std::string& name) const { return folder_ / name; }
  static std::string noise(std::size_t size) {
    std::mt19937 random(7);
    std::string text(size, ' ');
    for (char& c : text) c = static_cast<char>('a' + random() % 17);
    return text;
  }
  void write(const std::string& name, const std::string& text) {
    auto sink = open_output(path(name));
    ASSERT_TRUE(sink.has_value()) << sink.error().message;
    (*sink)->append(text);
    ASSERT_TRUE((*sink)->finish().has_value());
  }
  fs::path folder_;
};

TEST_F(IoTest, CompressedOutputReadsBackWhatWasWritten) {
  const std::string text = noise(3'000'001);
  for (const std::string name : {"a.txt", "a.gz", "a.zst"}) {
    write(name, text);
    const auto read = load_file(path(name));
    ASSERT_TRUE(read.has_value()) << read.error().message;
    EXPECT_EQ(*read, text) << name;
  }
}

TEST_F(IoTest, SeveralGzipMembersAreAllRead) {
  write("a.gz", "one ");
  write("b.gz", "two");
  std::ifstream a(path("a.gz"), std::ios::binary);
  std::ifstream b(path("b.gz"), std::ios::binary);
  std::ofstream(path("c.gz"), std::ios::binary) << a.rdbuf() << b.rdbuf();
  EXPECT_EQ(load_file(path("c.gz")).value(), "one two");
}

TEST_F(IoTest, CutCompressedDataIsAnErrorNotAnEnd) {
  for (const std::string name : {"a.gz", "a.zst"}) {
    write(name, noise(200'000));
    fs::resize_file(path(name), fs::file_size(path(name)) - 5);
    const auto read = load_file(path(name));
    ASSERT_FALSE(read.has_value()) << name;
    EXPECT_EQ(read.error().code, code::compressed_data_bad);
  }
}

TEST_F(IoTest, AGzipBombIsRefusedByTheRatio) {
  write("bomb.gz", std::string(std::size_t{100} << 20, '\0'));
  Limits limits;
  limits.max_output_ratio = 100;
  const auto read = load_file(path("bomb.gz"), SIZE_MAX, limits);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, code::limit_exceeded);
}

TEST_F(IoTest, AnUnfinishedFileLeavesTheOldOneAndNoTemporary) {
  write("a.txt", "old");
  {
    auto sink = open_output(path("a.txt")).value();
    sink->append("new");
  }
  EXPECT_EQ(load_file(path("a.txt")).value(), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(IoTest, ASealedFileHasNotAppearedUntilItIsFinished) {
  for (const char* name : {"plain.txt", "packed.gz", "packed.zst"}) {
    const fs::path file = path(name);
    {
      auto given_up = std::move(*open_output(file));
      given_up->append("never seen");
      ASSERT_TRUE(given_up->seal().has_value());
    }
    EXPECT_FALSE(fs::exists(file)) << name;
    auto sink = std::move(*open_output(file));
    sink->append("seen");
    ASSERT_TRUE(sink->seal().has_value());
    EXPECT_FALSE(fs::exists(file)) << name;
    ASSERT_TRUE(sink->finish().has_value());
    EXPECT_EQ(*load_file(file), "seen") << name;
  }
}

TEST_F(IoTest, ASignalRemovesTheTemporaryAndSaysSo) {
  const auto interrupted_run = [&] {
    install_interrupt_handlers();
    auto sink = open_output(path("out.txt"));
    (*sink)->append("half");
    std::raise(SIGTERM);
  };
  EXPECT_EXIT(interrupted_run(), testing::KilledBySignal(SIGTERM),
              "interrupted by a signal .E0011.");
  EXPECT_TRUE(fs::is_empty(folder_));
  EXPECT_EQ(number_of(code::interrupted), "E0011");
}

// A build that was killed between making a file and remembering it left the file behind.
TEST_F(IoTest, NoMomentOfASignalLeavesATemporary) {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(STDERR_FILENO);
      install_interrupt_handlers();
      const auto make_files = [&](const char* name) {
        for (;;) auto sink = open_output(path(name));
      };
      std::thread other(make_files, "a.txt");
      make_files("b.txt");
    }
    ::usleep(static_cast<useconds_t>(10'000 + random() % 5'000));
    ::kill(child, SIGTERM);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status));
    ASSERT_TRUE(fs::is_empty(folder_)) << "round " << round;
  }
}

TEST_F(IoTest, AFullDiskIsReportedByFinish) {
  auto sink = open_output("/dev/full").value();
  sink->append(noise(3'000'000));
  const auto done = sink->finish();
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, code::file_unwritable);
}

TEST_F(IoTest, MissingFilesAndFoldersAreToldApart) {
  EXPECT_EQ(load_file(path("none")).error().code, code::file_not_found);
  EXPECT_EQ(load_file(folder_).error().code, code::file_unreadable);
  EXPECT_FALSE(open_output(path("no/such/folder.txt")).has_value());
}

}  // namespace
}  // namespace dossier
