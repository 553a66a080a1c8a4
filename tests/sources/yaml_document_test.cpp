#include "sources/yaml_document.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace dossier {
namespace {

Expected<YamlDocument> parse(std::string_view text, const Limits& limits = {}) {
  return YamlDocument::parse(text, "t.yaml", limits);
}

// "E0750 t.yaml:2:3", or "" when it is read.
std::string refusal(std::string_view text, const Limits& limits = {}) {
  const auto document = parse(text, limits);
  if (document) return "";
  return number_of(document.error().code) + " " + to_string(document.error().place);
}

TEST(YamlDocumentTest, NodesTellKindTextAndPlace) {
  const auto document =
      parse("# comment\na:\n  - é: \"x\"\n    b: [1, y]\n  - |\n    two\n    lines\n");
  ASSERT_TRUE(document) << document.error().message;
  const YamlNode root = document->root();
  ASSERT_TRUE(root.is_mapping());
  const YamlNode* a = root.find("a");
  ASSERT_NE(a, nullptr);
  EXPECT_EQ(root.find("b"), nullptr);
  ASSERT_TRUE(a->is_sequence());
  ASSERT_EQ(a->items().size(), 2u);
  const YamlNode first = a->items()[0];
  ASSERT_EQ(first.entries().size(), 2u);
  EXPECT_EQ(first.entries()[0].key.text(), "é");
  EXPECT_EQ(to_string(first.entries()[0].key.place()), "t.yaml:3:5");
  EXPECT_EQ(first.entries()[0].value.text(), "x");
  EXPECT_EQ(to_string(first.entries()[0].value.place()), "t.yaml:3:8");
  EXPECT_FALSE(first.entries()[0].value.is_plain());
  EXPECT_TRUE(first.find("b")->items()[1].is_plain());
  EXPECT_EQ(a->items()[1].text(), "two\nlines\n");
  EXPECT_FALSE(a->items()[1].is_plain());
}

TEST(YamlDocumentTest, NodesOutliveAMoveOfTheDocument) {
  auto document = parse("a: b");
  const YamlNode root = document->root();
  const YamlDocument moved = std::move(*document);
  EXPECT_EQ(root.find("a")->text(), "b");
  EXPECT_EQ(to_string(moved.root().find("a")->place()), "t.yaml:1:4");
}

TEST(YamlDocumentTest, PlainScalarsFollowTheCoreSchema) {
  const std::pair<std::string_view, YamlType> cases[] = {
      {"NO", YamlType::text},         {"yes", YamlType::text},      {"on", YamlType::text},
      {"012", YamlType::integer},     {"1:30", YamlType::text},     {"0o17", YamlType::integer},
      {"0x1F", YamlType::integer},    {"0o8", YamlType::text},      {"+12", YamlType::integer},
      {"-1", YamlType::integer},      {"1_000", YamlType::text},    {"1.", YamlType::real},
      {".5", YamlType::real},         {"-1.5e+3", YamlType::real},  {"1e3", YamlType::real},
      {".", YamlType::text},          {"e3", YamlType::text},       {"1e", YamlType::text},
      {"-.inf", YamlType::real},      {".NaN", YamlType::real},     {"-.nan", YamlType::text},
      {"true", YamlType::boolean},    {"FALSE", YamlType::boolean}, {"tRUE", YamlType::text},
      {"null", YamlType::null},       {"~", YamlType::null},        {"nULL", YamlType::text},
      {"2024-01-31", YamlType::text}, {"-", YamlType::text},        {"", YamlType::null},
  };
  for (const auto& [text, type] : cases) EXPECT_EQ(yaml_core_type(text), type) << text;
}

TEST(YamlDocumentTest, QuotesAndTagsDecideOverTheSchema) {
  const auto document =
      parse("a: \"12\"\nb: !!str 12\nc: !!float 12\nd: 12\ne: 'null'\nf: ! 12\nnull: x\n~: y\n");
  ASSERT_TRUE(document) << document.error().message;
  const YamlNode root = document->root();
  EXPECT_EQ(root.find("a")->type(), YamlType::text);
  EXPECT_EQ(root.find("b")->type(), YamlType::text);
  EXPECT_EQ(root.find("c")->type(), YamlType::real);
  EXPECT_EQ(root.find("d")->type(), YamlType::integer);
  EXPECT_TRUE(root.find("e")->is_scalar());
  EXPECT_EQ(root.find("f")->type(), YamlType::text);
  EXPECT_EQ(root.find("null")->text(), "x");
  EXPECT_EQ(root.find("~")->text(), "y");
}

TEST(YamlDocumentTest, AnAliasSharesItsAnchor) {
  const auto document = parse("a: &x {b: 1}\nc: [*x, *x]\n");
  ASSERT_TRUE(document);
  const YamlNode* c = document->root().find("c");
  EXPECT_EQ(c->items()[1].find("b")->text(), "1");
  EXPECT_EQ(to_string(c->items()[1].place()), "t.yaml:1:4");
}

TEST(YamlDocumentTest, EmptyTextsAndByteOrderMarksAreFine) {
  EXPECT_TRUE(parse("")->root().is_null());
  EXPECT_TRUE(parse("# only a comment\n")->root().is_null());
  EXPECT_TRUE(parse("---\n")->root().is_null());
  const auto marked = parse(
      "\xEF\xBB\xBF"
      "a: 1");
  EXPECT_EQ(to_string(marked->root().find("a")->place()), "t.yaml:1:4");
  const auto crlf = parse("a: 1\r\nb: 2\r\n");
  EXPECT_EQ(to_string(crlf->root().find("b")->place()), "t.yaml:2:4");
}

TEST(YamlDocumentTest, BadDocumentsAreRefusedAtTheirPlace) {
  EXPECT_EQ(refusal("a: 1\nb: 2\na: 3\n"), "E0751 t.yaml:3:1");
  EXPECT_EQ(refusal("a:\n  b: {x: 1, \"x\": 2}\n"), "E0751 t.yaml:2:13");
  EXPECT_EQ(refusal("a: &x [1, *x]\n"), "E0752 t.yaml:1:11");
  EXPECT_EQ(refusal("a:\n\tb: 1\n"), "E0753 t.yaml:2:1");
  EXPECT_EQ(refusal("a:\n  - b\n\t- c\n"), "E0753 t.yaml:3:1");
  EXPECT_EQ(refusal("a: b: c\n"), "E0750 t.yaml:1:5");
  EXPECT_EQ(refusal("a: *nope\n"), "E0750 t.yaml:1:4");
  EXPECT_EQ(refusal("a: \"x\n"), "E0750 t.yaml:1:4");
  EXPECT_EQ(refusal("a: !!str 'it''s\n"), "E0750 t.yaml:1:10");
  EXPECT_EQ(refusal("? [a, b]\n: 1\n"), "E0750 t.yaml:1:3");
  EXPECT_EQ(refusal("a: !include x\n"), "E0750 t.yaml:1:4");
  EXPECT_EQ(refusal("a: !!int x\n"), "E0750 t.yaml:1:4");
  EXPECT_EQ(refusal("a: 1\n---\nb: 2\n"), "E0750 t.yaml:2:1");
  EXPECT_EQ(refusal("a: \xE9\n"), "E0006 t.yaml:1:4");
  EXPECT_EQ(refusal(std::string_view("a: \0", 4)), "E0750 t.yaml:1:4");
  EXPECT_EQ(refusal("a: [1, 2\n").substr(0, 5), "E0750");
}

TEST(YamlDocumentTest, AnAliasBombIsRefusedByTheCountOfCopies) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 30; ++i) {
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) bomb += (j == 0 ? "*a" : ", *a") + std::to_string(i - 1);
    bomb += "]\n";
  }
  EXPECT_EQ(refusal(bomb), "E0005 t.yaml:6:45");
}

TEST(YamlDocumentTest, BothSidesOfTheDepthLimitHold) {
  Limits limits;
  limits.max_yaml_depth = 50;
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(refusal(nested(50), limits), "");
  EXPECT_EQ(refusal(nested(51), limits), "E0005 t.yaml:1:51");
  EXPECT_EQ(refusal("a: &x " + nested(25) + "\nb: {c: " + nested(10) + ", d: *x}", limits), "");
  EXPECT_EQ(refusal("a: &x " + nested(48) + "\nb: {c: *x}", limits), "");
  EXPECT_EQ(refusal("a: &x " + nested(48) + "\nb: {c: [*x]}", limits), "E0005 t.yaml:2:9");
}

TEST(YamlDocumentTest, ADepthOf100000IsRefusedAtOnce) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(refusal(std::string(100'000, '[') + std::string(100'000, ']')), "E0005 t.yaml:1:201");
  std::string blocks;
  for (int i = 0; i < 100'000; ++i) blocks += "- ";
  EXPECT_EQ(refusal(blocks), "E0005 t.yaml:1:401");
  std::string maps;
  for (int i = 0; i < 100'000; ++i) maps += "{a: ";
  EXPECT_EQ(refusal(maps + std::string(100'000, '}')), "E0005 t.yaml:1:801");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST(YamlDocumentTest, BothSidesOfTheSizeLimitsHold) {
  Limits limits;
  limits.max_yaml_bytes = 10;
  EXPECT_EQ(refusal("a: 3456789", limits), "");
  EXPECT_EQ(refusal("a: 34567890", limits), "E0005 t.yaml");
  limits = {};
  limits.max_yaml_nodes = 4;
  EXPECT_EQ(refusal("[1, 2, 3]", limits), "");
  EXPECT_EQ(refusal("[1, 2, 3, 4]", limits), "E0005 t.yaml:1:11");
}

}  // namespace
}  // namespace dossier
