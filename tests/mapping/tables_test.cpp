// The hash tables of the engine against those of the standard library.
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "mapping/fingerprint_set.hpp"
#include "mapping/join_table.hpp"

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
