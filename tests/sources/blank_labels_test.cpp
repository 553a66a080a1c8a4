#include "sources/blank_labels.hpp"

#include <set>

#include <gtest/gtest.h>

#include "sources/rdf.hpp"

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
  EXPECT_EQ(label(labels, "anonx1"), "anon_x1");
  EXPECT_EQ(label(labels, "anon_x"), "anon__x");
  for (const std::string_view same : {"anon", "anon_", "anony1", "anon1x", "b0", "x"}) {
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
  for (const char* text : {"http://e/", "http-3A", "a b", "a-20b", "", "1."}) {
    seen.insert(labels.made_of(text));
    seen.insert(label(labels, labels.made_of(text).substr(2)));
    count += 2;
  }
  for (std::uint64_t number = 0; number < 20; ++number, ++count) seen.insert(label(labels, number));
  EXPECT_EQ(seen.size(), count);
  for (const std::string& each : seen) EXPECT_TRUE(each.starts_with("f.")) << each;
}

// "_:http://e/" is a node of a JSON-LD document all the same, but no label of RDF.
TEST(BlankLabelsTest, WhatIsNoLabelBecomesOne) {
  EXPECT_TRUE(is_blank_node_label("b.0-é·_"));
  for (const std::string_view bad :
       {"", "a.", ".a", "-a", "a:b", "http://e/", "a b", "·", "a\xC3"}) {
    EXPECT_FALSE(is_blank_node_label(bad)) << bad;
  }
  const std::string json = R"([{"http://e/p": [{"@id": "_:http://e/"}, {"@id": "_:x"}]}])";
  struct Objects {
    std::vector<std::string> labels;
    bool statement(const StatementView& view) {
      labels.emplace_back(view.object->text);
      return true;
    }
    void prefix(std::string_view, std::string_view) {}
  } objects;
  DiagnosticCollector diagnostics;
  const auto source = memory_input(json, "test");
  ASSERT_TRUE(read_rdf(*source, Format::jsonld, {}, objects, diagnostics));
  EXPECT_EQ(objects.labels, (std::vector<std::string>{"anonxhttp-3A-2F-2Fe-2F", "x"}));
}

}  // namespace
}  // namespace dossier
