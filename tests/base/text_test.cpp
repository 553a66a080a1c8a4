#include "base/text.hpp"

#include <gtest/gtest.h>

#include "base/utf8.hpp"

namespace dossier {
namespace {

TEST(TextTest, NearestNameFindsSlipsAndRefusesStrangers) {
  const std::vector<std::string> names = {"startDate", "endDate", "legalBasis"};
  EXPECT_EQ(nearest_name("startdate", names), "startDate");
  EXPECT_EQ(nearest_name("legalBsais", names), "legalBasis");
  EXPECT_EQ(nearest_name("population", names), std::nullopt);
}

TEST(TextTest, NumbersHaveSeparators) {
  EXPECT_EQ(with_separators(0), "0");
  EXPECT_EQ(with_separators(999), "999");
  EXPECT_EQ(with_separators(1234567), "1,234,567");
  EXPECT_EQ(counted(1, "statement"), "1 statement");
}

// Oracle: the definition, by encoding each scalar value and by listing each two-byte continuation.
TEST(Utf8Test, EveryScalarValueRoundTripsAndSurrogatesDoNot) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    std::string text;
    append_utf8(text, c);
    const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    ASSERT_EQ(is_utf8(text), !surrogate) << static_cast<unsigned>(c);
    if (surrogate) continue;
    ASSERT_EQ(decode_utf8(text).value, c);
  }
}

TEST(Utf8Test, BadSequencesAreFoundWhereTheyBegin) {
  for (const std::string bad :
       {"\x80", "\xC0\x80", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF"}) {
    for (std::size_t before : {0u, 3u, 8u, 17u}) {
      EXPECT_EQ(find_invalid_utf8(std::string(before, 'x') + bad), before);
    }
  }
}

}  // namespace
}  // namespace dossier
