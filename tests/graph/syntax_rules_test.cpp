// Characters, escapes, IRIs and language tags.
#include <gtest/gtest.h>

#include "base/utf8.hpp"
#include "graph/characters.hpp"
#include "graph/escapes.hpp"
#include "graph/iri.hpp"
#include "graph/language_tag.hpp"

namespace dossier {
namespace {

TEST(CharactersTest, ProductionsAreThoseOfTheGrammar) {
  // PN_CHARS_BASE and PN_CHARS as ranges, written down once more from the specification.
  const auto in_base = [](char32_t c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0xD6) ||
           (c >= 0xD8 && c <= 0xF6) || (c >= 0xF8 && c <= 0x2FF) || (c >= 0x370 && c <= 0x37D) ||
           (c >= 0x37F && c <= 0x1FFF) || (c >= 0x200C && c <= 0x200D) ||
           (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF) ||
           (c >= 0x3001 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) ||
           (c >= 0xFDF0 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0xEFFFF);
  };
  const auto in_chars = [&](char32_t c) {
    return in_base(c) || c == '_' || c == '-' || (c >= '0' && c <= '9') || c == 0xB7 ||
           (c >= 0x300 && c <= 0x36F) || (c >= 0x203F && c <= 0x2040);
  };
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c == 0xD800) c = 0xE000;  // surrogates are no characters
    ASSERT_EQ(is_pn_chars_base(c), in_base(c)) << static_cast<std::uint32_t>(c);
    ASSERT_EQ(is_pn_chars(c), in_chars(c)) << static_cast<std::uint32_t>(c);
    char bytes[4];
    const std::size_t size = encode_utf8(bytes, c);
    ASSERT_EQ(pn_chars_size(bytes, bytes + size), in_chars(c) ? size : 0);
    ASSERT_EQ(pn_chars_base_size(bytes, bytes + size), in_base(c) ? size : 0);
  }
}

TEST(CharactersTest, AnIrirefHasNoControlsBlanksOrBrackets) {
  for (int c = 0; c < 0x80; ++c) {
    const std::string text(1, static_cast<char>(c));
    const bool bad = c <= 0x20 || std::string_view("<>\"{}|^`\\").find(text) != std::string::npos;
    EXPECT_EQ(find_iriref_fault(text) != kIriValid, bad) << c;
  }
}

std::string unescaped(std::string_view text, Unescaped (*decode)(std::string_view, char*)) {
  std::string out(text.size(), '\0');
  const Unescaped result = decode(text, out.data());
  if (result.fault != kEscapesFine) return "fault at " + std::to_string(result.fault);
  out.resize(result.size);
  return out;
}

TEST(EscapesTest, EachKindKnowsItsEscapes) {
  EXPECT_EQ(unescaped(R"(a\t\b\n\r\f\"\'\\z)", unescape_string), "a\t\b\n\r\f\"'\\z");
  EXPECT_EQ(unescaped(R"(\u00e9\U0001F600)", unescape_string), "\u00E9\U0001F600");
  EXPECT_EQ(unescaped(R"(\u00E9x)", unescape_iri), "\u00E9x");
  EXPECT_EQ(unescaped(R"(\~\.\-\!\$\&\'\(\)\*\+\,\;\=\/\?\#\@\%\_)", unescape_local),
            "~.-!$&'()*+,;=/?#@%_");
  for (const std::string_view bad : {R"(ab\)", R"(ab\q)", R"(ab\u12)", R"(ab\uD800)",
                                     R"(ab\U00110000)", R"(ab\u00g0)", R"(ab\UFFFFFFFF)"}) {
    EXPECT_EQ(unescaped(bad, unescape_string), "fault at 2") << bad;
    EXPECT_EQ(unescaped(bad, unescape_iri), "fault at 2") << bad;
  }
  EXPECT_EQ(unescaped(R"(ab\n)", unescape_iri), "fault at 2");
  EXPECT_EQ(unescaped(R"(ab\u0041)", unescape_local), "fault at 2");
}

// RFC 3986, section 5.4, with the strict answer for "http:g".
TEST(IriTest, ReferencesResolveAsInTheExamplesOfTheRfc) {
  const IriBase base("http://a/b/c/d;p?q");
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"g;x", "http://a/b/c/g;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {".g", "http://a/b/c/.g"},
      {"g..", "http://a/b/c/g.."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/./x", "http://a/b/c/g?y/./x"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"g#s/./x", "http://a/b/c/g#s/./x"},
      {"g#s/../x", "http://a/b/c/g#s/../x"},
      {"http:g", "http:g"},
  };
  for (const auto& [reference, wanted] : cases) {
    std::string target;
    base.resolve(reference, target);
    EXPECT_EQ(target, wanted) << reference;
  }
}

TEST(IriTest, BasesWithoutAuthorityOrPathResolveToo) {
  const auto resolved = [](std::string_view base, std::string_view reference) {
    std::string target;
    IriBase(base).resolve(reference, target);
    return target;
  };
  EXPECT_EQ(resolved("http://a", "b"), "http://a/b");
  EXPECT_EQ(resolved("http://a?q", "#f"), "http://a?q#f");
  EXPECT_EQ(resolved("urn:a:b", "c"), "urn:c");
  EXPECT_EQ(resolved("file:///x/y", "../../../z"), "file:///z");
  EXPECT_EQ(resolved("http://a/b", "//c/../d"), "http://c/d");
}

TEST(IriTest, TheStrictCheckNamesTheFirstBadByte) {
  for (const std::string_view good :
       {"http://a", "http://a/", "urn:x:y", "http://u:p@h.example:80/a%20b?c=/?#d/?",
        "http://[::1]:8080/x", "http://[v1.a:b]/", "http://\u00E9.example/\u5317?\uE000#\u00E9",
        "mailto:a@b", "a+b-c.1:", "file:///x"}) {
    EXPECT_EQ(find_iri_fault(good), kIriValid) << good;
  }
  const std::pair<std::string_view, std::size_t> bad[] = {
      {"", 0},
      {"a", 0},
      {"1a:b", 0},
      {"http://a b", 8},
      {"http://a/%zz", 9},
      {"http://a/%2", 9},
      {"http://a/[", 9},
      {"http://[x]/", 7},
      {"http://a:8x/", 10},
      {"http://a/#b#c", 11},
      {"http://a/\uE000", 9},
      {"http://a<b", 8},
  };
  for (const auto& [iri, at] : bad) EXPECT_EQ(find_iri_fault(iri), at) << iri;
}

TEST(LanguageTagTest, TagsHaveSubtagsAndMayHaveADirection) {
  EXPECT_EQ(parse_language_tag("en")->language, "en");
  EXPECT_EQ(parse_language_tag("de-CH-1996")->direction, Direction::none);
  EXPECT_EQ(parse_language_tag("ar--rtl")->language, "ar");
  EXPECT_EQ(parse_language_tag("ar--rtl")->direction, Direction::rtl);
  EXPECT_EQ(parse_language_tag("en--ltr")->direction, Direction::ltr);
  for (const std::string_view bad : {"", "-", "e1", "en-", "-en", "en--", "en--up", "en--LTR",
                                     "en-toolongsub", "en_GB", "\u00E9n", "--ltr"}) {
    EXPECT_FALSE(parse_language_tag(bad)) << bad;
  }
  std::string longest = "en";
  while (longest.size() + 9 <= 255) longest += "-abcdefgh";
  EXPECT_TRUE(is_language_tag(longest));
  EXPECT_FALSE(is_language_tag(longest + "-abcdefgh"));
}

}  // namespace
}  // namespace dossier
