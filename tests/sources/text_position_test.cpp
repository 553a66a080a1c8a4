// Lines and columns while bytes are passed by, against the index of the whole text.
#include "sources/text_position.hpp"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "base/line_index.hpp"

namespace dossier {
namespace {

std::string random_text(std::mt19937& random) {
  const std::string_view parts[] = {
      "a", "\n", "\r", "\r\n", "é", "😀", "long enough for a step of 16 bytes"};
  std::string text;
  for (std::size_t i = random() % 40; i > 0; --i) text += parts[random() % std::size(parts)];
  return text;
}

TEST(TextPositionTest, TextsPassedInPartsEndWhereTheIndexSays) {
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    TextPosition at;
    for (std::size_t part = random() % 5; part > 0; --part) {
      const std::string passed = random_text(random);
      if (random() % 2 == 0) {
        at.advance(passed);
      } else {
        TextPosition of_passed;
        of_passed.advance(passed);
        at.advance(passed, of_passed);
      }
      text += passed;
    }
    const LineColumn wanted = LineIndex(text + "x").at(text.size());
    EXPECT_EQ(at.line(), wanted.line) << text;
    EXPECT_EQ(at.column(), wanted.column) << text;
  }
}

TEST(TextPositionTest, ManyLines) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text.append(static_cast<std::size_t>(i % 3), 'x').append("\n");
  TextPosition at;
  at.advance(text);
  EXPECT_EQ(at.line(), 100'001u);
  EXPECT_EQ(at.column(), 1u);
}

}  // namespace
}  // namespace dossier
