#include "sources/encoding.hpp"

#include <gtest/gtest.h>

#include "base/codes/files.hpp"

namespace dossier {
namespace {

Expected<std::string> decoded(std::string_view bytes, TextEncoding encoding) {
  auto source = decode_text(memory_input(bytes, "t.txt"), encoding);
  if (!source) return std::unexpected(source.error());
  return read_all(*source->bytes);
}

std::string utf16(std::u16string_view text, bool little) {
  std::string out;
  for (const char16_t unit : text) {
    const char low = static_cast<char>(unit & 0xFF);
    const char high = static_cast<char>(unit >> 8);
    out += little ? low : high;
    out += little ? high : low;
  }
  return out;
}

TEST(EncodingTest, NamesAreFoundInAllTheirSpellings) {
  EXPECT_EQ(find_encoding("UTF-8"), TextEncoding::utf8);
  EXPECT_EQ(find_encoding("utf8"), TextEncoding::utf8);
  EXPECT_EQ(find_encoding("UTF-16LE"), TextEncoding::utf16le);
  EXPECT_EQ(find_encoding("ISO-8859-1"), TextEncoding::latin1);
  EXPECT_EQ(find_encoding("Windows-1252"), TextEncoding::windows1252);
  EXPECT_EQ(find_encoding("EBCDIC"), std::nullopt);
}

TEST(EncodingTest, EveryNameOfAnEncodingIsFoundAgain) {
  for (const TextEncoding encoding :
       {TextEncoding::utf8, TextEncoding::utf16, TextEncoding::utf16le, TextEncoding::utf16be,
        TextEncoding::latin1, TextEncoding::windows1252}) {
    EXPECT_EQ(find_encoding(name_of(encoding)), encoding);
  }
}

TEST(EncodingTest, AByteOrderMarkDecidesAndGoes) {
  EXPECT_EQ(decoded("\xEF\xBB\xBF"
                    "é",
                    TextEncoding::latin1)
                .value(),
            "é");
  EXPECT_EQ(decoded("\xFF\xFE" + utf16(u"é😀", true), TextEncoding::utf8).value(), "é😀");
  EXPECT_EQ(decoded("\xFE\xFF" + utf16(u"é😀", false), TextEncoding::utf16le).value(), "é😀");
  EXPECT_EQ(decode_text(memory_input("\xEF\xBB\xBF", "t"), TextEncoding::utf8)->skipped, 3u);
}

TEST(EncodingTest, WithoutAMarkTheNamedEncodingHolds) {
  EXPECT_EQ(decoded(utf16(u"日x", false), TextEncoding::utf16be).value(), "日x");
  EXPECT_EQ(decoded(utf16(u"日x", true), TextEncoding::utf16).value(), "日x");
  EXPECT_EQ(decoded("caf\xE9 \x80", TextEncoding::latin1).value(), "café \xC2\x80");
  EXPECT_EQ(decoded("caf\xE9 \x80", TextEncoding::windows1252).value(), "café €");
  EXPECT_EQ(decoded("", TextEncoding::utf16).value(), "");
}

TEST(EncodingTest, PairsCutByTheBufferAreJoined) {
  std::u16string text = u"x";
  std::string expected = "x";
  for (int i = 0; i < 50'000; ++i) {
    text += u"😀";
    expected += "😀";
  }
  EXPECT_EQ(decoded(utf16(text, true), TextEncoding::utf16le).value(), expected);
}

TEST(EncodingTest, BadUtf16IsAnErrorWithItsByte) {
  const auto lone_low = decoded(utf16(u"ab", true) + "\x01\xDC", TextEncoding::utf16le);
  ASSERT_FALSE(lone_low);
  EXPECT_EQ(lone_low.error().code, code::invalid_utf16);
  EXPECT_NE(lone_low.error().message.find("byte 4"), std::string::npos);
  EXPECT_FALSE(
      decoded("\xFF\xFE\x01\xD8"
              "a",
              TextEncoding::utf8));
  EXPECT_FALSE(decoded(std::string("\xFF\xFE\x01\xD8"
                                   "a\0",
                                   6),
                       TextEncoding::utf8));
  EXPECT_FALSE(
      decoded("\xFF\xFE"
              "a",
              TextEncoding::utf8));
  EXPECT_FALSE(decoded(std::string("\xFF\xFE\x01\xD8", 4), TextEncoding::utf8));
}

}  // namespace
}  // namespace dossier
