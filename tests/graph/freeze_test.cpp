#include "graph/freeze.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "graph/vocabulary.hpp"
#include "tests/support/random_graph.hpp"

namespace dossier {
namespace {

struct Fact {
  std::string s, p, o;
  bool literal;
  std::uint64_t record;
};

std::vector<Fact> random_facts(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Fact> facts;
  for (std::size_t i = 0; i < count; ++i) {
    facts.push_back({"http://e/s" + std::to_string(random() % 200),
                     "http://e/p" + std::to_string(random() % 7),
                     "o" + std::to_string(random() % 300), random() % 2 == 0, i / 3});
  }
  return facts;
}

// Facts dealt to `shards` shards round robin.
Graph build(const std::vector<Fact>& facts, std::size_t shards, const FreezeOptions& options,
            FreezeCounts* counts = nullptr) {
  Builder builder(shards);
  const SourceId source = builder.add_source({.path = "facts.csv"});
  const RuleId rule = builder.add_rule({.name = "rule"});
  for (std::size_t i = 0; i < facts.size(); ++i) {
    Shard& shard = builder.shard(i % shards);
    const Fact& f = facts[i];
    Dictionary& terms = shard.terms();
    const TermId object =
        f.literal ? terms.literal(f.o, terms.string_type()) : terms.iri("http://e/" + f.o);
    shard.add({terms.iri(f.s), terms.iri(f.p), object},
              shard.add_evidence({source, rule, f.record}));
  }
  return freeze(std::move(builder), options, counts);
}

std::vector<std::string> lines(const Graph& graph) {
  std::vector<std::string> out;
  for (const Statement& s : graph.statements()) {
    std::string line = to_string(graph.term(s.subject)) + " " + to_string(graph.term(s.predicate)) +
                       " " + to_string(graph.term(s.object));
    for (const EvidenceId id : graph.evidence_of(graph.position(s))) {
      line += " @" + std::to_string(graph.evidence(id).offset);
    }
    out.push_back(line);
  }
  return out;
}

// Oracle: std::map of statements with the set of their records.
TEST(FreezeTest, AgreesWithASetAndTheNumberOfShardsLeavesNoTrace) {
  const std::vector<Fact> facts = random_facts(20'000, 11);
  std::map<std::string, std::set<std::uint64_t>> oracle;
  for (const Fact& f : facts) {
    const std::string object = f.literal ? "\"" + f.o + "\"" : "<http://e/" + f.o + ">";
    oracle["<" + f.s + "> <" + f.p + "> " + object].insert(f.record);
  }
  FreezeCounts counts;
  const std::vector<std::string> one = lines(build(facts, 1, {.threads = 1}, &counts));
  EXPECT_EQ(counts.statements_in, facts.size());
  EXPECT_EQ(counts.statements_out, oracle.size());
  EXPECT_EQ(counts.duplicates, facts.size() - oracle.size());
  std::set<std::string> expected;
  for (const auto& [statement, records] : oracle) {
    std::string line = statement;
    for (const std::uint64_t record : records) line += " @" + std::to_string(record);
    expected.insert(line);
  }
  EXPECT_EQ(std::set<std::string>(one.begin(), one.end()), expected);
  for (std::size_t shards : {2u, 3u, 8u}) {
    EXPECT_EQ(lines(build(facts, shards, {.threads = shards})), one) << shards;
  }
}

TEST(FreezeTest, IdsAreInTheOrderOfText) {
  const Graph graph = build(random_facts(2'000, 2), 2, {});
  for (const TermKind kind : {TermKind::iri, TermKind::literal}) {
    for (std::uint32_t i = 1; i < graph.term_count(kind); ++i) {
      ASSERT_LT(graph.text({kind, i - 1}), graph.text({kind, i}));
    }
  }
  EXPECT_TRUE(std::ranges::is_sorted(graph.statements()));
}

TEST(FreezeTest, LookUpsAgreeWithAScan) {
  const Graph graph = build(random_facts(5'000, 4), 2, {});
  for (const Statement& wanted : graph.statements()) {
    ASSERT_TRUE(graph.contains(wanted));
    ASSERT_EQ(graph.find(graph.term(wanted.object)), wanted.object);
    ASSERT_EQ(graph.find(graph.term(wanted.subject)), wanted.subject);
  }
  for (const TermId p : graph.predicates()) {
    std::size_t seen = 0;
    for (const Statement& s : graph.statements()) seen += s.predicate == p;
    const StatementRange range = graph.with_predicate(p);
    ASSERT_EQ(range.size(), seen);
    ASSERT_TRUE(
        std::is_sorted(range.begin(), range.end(), [](const Statement& a, const Statement& b) {
          return std::pair(a.object, a.subject) < std::pair(b.object, b.subject);
        }));
    for (const Statement& s : range) {
      ASSERT_EQ(s.predicate, p);
      const StatementRange same = graph.with_object(p, s.object);
      ASSERT_GE(same.size(), 1u);
      for (const Statement& t : same) ASSERT_EQ(t.object, s.object);
    }
  }
}

TEST(FreezeTest, JudgementsRewriteChainsToTheKeptIri) {
  std::vector<Fact> facts = {{"http://e/a", "http://e/p", "x", true, 0},
                             {"http://e/b", "http://e/p", "x", true, 1},
                             {"http://e/c", "http://e/p", "a", false, 2}};
  FreezeCounts counts;
  const Graph graph = build(
      facts, 2,
      {.threads = 1, .same_as = {{"http://e/b", "http://e/a"}, {"http://e/kept", "http://e/b"}}},
      &counts);
  EXPECT_EQ(counts.merged_terms, 2u);
  EXPECT_EQ(lines(graph), (std::vector<std::string>{"<http://e/c> <http://e/p> <http://e/kept> @2",
                                                    "<http://e/kept> <http://e/p> \"x\" @0 @1"}));
}

TEST(FreezeTest, TripleTermsOfTwoShardsFallTogether) {
  Builder builder(2);
  for (std::size_t i = 0; i < 2; ++i) {
    Shard& shard = builder.shard(i);
    if (i == 1) shard.terms().iri("http://e/0");  // other numbers than in the first shard
    const TripleView inner{iri_view("http://e/a"), iri_view("http://e/p"), literal_view("x")};
    const TermView inner_term{.kind = TermKind::triple, .triple = &inner};
    const TripleView outer{iri_view("http://e/b"), iri_view("http://e/p"), inner_term};
    const TermView subject = blank_view("r");
    const TermView predicate = iri_view(rdf::kReifies);
    const TermView object{.kind = TermKind::triple, .triple = &outer};
    shard.statement({&subject, &predicate, &object});
  }
  const Graph graph = freeze(std::move(builder));
  ASSERT_EQ(graph.size(), 1u);
  EXPECT_EQ(graph.term_count(TermKind::triple), 2u);
  EXPECT_EQ(to_string(graph.term(graph.statements()[0].object)),
            "<<( <http://e/b> <http://e/p> <<( <http://e/a> <http://e/p> \"x\" )>> )>>");
  EXPECT_EQ(graph.find(graph.term(graph.statements()[0].object)), graph.statements()[0].object);
}

TEST(GraphTest, AnExtensionKeepsOrderAndMarksItsRule) {
  Graph graph = build(random_facts(500, 9), 1, {});
  const std::size_t before = graph.size();
  const TermId p = graph.find_iri("http://e/p1");
  const TermId a = graph.find_iri("http://e/s1");
  std::vector<Graph::Extension> extensions(1);
  extensions[0] = {{{a, p, a}, {a, p, a}, graph.statements()[0]},
                   {.name = "inverse", .inferred = true}};
  graph = std::move(graph).extended(std::move(extensions));
  EXPECT_EQ(graph.size(), before + 1);
  EXPECT_TRUE(std::ranges::is_sorted(graph.statements()));
  const auto added = graph.with_object(p, a);
  ASSERT_EQ(added.size(), 1u);
  const EvidenceId evidence = graph.evidence_of(added.positions()[0])[0];
  EXPECT_TRUE(graph.rules()[graph.evidence(evidence).rule.index()].inferred);
}

TEST(GraphTest, AnEmptyGraphAnswers) {
  const Graph graph = freeze(Builder());
  EXPECT_EQ(graph.size(), 0u);
  EXPECT_FALSE(graph.find_iri("http://e/"));
  EXPECT_TRUE(graph.instances(TermId(TermKind::iri, 0)).empty());
  EXPECT_TRUE(Graph().about(TermId(TermKind::iri, 0)).empty());
}

// A reference handed on as an lvalue once wrapped itself and never reached the sink.
TEST(StatementSinkRefTest, ACopyOfANonConstReferenceReachesTheSink) {
  struct Counter {
    int statements = 0;
    bool statement(const StatementView&) { return ++statements > 0; }
    void prefix(std::string_view, std::string_view) {}
  } counter;
  StatementSinkRef first(counter);
  StatementSinkRef second(first);
  const TermView term = iri_view("http://example.org/a");
  EXPECT_TRUE(second.statement({&term, &term, &term}));
  EXPECT_EQ(counter.statements, 1);
}

TEST(BuilderTest, StatementsTakenManyAtOnceMakeTheSameGraph) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Graph graph = test::random_graph(
        {.seed = seed, .statements = 100, .named_graphs = true, .triple_terms = true});
    Builder one_by_one;
    Builder at_once;
    StatementBatch batch;
    for (const Statement& s : graph.statements()) {
      const TermView subject = graph.term(s.subject);
      const TermView predicate = graph.term(s.predicate);
      const TermView object = graph.term(s.object);
      const TermView name = s.graph ? graph.term(s.graph) : TermView{};
      const StatementView view{&subject, &predicate, &object, s.graph ? &name : nullptr};
      one_by_one.shard().statement(view);
      batch.add(view);
      if (batch.size() == 37) {
        at_once.shard().statements(batch);
        batch.clear();
      }
    }
    at_once.shard().statements(batch);
    const Graph a = freeze(std::move(one_by_one));
    const Graph b = freeze(std::move(at_once));
    EXPECT_TRUE(std::ranges::equal(a.statements(), b.statements()));
    EXPECT_EQ(a.term_count(), b.term_count());
    for (std::uint32_t i = 0; i < a.term_count(TermKind::literal); ++i) {
      EXPECT_TRUE(a.term(TermId(TermKind::literal, i)) == b.term(TermId(TermKind::literal, i)));
    }
  }
}

}  // namespace
}  // namespace dossier
