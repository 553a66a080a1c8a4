// What does not fit into the memory of a run goes on in temporary files: the same bytes come out.
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "mapping/line_output.hpp"
#include "tests/mapping/mapping_helpers.hpp"

namespace dossier::test {
namespace {

// Lines of which some are checked; the others come once.
LineBlock random_block(std::mt19937& random, std::uint64_t& next_unique, unsigned values) {
  LineBlock block;
  const auto count = random() % 400;
  for (std::size_t i = 0; i < count; ++i) {
    const bool checked = random() % 4 != 0;
    const std::uint64_t value = checked ? random() % values : next_unique++;
    const std::string line =
        (checked ? "c" : "u") + std::to_string(value) + std::string(value % 37, 'x') + "\n";
    if (checked) {
      block.checked.push_back({Fingerprint::of(line), block.bytes.size(), line.size()});
    }
    block.bytes.append(line);
  }
  return block;
}

// Records of a few lines each, with a subject that none but its lines have.
LineBlock random_records(std::mt19937& random, unsigned subjects) {
  LineBlock block;
  for (auto records = random() % 60; records > 0; --records) {
    const std::string subject = "s" + std::to_string(random() % subjects);
    const auto number = static_cast<std::uint32_t>(block.subjects.size());
    block.subjects.push_back({Fingerprint::of(subject), true});
    std::set<std::string> lines;
    for (auto count = random() % 6; count > 0; --count) {
      const std::string line = subject + " " + std::to_string(random() % 20) + "\n";
      if (!lines.insert(line).second) block.subjects.back().alone = false;
      block.checked.push_back({Fingerprint::of(line), block.bytes.size(), line.size(), number});
      block.bytes.append(line);
    }
    const std::string other = "any " + std::to_string(random() % 1000) + "\n";
    block.checked.push_back({Fingerprint::of(other), block.bytes.size(), other.size()});
    block.bytes.append(other);
  }
  return block;
}

TEST(LineOutputTest, EqualLinesOfSubjectsAreLeftOutInAnyAmountOfMemory) {
  for (const std::uint64_t memory : {0u, 1u, 300'000u, 900'000u, 20'000'000u}) {
    for (const unsigned subjects : {5u, 3'000u, 90'000u}) {
      std::mt19937 random(subjects);
      StringSink sink;
      LineOutput output(sink, memory);
      std::set<std::string> seen;
      std::string wanted;
      for (int i = 0; i < 600; ++i) {
        const LineBlock block = random_records(random, subjects);
        output.write(block);
        std::string_view rest = block.bytes.view();
        while (!rest.empty()) {
          const std::string line(rest.substr(0, rest.find('\n') + 1));
          rest.remove_prefix(line.size());
          if (seen.insert(line).second) wanted += line;
        }
      }
      ASSERT_TRUE(output.finish());
      ASSERT_TRUE(sink.text() == wanted) << memory << " bytes, " << subjects << " subjects";
      const bool enough = memory == 0 || memory == 20'000'000 || subjects == 5;
      EXPECT_EQ(output.spilled(), memory == 1 || !enough) << memory << " bytes, " << subjects;
    }
  }
}

TEST(LineOutputTest, EqualLinesAreLeftOutInAnyAmountOfMemory) {
  for (const std::uint64_t memory : {0u, 1u, 400'000u, 4'000'000u}) {
    for (const unsigned values : {50u, 5'000u, 60'000u}) {
      std::mt19937 random(values);
      StringSink sink;
      LineOutput output(sink, memory);
      std::set<std::string> seen;
      std::string wanted;
      std::uint64_t next_unique = 0;
      std::uint64_t duplicates = 0;
      for (int i = 0; i < 400; ++i) {
        const LineBlock block = random_block(random, next_unique, values);
        output.write(block);
        std::string_view rest = block.bytes.view();
        while (!rest.empty()) {
          const std::string line(rest.substr(0, rest.find('\n') + 1));
          rest.remove_prefix(line.size());
          if (seen.insert(line).second) {
            wanted += line;
          } else {
            ++duplicates;
          }
        }
      }
      ASSERT_TRUE(output.finish());
      ASSERT_TRUE(sink.text() == wanted) << memory << " bytes, " << values << " values";
      EXPECT_EQ(output.duplicates(), duplicates);
      // The first table of the set holds 3072 lines, and three times its bytes are counted.
      EXPECT_EQ(output.spilled(),
                (memory == 1 && values > 50) || (memory == 400'000 && values > 5'000))
          << memory << " bytes, " << values;
    }
  }
}

constexpr const char* kMapping = R"(prefixes: {ex: http://e/}
mappings:
  ban:
    sources: [[bans.csv~csv]]
    s: ex:ban/$(id)
    po:
      - [ex:note, $(note)]
      - p: ex:app
        o: {mapping: app, condition: {function: equal, parameters: [[str1, $(app), s], [str2, $(name), o]]}}
  app:
    sources: [[apps.csv~csv]]
    s: ex:app/$(id)
    po: [[ex:name, $(name)], [ex:kind, $(kind)]]
)";

void write_tables(Folder& folder, std::uint32_t rows) {
  std::mt19937 random(4);
  std::string bans = "id,note,app\n";
  std::string apps = "id,name,kind\n";
  for (std::uint32_t i = 0; i < rows; ++i) {
    bans += std::to_string(random() % rows) + ",n" + std::to_string(random() % 10) + ",a" +
            std::to_string(random() % rows) + "\n";
    apps += std::to_string(i) + ",a" + std::to_string(random() % rows) + ",k\n";
  }
  folder.write("bans.csv", bans).write("apps.csv", apps).write("mapping.yarrrml", kMapping);
}

TEST(SpillTest, ARunInLittleMemoryWritesTheSameBytes) {
  Folder folder;
  write_tables(folder, 20'000);
  const RunResult whole = run_folder(folder);
  ASSERT_FALSE(whole.failed) << whole.complaints();
  for (const std::size_t threads : {1u, 2u}) {
    TestRun options;
    options.run.threads = threads;
    options.run.memory = 100'000;
    const RunResult little = run_folder(folder, options);
    ASSERT_FALSE(little.failed) << little.complaints();
    EXPECT_TRUE(little.lines == whole.lines);
    EXPECT_EQ(little.counts.written(), whole.counts.written());
  }
}

TEST(SpillTest, WithoutAFolderForTemporaryFilesTheRunFailsAndSaysSo) {
  Folder folder;
  write_tables(folder, 20'000);
  ::setenv("TMPDIR", "/no/such/folder", 1);
  TestRun options;
  options.run.memory = 100'000;
  const RunResult result = run_folder(folder, options);
  ::unsetenv("TMPDIR");
  ASSERT_TRUE(result.failed);
  EXPECT_EQ(result.diagnostics.back().code, code::file_unwritable);
}

}  // namespace
}  // namespace dossier::test
