#include "mapping/term_format.hpp"

#include <random>

#include <gtest/gtest.h>

namespace dossier {
namespace {

std::string percent(std::string_view text, bool unicode = true) {
  ByteBuffer out;
  append_percent_encoded(out, text, unicode);
  return std::string(out.view());
}

std::string natural(std::string_view text, ValueType type) {
  ByteBuffer out;
  append_natural(out, Value::of(text, type));
  return std::string(out.view());
}

TEST(TermFormatTest, TemplatesKeepOnlyUnreservedCharacters) {
  EXPECT_EQ(percent("Saint Martin (French part)"), "Saint%20Martin%20%28French%20part%29");
  EXPECT_EQ(percent("a-b_c.d~e/f:g"), "a-b_c.d~e%2Ff%3Ag");
  EXPECT_EQ(percent("Zoë"), "Zoë");
  EXPECT_EQ(percent("Zoë", false), "Zo%C3%AB");
  // Private use and non-characters are no ucschar of RFC 3987.
  EXPECT_EQ(percent("\xEE\x80\x80"), "%EE%80%80");
  EXPECT_EQ(percent(""), "");
}

// Byte by byte, as RDF 1.2 N-Triples says of the canonical form.
std::string escaped_slowly(std::string_view text) {
  std::string out;
  for (const char each : text) {
    const auto c = static_cast<unsigned char>(each);
    const std::size_t at = std::string_view("\b\t\n\f\r\"\\").find(each);
    if (at != std::string_view::npos) {
      out += '\\';
      out += "btnfr\"\\"[at];
    } else if (c < 0x20 || c == 0x7F) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04X", c);
      out += code;
    } else {
      out += each;
    }
  }
  return out;
}

TEST(TermFormatTest, LiteralEscapesAgreeWithOneByteAtATime) {
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) {
    std::string text(random() % 40, '\0');
    for (char& c : text) {
      // Half of them need an escape or are near one that does.
      c = random() % 2 == 0 ? "\"\\\n\t\x1f\x20\x7f!#[]\x01"[random() % 13]
                            : static_cast<char>(random() % 256);
    }
    ByteBuffer out;
    append_literal_escaped(out, text);
    ASSERT_EQ(out.view(), escaped_slowly(text));
  }
}

TEST(TermFormatTest, LabelsOfDifferentValuesDiffer) {
  const auto label = [](std::string_view text) {
    ByteBuffer out;
    append_label(out, text);
    return std::string(out.view());
  };
  EXPECT_EQ(label("BobSmith30"), "BobSmith30");
  EXPECT_EQ(label("a b"), "a_20b");
  EXPECT_NE(label("a_20b"), label("a b"));
}

TEST(TermFormatTest, NaturalDoublesAreCanonical) {
  EXPECT_EQ(natural("10.5", ValueType::real), "1.05E1");
  EXPECT_EQ(natural("0.001", ValueType::real), "1.0E-3");
  EXPECT_EQ(natural("1e300", ValueType::real), "1.0E300");
  EXPECT_EQ(natural("0.0", ValueType::real), "0.0E0");
  EXPECT_EQ(natural("-3.25E2", ValueType::real), "-3.25E2");
  EXPECT_EQ(natural("12", ValueType::integer), "12");
  EXPECT_EQ(natural("true", ValueType::boolean), "true");
}

TEST(TermFormatTest, ALanguageTagBeginsWithALanguage) {
  EXPECT_TRUE(is_real_language_tag("en"));
  EXPECT_TRUE(is_real_language_tag("zh-Hans-CN"));
  EXPECT_TRUE(is_real_language_tag("x-klingon"));
  EXPECT_FALSE(is_real_language_tag("a-english"));
  EXPECT_FALSE(is_real_language_tag("x"));
  EXPECT_FALSE(is_real_language_tag("english_us"));
  EXPECT_FALSE(is_real_language_tag(""));
}

}  // namespace
}  // namespace dossier
