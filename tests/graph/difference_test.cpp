#include "graph/difference.hpp"

#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "graph/blank_pairs.hpp"
#include "graph/freeze.hpp"
#include "tests/support/isomorphism.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/small_graph.hpp"

namespace dossier {
namespace {

// The graph with other labels, in another order of blank nodes, less the statement `without`.
Graph relabelled(const Graph& graph, std::size_t without = SIZE_MAX) {
  Builder builder;
  const auto copy = [&](TermId term) {
    const auto again = [&](auto&& self, TermView view) -> TermId {
      Dictionary& terms = builder.shard().terms();
      if (view.kind == TermKind::blank) {
        return terms.blank("n" + std::string(view.text.rbegin(), view.text.rend()));
      }
      if (view.kind != TermKind::triple) return terms.intern(view);
      const TermId subject = self(self, view.triple->subject);
      const TermId predicate = self(self, view.triple->predicate);
      return terms.triple(subject, predicate, self(self, view.triple->object));
    };
    return term ? again(again, graph.term(term)) : term;
  };
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const Statement& s = graph.statements()[i];
    if (i == without) continue;
    builder.shard().add({copy(s.subject), copy(s.predicate), copy(s.object), copy(s.graph)});
  }
  return freeze(std::move(builder));
}

Graph sample(std::uint64_t seed) {
  return test::random_graph(
      {.seed = seed, .statements = 40, .named_graphs = seed % 2 == 0, .triple_terms = true});
}

TEST(DifferenceTest, GraphsWithOtherLabelsAreIsomorphic) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Graph a = sample(seed);
    const Graph b = relabelled(a);
    const Expected<bool> same = are_isomorphic(a, b, difference(a, b));
    ASSERT_TRUE(same) << render(same.error());
    EXPECT_TRUE(*same) << test::dataset_of(a).text();
  }
}

TEST(DifferenceTest, AMissingStatementIsTheOnlyDifference) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Graph a = sample(seed);
    const Graph b = relabelled(a, seed % a.size());
    const GraphDifference found = difference(a, b);
    EXPECT_FALSE(are_isomorphic(a, b, found).value_or(true));
    EXPECT_EQ(found.only_a.size(), found.only_b.size() + 1);
    EXPECT_LE(found.only_b.size(), 6u);
  }
}

TEST(DifferenceTest, AgreesWithASearchOnGraphsOfBlankNodesAlone) {
  // Three nodes and five edges, drawn at random: many are alike and few are equal.
  std::uint64_t state = 1;
  const auto draw = [&state](std::uint64_t bound) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % bound;
  };
  const auto graph = [&] {
    test::SmallGraph made;
    for (int i = 0; i < 5; ++i) {
      made.add("_:b" + std::to_string(draw(4)), "ex:p", "_:b" + std::to_string(draw(4)));
    }
    return made.freeze();
  };
  std::size_t equal = 0;
  for (int i = 0; i < 2000; ++i) {
    const Graph a = graph();
    const Graph b = graph();
    const bool wanted = test::isomorphic(test::dataset_of(a), test::dataset_of(b));
    equal += wanted ? 1 : 0;
    ASSERT_EQ(are_isomorphic(a, b, difference(a, b)).value_or(!wanted), wanted)
        << test::dataset_of(a).text() << "\n"
        << test::dataset_of(b).text();
  }
  EXPECT_GT(equal, 5u);
}

TEST(DifferenceTest, AChangedFactOfANestedNodeIsOneLineOfEach) {
  test::SmallGraph a;
  a.add("ex:a", "ex:address", "_:x").add("_:x", "ex:city", "\"Bonn\"");
  a.add("_:x", "ex:geo", "_:y").add("_:y", "ex:lat", "\"50\"");
  test::SmallGraph b;
  b.add("ex:a", "ex:address", "_:k").add("_:k", "ex:city", "\"Bonn\"");
  b.add("_:k", "ex:geo", "_:l").add("_:l", "ex:lat", "\"51\"");
  const Graph graph_a = a.freeze();
  const Graph graph_b = b.freeze();
  const GraphDifference found = difference(graph_a, graph_b);
  EXPECT_EQ(found.only_a.size(), 1u);
  EXPECT_EQ(found.only_b.size(), 1u);
}

TEST(DifferenceTest, GraphsThatAreMadeToBeHardEndAtTheLimit) {
  // Two rings of three against one of six: every node looks alike.
  test::SmallGraph rings;
  test::SmallGraph ring;
  for (int i = 0; i < 6; ++i) {
    const auto name = [](int n) { return "_:n" + std::to_string(n); };
    rings.add(name(i), "ex:p", name(i / 3 * 3 + (i + 1) % 3));
    ring.add(name(i), "ex:p", name((i + 1) % 6));
  }
  const Graph a = rings.freeze();
  const Graph b = ring.freeze();
  EXPECT_FALSE(are_isomorphic(a, b, difference(a, b)).value_or(true));
  const Expected<bool> limited = are_isomorphic(a, b, difference(a, b), {.max_steps = 3});
  ASSERT_FALSE(limited);
  EXPECT_EQ(limited.error().code, code::limit_exceeded);
}

}  // namespace
}  // namespace dossier
