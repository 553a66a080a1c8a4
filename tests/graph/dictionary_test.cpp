#include "graph/dictionary.hpp"

#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "graph/string_sort.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

TEST(DictionaryTest, SameTermSameIdAndDifferentTermsDifferentIds) {
  Dictionary terms;
  std::map<std::string, TermId> oracle;
  std::mt19937 random(3);
  for (int i = 0; i < 200'000; ++i) {
    const std::string text = std::to_string(random() % 50'000);
    const TermView views[] = {iri_view(text),
                              blank_view(text),
                              literal_view(text),
                              literal_view(text, xsd::kInteger),
                              language_view(text, "en"),
                              language_view(text, "en", Direction::rtl)};
    const TermView& view = views[random() % 6];
    const TermId id = terms.intern(view);
    const auto [at, added] = oracle.emplace(to_string(view), id);
    ASSERT_EQ(at->second, id);
    ASSERT_EQ(terms.record(id).text(), text);
  }
  EXPECT_EQ(terms.size(), oracle.size());
}

TEST(DictionaryTest, NestedTripleTermsAreInternedOnce) {
  Dictionary terms;
  const TripleView inner{iri_view("a"), iri_view("b"), literal_view("c")};
  const TermView inner_term{.kind = TermKind::triple, .triple = &inner};
  const TripleView outer{iri_view("a"), iri_view("b"), inner_term};
  const TermView outer_term{.kind = TermKind::triple, .triple = &outer};
  EXPECT_EQ(terms.intern(outer_term), terms.intern(outer_term));
  EXPECT_EQ(terms.size(TermKind::triple), 2u);
}

TEST(DictionaryTest, ManyLiteralTypesStayLinear) {
  Dictionary terms;
  for (int i = 0; i < 200'000; ++i)
    terms.literal("x", terms.literal_type("http://t/" + std::to_string(i)));
  EXPECT_EQ(terms.size(TermKind::literal), 200'000u);
}

TEST(StringSortTest, AgreesWithStdSortOnHostileStrings) {
  std::mt19937 random(5);
  std::vector<std::string> texts = {"", std::string(1, '\0'), std::string(9, '\0'), "http://e/",
                                    "http://e/a"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text = random() % 2 == 0 ? "http://example.org/things/" : "";
    const std::size_t size = random() % 20;
    for (std::size_t j = 0; j < size; ++j)
      text += static_cast<char>(random() % 3 == 0 ? 0 : random() % 4 * 80);
    texts.push_back(text);
  }
  std::vector<TermRecord> records;
  std::vector<std::uint32_t> ranks = {2, 0, 1};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    records.push_back({texts[i].data(), static_cast<std::uint32_t>(texts[i].size()),
                       static_cast<std::uint32_t>(i % 3)});
  }
  const auto key = [&](std::uint32_t i) {
    return std::pair(records[i].text(), ranks[records[i].type]);
  };
  const std::vector<std::uint32_t> order = sorted_order(records, ranks);
  EXPECT_TRUE(std::ranges::is_sorted(order, {}, key));
  std::vector<std::uint32_t> all = order;
  std::ranges::sort(all);
  for (std::uint32_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i], i);
}

TEST(StringSortTest, LongEqualPrefixesCostNoStack) {
  const std::string a(4'000'000, 'x');
  const std::string b = a + "y";
  std::vector<TermRecord> records;
  for (int i = 0; i < 20; ++i) {
    records.push_back(
        {b.data(), static_cast<std::uint32_t>(b.size() - static_cast<std::size_t>(i % 2)), 0});
  }
  EXPECT_EQ(sorted_order(records, {}).size(), 20u);
}

}  // namespace
}  // namespace dossier
