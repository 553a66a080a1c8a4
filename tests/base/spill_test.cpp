#include <algorithm>
#include <cstdlib>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "base/sorted_runs.hpp"
#include "base/spill_memory.hpp"
#include "base/temporary_file.hpp"

namespace dossier {
namespace {

// TMPDIR for the length of a test.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const char* folder) {
    const char* const before = std::getenv("TMPDIR");
    if (before != nullptr) before_ = before;
    ::setenv("TMPDIR", folder, 1);
  }
  ~TemporaryFolder() {
    before_.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", before_.c_str(), 1);
  }

 private:
  std::string before_;
};

TEST(TemporaryFileTest, WhatWasAppendedIsReadAnywhere) {
  auto file = TemporaryFile::create();
  ASSERT_TRUE(file) << file.error().message;
  std::string all;
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    const std::string piece(random() % 30'000, static_cast<char>('a' + i % 26));
    ASSERT_TRUE(file->append(piece));
    all += piece;
    if (i % 20 != 0) continue;
    std::vector<char> read(1000);
    const std::uint64_t at = random() % (all.size() + 1);
    const auto n = file->read_at(at, read);
    ASSERT_TRUE(n);
    EXPECT_EQ(std::string_view(read.data(), *n), std::string_view(all).substr(at, 1000));
  }
  EXPECT_EQ(file->size(), all.size());
}

TEST(TemporaryFileTest, AFolderThatCannotBeUsedIsAnError) {
  const TemporaryFolder folder("/no/such/folder");
  const auto file = TemporaryFile::create();
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, code::file_unwritable);
}

TEST(SortedRunsTest, RunsOnTheDiskGiveTheSameOrderAsMemory) {
  std::mt19937 random(2);
  for (const std::size_t count : {0u, 1u, 64u, 65u, 10'000u}) {
    SortedRuns<std::uint64_t> runs(512);  // 64 values
    std::vector<std::uint64_t> wanted;
    for (std::size_t i = 0; i < count; ++i) {
      wanted.push_back(random() % 500);
      ASSERT_TRUE(runs.add(wanted.back()));
    }
    std::ranges::sort(wanted);
    std::vector<std::uint64_t> got;
    ASSERT_TRUE(runs.merge([&](std::uint64_t value) -> Expected<void> {
      got.push_back(value);
      return {};
    }));
    EXPECT_EQ(got, wanted);
  }
}

TEST(SpillMemoryTest, PastTheBudgetPiecesAreFilesAndKeepTheirBytes) {
  SpillMemory memory(std::uint64_t{1} << 20);
  std::vector<std::vector<int, SpillAllocator<int>>> pieces;
  for (int i = 0; i < 16; ++i) {
    pieces.emplace_back(100'000, i, SpillAllocator<int>(memory));
    memory.touched(1000);
  }
  EXPECT_GE(memory.mapped(), 13u * 400'000);
  for (int i = 0; i < 16; ++i) {
    EXPECT_EQ(std::ranges::count(pieces[static_cast<std::size_t>(i)], i), 100'000);
  }
  pieces.clear();
  EXPECT_EQ(memory.mapped(), 0u);
}

TEST(SpillMemoryTest, AFullDiskIsAnErrorAndNoSignal) {
  const TemporaryFolder folder("/no/such/folder");
  SpillMemory memory(0);
  EXPECT_THROW(memory.allocate(1 << 20), std::bad_alloc);
  ASSERT_TRUE(memory.error());
  EXPECT_EQ(memory.error()->code, code::file_unwritable);
}

}  // namespace
}  // namespace dossier
