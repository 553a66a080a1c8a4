#include "ontology/baseline.hpp"

#include <gtest/gtest.h>

#include "tests/ontology/ontology_support.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kShapes =
    ":s sh:targetClass :C ; sh:property [ sh:path :p ; sh:minCount 1 ; sh:node [ sh:nodeKind "
    "sh:IRI ] ] .";

TEST(BaselineTest, OnlyNewFindingsAreLeft) {
  const Graph shapes_graph = turtle(kShapes);
  const ShapeSet shapes = shapes_of(shapes_graph);
  const Graph before = turtle(":a a :C . :b a :C ; :p \"x\" . :c a :C ; :p :ok .");
  auto findings = validate(before, nullptr, shapes);
  StringSink sink;
  write_baseline(*findings, sink);
  const Baseline baseline(sink.text());
  EXPECT_EQ(baseline.size(), 2u) << sink.text();

  BaselineResult result = apply_baseline(*findings, baseline);
  EXPECT_EQ(result.accepted, 2u);
  EXPECT_EQ(result.vanished, 0u);
  EXPECT_TRUE(findings->conforms());
  EXPECT_TRUE(findings->kept().empty());

  const Graph after = turtle(":a0 a :C . :b a :C ; :p \"x\" , \"y\" . :c a :C ; :p :ok .");
  auto later = validate(after, nullptr, shapes);
  EXPECT_EQ(later->count(), 3u);
  result = apply_baseline(*later, baseline);
  EXPECT_EQ(result.accepted, 1u);
  EXPECT_EQ(result.vanished, 1u);
  EXPECT_EQ(later->count(), 2u);
  EXPECT_EQ(later->kept_count(), 2u);
  for (const Finding& each : later->kept()) {
    if (each.parent != kNoParent) {
      EXPECT_LT(each.parent, later->kept().size());
      EXPECT_EQ(later->kept()[each.parent].parent, kNoParent);
    }
  }
}

TEST(BaselineTest, CommentsAndLineEndsOfWindowsAreRead) {
  const Baseline baseline("# note\r\n\r\nE0450\ta\tb\tc\td\r\n");
  EXPECT_EQ(baseline.size(), 1u);
  EXPECT_TRUE(baseline.contains("E0450\ta\tb\tc\td"));
}

}  // namespace
}  // namespace dossier::test
