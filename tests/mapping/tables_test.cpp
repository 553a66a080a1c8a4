// The hash tables of the engine against those of the standard library.
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "mapping/fingerprint_set.hpp"
#include "mapping/join_table.hpp"
#include "mapping/subject_lines.hpp"

namespace dossier {
namespace {

TEST(JoinTableTest, GivesParentsOfAKeyInTheirOrder) {
  std::mt19937 random(3);
  SpillMemory memory;
  JoinTable table(memory);
  std::map<std::string, std::vector<std::string>> oracle;
  for (int i = 0; i < 20'000; ++i) {
    const std::string key = std::to_string(random() % 5000);
    const std::string subject = "s" + std::to_string(random() % 3);
    table.add(key, JoinTable::hash_of(key), subject, JoinTable::Kind::iri);
    auto& subjects = oracle[key];
    if (subjects.empty() || subjects.back() != subject) subjects.push_back(subject);
  }
  for (const auto& [key, subjects] : oracle) {
    std::vector<std::string> found;
    for (const auto* entry = table.find(key); entry != nullptr; entry = entry->next) {
      EXPECT_EQ(entry->key(), key);
      found.emplace_back(entry->subject());
    }
    ASSERT_EQ(found, subjects) << key;
  }
  EXPECT_EQ(table.find("no such key"), nullptr);
  EXPECT_EQ(table.find(""), nullptr);
}

TEST(SubjectLinesTest, HandsOverWhatASubjectThatComesAgainHas) {
  std::mt19937 random(9);
  SubjectLines lines;
  std::map<std::string, std::vector<Fingerprint>> held;  // of subjects that came once
  std::set<std::string> handed;
  for (int i = 0; i < 20'000; ++i) {
    const std::string subject = std::to_string(random() % 30'000);
    const bool alone = random() % 8 != 0;
    std::vector<Fingerprint> got;
    const bool known = handed.contains(subject) || held.contains(subject);
    SubjectLines::Entry* entry = lines.enter(Fingerprint::of(subject), alone,
                                             [&](const auto& line) { got.push_back(line); });
    ASSERT_EQ(entry != nullptr, alone && !known) << subject;
    ASSERT_EQ(got, held[subject]) << subject;
    held.erase(subject);
    if (entry == nullptr) {
      handed.insert(subject);
      continue;
    }
    for (auto count = random() % 20; count > 0; --count) {
      const Fingerprint line = Fingerprint::of(subject + " " + std::to_string(count));
      ASSERT_TRUE(lines.add(*entry, line));
      held[subject].push_back(line);
    }
    if (!held.contains(subject)) held[subject] = {};
  }
  std::set<Fingerprint> left;
  lines.for_each([&](const Fingerprint& line) { left.insert(line); });
  std::set<Fingerprint> wanted;
  for (const auto& [subject, prints] : held) wanted.insert(prints.begin(), prints.end());
  EXPECT_EQ(left, wanted);
}

TEST(FingerprintSetTest, KnowsWhatItHasSeen) {
  std::mt19937 random(5);
  FingerprintSet set;
  std::set<std::string> oracle;
  for (int i = 0; i < 50'000; ++i) {
    const std::string line = "<s> <p> \"" + std::to_string(random() % 20'000) + "\" .\n";
    ASSERT_EQ(set.insert(Fingerprint::of(line)), oracle.insert(line).second);
  }
  EXPECT_EQ(set.size(), oracle.size());
}

}  // namespace
}  // namespace dossier
