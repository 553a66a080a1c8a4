#include "sources/blank_labels.hpp"

#include <set>

#include <gtest/gtest.h>

namespace dossier {
namespace {

std::string label(const BlankLabels& labels, std::string_view text) {
  std::string out(labels.room(text), '\0');
  out.resize(labels.write(text, out.data()));
  return out;
}

std::string label(const BlankLabels& labels, std::uint64_t number) {
  std::string out(labels.room(), '\0');
  out.resize(labels.write(number, out.data()));
  return out;
}

TEST(BlankLabelsTest, LabelsOfTheShapeOfAnonymousOnesGetAnUnderscoreMore) {
  const BlankLabels labels("");
  EXPECT_EQ(label(labels, 7), "anon7");
  EXPECT_EQ(label(labels, "anon7"), "anon_7");
  EXPECT_EQ(label(labels, "anon_7"), "anon__7");
  for (const std::string_view same : {"anon", "anon_", "anonx1", "anon1x", "b0", "x"}) {
    EXPECT_TRUE(labels.stays(same)) << same;
    EXPECT_EQ(label(labels, same), same);
  }
}

TEST(BlankLabelsTest, DifferentNodesKeepDifferentLabels) {
  const BlankLabels labels("f.");
  std::set<std::string> seen;
  std::size_t count = 0;
  for (const char* text : {"anon1", "anon_1", "anon__1", "anon01", "anon", "anon_", "1", "a"}) {
    seen.insert(label(labels, text));
    ++count;
  }
  for (std::uint64_t number = 0; number < 20; ++number, ++count) seen.insert(label(labels, number));
  EXPECT_EQ(seen.size(), count);
  for (const std::string& each : seen) EXPECT_TRUE(each.starts_with("f.")) << each;
}

}  // namespace
}  // namespace dossier
