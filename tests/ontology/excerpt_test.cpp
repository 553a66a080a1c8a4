#include "ontology/excerpt.hpp"

#include <gtest/gtest.h>

namespace dossier::test {
namespace {

TEST(ExcerptTest, AShortLineStaysWhole) {
  const Excerpt all = excerpt_of("a b c", 3, 10);
  EXPECT_EQ(all.before + all.after, "a b c");
  EXPECT_EQ(all.caret, 2u);
  EXPECT_EQ(excerpt_of("a b c", 0, 10).caret, 0u);
  EXPECT_EQ(excerpt_of("", 7, 10).after, "");
  EXPECT_EQ(excerpt_of("ab", 9, 10).caret, 2u);
}

TEST(ExcerptTest, TheCaretStandsBelowTheColumn) {
  const Excerpt shown = excerpt_of("\té\x01x", 4, 10);
  EXPECT_EQ(shown.before, " é\\x01");
  EXPECT_EQ(shown.after, "x");
  EXPECT_EQ(shown.caret, 6u);
}

TEST(ExcerptTest, ALongLineIsCutAroundTheColumn) {
  const std::string line = std::string(50, 'a') + "X" + std::string(50, 'b');
  const Excerpt middle = excerpt_of(line, 51, 10);
  EXPECT_EQ(middle.before, "…aaaaa");
  EXPECT_EQ(middle.after, "Xbbbb…");
  EXPECT_EQ(middle.caret, 6u);
  EXPECT_EQ(excerpt_of(line, 1, 10).after, "aaaaaaaaaa…");
  EXPECT_EQ(excerpt_of(line, 101, 10).before, "…bbbbbbbbb");
  EXPECT_EQ(excerpt_of(line, 101, 10).after, "b");
}

}  // namespace
}  // namespace dossier::test
