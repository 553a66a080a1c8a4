#include <gtest/gtest.h>

#include "sources/json_path_eval.hpp"

namespace dossier {
namespace {

// What a path selects, each as JSON text, joined by blanks; "refused at N" for one that is none.
std::string selected(std::string_view path_text, std::string_view document) {
  const auto path = parse_json_path(path_text);
  if (!path) return "refused at " + std::to_string(path.error().offset + 1);
  Arena arena;
  JsonTree tree;
  const auto read = tree.parse(document, arena, {});
  if (!read) return read.error().message;
  std::vector<std::uint32_t> nodes;
  JsonPathEvaluator(tree).select(*path, JsonTree::kRoot, nodes);
  std::string out;
  for (const std::uint32_t node : nodes) {
    if (!out.empty()) out += ' ';
    out += tree.at(node).text();
  }
  return out;
}

constexpr std::string_view kStore =
    R"({"store":{"book":[{"t":"A","p":8.95,"x":{"y":1}},{"t":"B","p":12},{"t":"C","i":"0-5"}],)"
    R"("bicycle":{"p":399}},"a.b":1,"~/":2,"":3,"é":4,"o":{"j":[1,2,3,4,5]}})";

TEST(JsonPathTest, SegmentsAndSelectorsFollowTheStandard) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"$.store.book[*].t", "A B C"},
      {"$..p", "8.95 12 399"},
      {"$.store.book[-1].t", "C"},
      {"$.store.book[0,1].t", "A B"},
      {"$.store.book[:2].t", "A B"},
      {"$.o.j[1:4:2]", "2 4"},
      {"$.o.j[::-2]", "5 3 1"},
      {"$.o.j[5:1:-2]", "5 3"},
      {"$.o.j[0]", "1"},
      {"$.o.j[9]", ""},
      {"$['a.b']", "1"},
      {"$[\"~/\"]", "2"},
      {"$['']", "3"},
      {"$.é", "4"},
      {"$['\\u00e9']", "4"},
      {"$.store.bicycle.*", "399"},
      {"$..book[0]['t','p']", "A 8.95"},
      {"$ .o .j [0]", "1"},
      {"$..y", "1"},
  };
  for (const auto& [path, wanted] : cases) EXPECT_EQ(selected(path, kStore), wanted) << path;
}

TEST(JsonPathTest, FiltersCompareTestAndCount) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"$.store.book[?@.i].t", "C"},
      {"$.store.book[?@.p < 10].t", "A"},
      {"$.store.book[?@.p >= 12 || @.t == 'A'].t", "A B"},
      {"$.store.book[?!(@.p) && @.t != \"A\"].t", "C"},
      {"$.store.book[?@.x.y == $.o.j[0]].t", "A"},
      {"$.store.book[?length(@.t) == 1 && count(@.*) == 2].t", "B C"},
      {"$.store.book[?value(@..y) == 1].t", "A"},
      {"$.store.book[?@.x == $.store.book[0].x].t", "A"},
      {"$.o.j[?@ > 1][?@]", ""},
      {"$.o.j[?@ > 3]", "4 5"},
      {"$.o[?@[0] == 1][1]", "2"},
      {"$.store.book[?@.none == @.nothing].t", "A B C"},
  };
  for (const auto& [path, wanted] : cases) EXPECT_EQ(selected(path, kStore), wanted) << path;
}

TEST(JsonPathTest, WhatIsNoPathIsRefusedAtItsCharacter) {
  const std::pair<std::string_view, std::size_t> cases[] = {
      {"", 1},
      {"store", 1},
      {"$.students[*]]", 14},
      {"$.", 3},
      {"$.first-name", 8},
      {"$[", 3},
      {"$['a]", 6},
      {"$[01]", 3},
      {"$[-0]", 3},
      {"$[1", 4},
      {"$ ", 2},
      {"$.a ", 4},
      {"$[?@.a]]", 8},
      {"$[?1]", 5},
      {"$[?@.* == 1]", 4},
      {"$[?foo(@)]", 4},
      {"$[?match(@, 'a')]", 4},
      {"$[9007199254740992]", 3},
      {"$['\\x']", 5},
      {"$[?@.a == 01]", 11},
  };
  for (const auto& [path, at] : cases) {
    EXPECT_EQ(selected(path, "{}"), "refused at " + std::to_string(at)) << path;
  }
}

TEST(JsonPathTest, ReferencesMayLeaveTheRootOut) {
  const auto names = [](std::string_view text) {
    const auto path = parse_json_reference(text);
    if (!path) return std::string("refused");
    std::string out;
    for (const JsonSegment& segment : path->segments) {
      out += segment.selectors[0].kind == JsonSelector::Kind::name
                 ? "<" + segment.selectors[0].name + ">"
                 : "*";
    }
    return out;
  };
  EXPECT_EQ(names("name"), "<name>");
  EXPECT_EQ(names("first-name"), "<first-name>");
  EXPECT_EQ(names("Country Code"), "<Country Code>");
  EXPECT_EQ(names("@id"), "<@id>");
  EXPECT_EQ(names("a.b-c.d"), "<a><b-c><d>");
  EXPECT_EQ(names("friends[*].name"), "<friends>*<name>");
  EXPECT_EQ(names("['a.b']"), "<a.b>");
  EXPECT_EQ(names("*"), "*");
  EXPECT_EQ(names("$.a"), "<a>");
  EXPECT_EQ(names("$"), "");
  EXPECT_EQ(names("$.first-name"), "refused");
  EXPECT_EQ(names("a..[0"), "refused");
}

TEST(JsonPathTest, BothSidesOfTheDepthLimitHold) {
  const auto nested = [](std::size_t depth) {
    return "$[?" + std::string(depth - 1, '(') + "@.a" + std::string(depth - 1, ')') + "]";
  };
  EXPECT_TRUE(parse_json_path(nested(100), 100));
  EXPECT_FALSE(parse_json_path(nested(101), 100));
  EXPECT_FALSE(parse_json_path(nested(1'000'000)));
  std::string filters;
  for (int i = 0; i < 100'000; ++i) filters += "$[?@";
  EXPECT_FALSE(parse_json_path(filters));
}

}  // namespace
}  // namespace dossier
