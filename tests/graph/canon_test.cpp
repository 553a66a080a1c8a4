#include "graph/canon.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "graph/freeze.hpp"
#include "tests/support/isomorphism.hpp"

namespace dossier {
namespace {

using test::Dataset;
using test::isomorphic;
using test::must_read;

Graph frozen(const Dataset& dataset) {
  Builder builder;
  for (const Statement& each : dataset.statements()) {
    const TermView subject = dataset.term(each.subject);
    const TermView predicate = dataset.term(each.predicate);
    const TermView object = dataset.term(each.object);
    const bool named = each.graph != kDefaultGraph;
    const TermView graph = named ? dataset.term(each.graph) : TermView{};
    builder.shard().statement({&subject, &predicate, &object, named ? &graph : nullptr, 0});
  }
  return freeze(std::move(builder));
}

std::string canonical(const std::string& nquads) {
  const Graph graph = frozen(must_read(nquads, Format::nquads));
  const auto numbers = canonical_numbers(graph);
  if (!numbers) return render(numbers.error());
  std::string text;
  for (const std::string& line : canonical_lines(graph, *numbers)) text += line;
  return text;
}

// A small dataset in which blank nodes look much alike.
std::vector<std::string> random_lines(std::mt19937& random) {
  const std::size_t nodes = 2 + random() % 5;
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < 2 + random() % 9; ++i) {
    const auto node = [&] { return "_:n" + std::to_string(random() % nodes); };
    std::string line = node() + " <http://p" + std::to_string(random() % 2) + "> ";
    switch (random() % 6) {
      case 0:
        line += "\"x\"";
        break;
      case 1:
        line += "<<( " + node() + " <http://q> " + node() + " )>>";
        break;
      default:
        line += node();
    }
    if (random() % 5 == 0) line += " " + node();
    lines.push_back(line + " .\n");
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& each : lines) text += each;
  return text;
}

std::string renamed(std::string text, const std::vector<std::size_t>& names) {
  for (std::size_t at = 0; (at = text.find("_:n", at)) != std::string::npos; at += 4) {
    text[at + 3] = static_cast<char>('a' + names[static_cast<std::size_t>(text[at + 3] - '0')]);
  }
  return text;
}

TEST(CanonTest, NamesAndOrderOfTheInputLeaveNoTrace) {
  std::mt19937 random(20'251);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> lines = random_lines(random);
    const std::string first = canonical(joined(lines));
    std::vector<std::size_t> names = {0, 1, 2, 3, 4, 5, 6, 7};
    std::ranges::shuffle(names, random);
    std::ranges::shuffle(lines, random);
    EXPECT_EQ(canonical(renamed(joined(lines), names)), first) << joined(lines);
  }
}

TEST(CanonTest, CanonicalFormsAreEqualExactlyWhenDatasetsAreIsomorphic) {
  std::mt19937 random(7);
  std::size_t same = 0;
  for (int round = 0; round < 1500; ++round) {
    const std::vector<std::string> lines = random_lines(random);
    std::vector<std::string> other = lines;
    // Another end for one statement; often an automorphism, often not.
    std::string& changed = other[random() % other.size()];
    changed[3] = static_cast<char>('0' + random() % 3);
    const std::string a = joined(lines);
    const std::string b = joined(other);
    const bool wanted = isomorphic(must_read(a, Format::nquads), must_read(b, Format::nquads));
    same += wanted ? 1 : 0;
    ASSERT_EQ(canonical(a) == canonical(b), wanted) << a << "and\n" << b;
  }
  EXPECT_GT(same, 100u);
  EXPECT_LT(same, 1400u);
}

TEST(CanonTest, ALongChainOfAlikeNodesNeedsNoDeepStack) {
  std::string text;
  for (int i = 0; i < 500; ++i) {
    text += "_:n" + std::to_string(i) + " <http://p> _:n" + std::to_string((i + 1) % 500) + " .\n";
  }
  const Graph graph = frozen(must_read(text, Format::nquads));
  EXPECT_TRUE(canonical_numbers(graph));
}

TEST(CanonTest, TheStepsOfTheSearchAreLimited) {
  std::string text;
  for (int i = 0; i < 12; ++i) {
    for (int j = 0; j < 12; ++j) {
      text += "_:n" + std::to_string(i) + " <http://p> _:n" + std::to_string(j) + " .\n";
    }
  }
  CanonOptions options;
  options.max_steps = 1000;
  const auto numbers = canonical_numbers(frozen(must_read(text, Format::nquads)), options);
  ASSERT_FALSE(numbers);
  EXPECT_EQ(numbers.error().code, code::limit_exceeded);
}

TEST(CanonTest, TheHashIsThatOfTheLines) {
  const Graph graph = frozen(must_read("_:x <http://p> \"\\t\u00E9\"@en .\n", Format::nquads));
  EXPECT_EQ(canonical_hash(graph).value(),
            Digester(DigestKind::sha256).hex("_:c14n0 <http://p> \"\\t\u00E9\"@en .\n"));
  EXPECT_EQ(Digester(DigestKind::sha256).hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Digester(DigestKind::sha384).hex("abc"),
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
            "8086072ba1e7cc2358baeca134c825a7");
}

}  // namespace
}  // namespace dossier
