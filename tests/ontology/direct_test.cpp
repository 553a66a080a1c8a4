#include "ontology/direct.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/ontology/ontology_support.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kOntology = R"(
:Own a owl:Class , dm:LinkClass ; dm:sourceEnd :owner ; dm:targetEnd :asset ; dm:directPredicate :owns .
:Pair a owl:Class , dm:LinkClass ; dm:sourceEnd :one ; dm:targetEnd :two ; dm:directPredicate :with ; dm:symmetric true .
:owner a owl:ObjectProperty . :asset a owl:ObjectProperty . :one a owl:ObjectProperty . :two a owl:ObjectProperty .
:owns a owl:ObjectProperty ; owl:inverseOf :ownedBy . :ownedBy a owl:ObjectProperty . :with a owl:ObjectProperty .
)";

// Each inferred statement rests on the two ends of one link; others of the data rest on none.
void expect_ends(const Ontology& ontology, const Graph& graph) {
  for (const Statement& each : graph.statements()) {
    const auto evidence = graph.evidence_of(graph.position(each));
    const bool inferred = !evidence.empty() && graph.evidence(evidence[0]).rule;
    const std::vector<Statement> ends = ends_behind(each, ontology, graph);
    EXPECT_EQ(ends.size(), inferred ? 2u : 0u) << graph.text(each.predicate);
    if (ends.size() != 2) continue;
    EXPECT_EQ(ends[0].subject, ends[1].subject);
    EXPECT_EQ((std::set{ends[0].object, ends[1].object}), (std::set{each.subject, each.object}));
  }
}

std::set<std::string> direct(const DirectOptions& options, std::string_view data) {
  const Ontology ontology = ontology_of(kOntology);
  // The last subject brings the terms into the graph.
  Graph graph = turtle(std::string(data) + " :z :owns :z ; :ownedBy :z ; :with :z .");
  std::vector<Graph::Extension> added = direct_statements(ontology, graph, options);
  for (const auto& each : added) EXPECT_TRUE(each.rule.inferred);
  std::set<std::string> out;
  const std::size_t before = graph.size();
  graph = std::move(graph).extended(std::move(added));
  for (const Statement& each : graph.statements()) {
    const auto evidence = graph.evidence_of(graph.position(each));
    if (evidence.empty() || !graph.evidence(evidence[0]).rule) continue;
    out.insert(std::string(local_part(graph.text(each.subject))) + " " +
               std::string(local_part(graph.text(each.predicate))) + " " +
               std::string(local_part(graph.text(each.object))));
  }
  EXPECT_EQ(graph.size(), before + out.size());
  expect_ends(ontology, graph);
  return out;
}

constexpr std::string_view kData = R"(
:o a :Own ; :owner :p , :q ; :asset :a . :o2 a :Own ; :owner :p ; :asset :a . :o3 a :Own ; :owner :p .
:w a :Pair ; :one :a ; :two :b .
)";

TEST(DirectTest, EachPairOfEndsGivesOneStatement) {
  EXPECT_EQ(direct({.symmetric = false}, kData),
            (std::set<std::string>{"p owns a", "q owns a", "a with b"}));
}

TEST(DirectTest, SymmetricLinksHoldBothWays) {
  EXPECT_EQ(direct({}, kData),
            (std::set<std::string>{"p owns a", "q owns a", "a with b", "b with a"}));
}

TEST(DirectTest, InversesAreAddedWhenAskedFor) {
  EXPECT_EQ(direct({.inverse = true}, kData),
            (std::set<std::string>{"p owns a", "q owns a", "a ownedBy p", "a ownedBy q", "a with b",
                                   "b with a"}));
}

TEST(DirectTest, TermsToInternAreTheDirectPredicates) {
  EXPECT_EQ(direct_terms(ontology_of(kOntology)),
            (std::vector<std::string>{"http://example.org/owns", "http://example.org/with"}));
  EXPECT_EQ(direct_terms(ontology_of(kOntology), {.inverse = true}).size(), 3u);
}

}  // namespace
}  // namespace dossier::test
