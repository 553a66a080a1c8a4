#include "ontology/inference.hpp"

#include <random>
#include <set>

#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "graph/freeze.hpp"
#include "graph/vocabulary.hpp"
#include "tests/ontology/ontology_support.hpp"

namespace dossier::test {
namespace {

std::string name(const Graph& graph, TermId id) {
  return id.is_literal() ? '"' + std::string(graph.text(id)) + '"'
                         : std::string(local_part(graph.text(id)));
}

std::string line(const Graph& graph, const Statement& s) {
  return name(graph, s.subject) + " " + name(graph, s.predicate) + " " + name(graph, s.object);
}

// A graph of the data that also holds the terms of the ontology.
Graph with_terms(std::string_view data, const Ontology& ontology) {
  std::string more;
  for (const std::string& iri : inference_terms(ontology)) more += " <" + iri + "> :term :term .";
  return turtle(std::string(data) + more);
}

std::set<std::string> inferred(std::string_view ontology_text, std::string_view data,
                               const InferenceOptions& options = {}) {
  const Ontology ontology = ontology_of(ontology_text);
  const Graph graph = with_terms(data, ontology);
  const auto inference = infer(graph, ontology, options);
  if (!inference) {
    ADD_FAILURE() << render(inference.error());
    return {};
  }
  std::set<std::string> out;
  for (const InferredStatement& each : inference->statements()) {
    EXPECT_TRUE(out.insert(line(graph, each.statement)).second);
    if (out.size() > 100) continue;  // a way through all of the graph is sought for each
    EXPECT_FALSE(premises_of(each, *inference, graph, ontology).empty())
        << line(graph, each.statement);
  }
  return out;
}

using Lines = std::set<std::string>;

TEST(InferenceTest, ClassesAndPropertiesOfRdfs) {
  EXPECT_EQ(inferred(R"(
:A a owl:Class . :B a owl:Class ; rdfs:subClassOf :A . :C a owl:Class .
:p a rdf:Property ; rdfs:domain :B ; rdfs:range :C . :q a rdf:Property ; rdfs:subPropertyOf :p .
)",
                     ":x :q :y , 5 ."),
            (Lines{"x p y", "x p \"5\"", "x type B", "x type A", "y type C"}));
}

TEST(InferenceTest, WhatIsSaidOfOneThingHoldsOfTheSame) {
  EXPECT_EQ(inferred(":A a owl:Class . :p a rdf:Property ; rdfs:domain :A .",
                     ":x owl:sameAs :y . :z owl:sameAs :y . :x :p 5 . :w :q :z ."),
            (Lines{"x sameAs x", "x sameAs z", "y sameAs x", "y sameAs y", "y sameAs z",
                   "z sameAs x", "z sameAs z", "y p \"5\"", "z p \"5\"", "w q x", "w q y",
                   "x type A", "y type A", "z type A"}));
  EXPECT_EQ(
      inferred(":A a owl:Class .", ":x owl:sameAs :y . :x :q 5 .", {.rdfs = true, .owl = false}),
      Lines{});
}

// A million names of one thing: the closure is left open, and nothing is said a million times.
TEST(InferenceTest, LargeGroupsOfTheSameAreLeftOpen) {
  const Ontology ontology = ontology_of(":A a owl:Class .");
  Builder builder;
  Dictionary& terms = builder.shard().terms();
  const TermId same = terms.iri(owl::kSameAs);
  const auto thing = [&](int i) { return terms.iri("http://example.org/x" + std::to_string(i)); };
  for (int i = 0; i < 100'000; ++i) builder.shard().add({thing(i), same, thing(i + 1)});
  builder.shard().add({thing(5), terms.iri("http://example.org/p"), thing(7)});
  const Graph graph = freeze(std::move(builder));
  const auto inference = infer(graph, ontology);
  ASSERT_TRUE(inference.has_value());
  EXPECT_EQ(inference->open_closures().size(), 1u);
  EXPECT_EQ(inference->count(InferenceRule::same_as), 0u);
}

TEST(InferenceTest, UnionsInferNothing) {
  EXPECT_EQ(
      inferred(":A a owl:Class . :B a owl:Class . :p a rdf:Property ; rdfs:domain [ owl:unionOf "
               "( :A :B ) ] .",
               ":x :p :y ."),
      Lines{});
}

TEST(InferenceTest, RelationsOfOwl) {
  EXPECT_EQ(inferred(R"(
:owns a owl:ObjectProperty ; owl:inverseOf :ownedBy . :ownedBy a owl:ObjectProperty .
:near a owl:SymmetricProperty . :in a owl:TransitiveProperty .
:uncle a owl:ObjectProperty ; owl:propertyChainAxiom ( :parent :brother ) .
:parent a owl:ObjectProperty . :brother a owl:ObjectProperty .
:Red a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :colour ; owl:hasValue :red ] .
:colour a owl:ObjectProperty .
)",
                     R"(
:a :owns :b . :c :near :d . :e :in :f . :f :in :g . :g :in :h .
:k :parent :l . :l :brother :m . :r a :Red . :red a :Thing .
)"),
            (Lines{"b ownedBy a", "d near c", "e in g", "e in h", "f in h", "k uncle m",
                   "r colour red"}));
}

TEST(InferenceTest, RulesFeedOneAnother) {
  EXPECT_EQ(inferred(R"(
:part a owl:TransitiveProperty ; owl:inverseOf :whole . :whole a owl:ObjectProperty ; rdfs:range :W .
:W a owl:Class . :touch a owl:ObjectProperty ; rdfs:subPropertyOf :part .
)",
                     ":a :part :b . :c :whole :b . :a :touch :d ."),
            (Lines{"b whole a", "b part c", "a part c", "c whole a", "a part d", "d whole a",
                   "b type W", "a type W"}));
}

TEST(InferenceTest, LinksGiveTheirDirectStatements) {
  EXPECT_EQ(inferred(R"(
:Own a owl:Class , dm:LinkClass ; dm:sourceEnd :owner ; dm:targetEnd :asset ; dm:directPredicate :owns .
:owner a owl:ObjectProperty . :asset a owl:ObjectProperty .
:owns a owl:ObjectProperty ; rdfs:domain :Agent . :Agent a owl:Class .
)",
                     ":o a :Own ; :owner :p ; :asset :x ."),
            (Lines{"p owns x", "p type Agent"}));
}

TEST(InferenceTest, ExtensionsCarryTheNameOfTheirRule) {
  const Ontology ontology = ontology_of(":A a owl:Class . :B a owl:Class ; rdfs:subClassOf :A .");
  Graph graph = with_terms(":x a :B .", ontology);
  const auto inference = infer(graph, ontology);
  EXPECT_EQ(inference->count(InferenceRule::sub_class), 1u);
  const auto extensions = inference->extensions();
  ASSERT_EQ(extensions.size(), 1u);
  EXPECT_EQ(extensions[0].rule.name, "rdfs:subClassOf");
  const std::size_t before = graph.size();
  graph = std::move(graph).extended(inference->extensions());
  EXPECT_EQ(graph.size(), before + 1);
}

TEST(InferenceTest, CirclesAndDiamondsEnd) {
  std::string circle;
  for (int i = 0; i < 150; ++i) {
    circle += ":n" + std::to_string(i) + " :in :n" + std::to_string((i + 1) % 150) + " . ";
  }
  EXPECT_EQ(inferred(":in a owl:TransitiveProperty .", circle).size(), 150u * 150u - 150u);
  std::string diamonds;  // 2^40 ways, 41 * 3 nodes
  for (int i = 0; i < 40; ++i) {
    const std::string from = ":t" + std::to_string(i);
    const std::string to = ":t" + std::to_string(i + 1);
    diamonds += from + " :in " + from + "l , " + from + "r . " + from + "l :in " + to + " . " +
                from + "r :in " + to + " . ";
  }
  EXPECT_GT(inferred(":in a owl:TransitiveProperty .", diamonds).size(), 3000u);
}

TEST(InferenceTest, LargeClosuresAreLeftOpenAndCanBeAsked) {
  Builder builder;
  Dictionary& terms = builder.shard().terms();
  for (int i = 0; i < 2'000; ++i) {
    builder.shard().add({terms.iri("http://example.org/n" + std::to_string(i)),
                         terms.iri("http://example.org/in"),
                         terms.iri("http://example.org/n" + std::to_string(i + 1))});
  }
  const Graph graph = freeze(std::move(builder));
  InferenceOptions options;
  const Ontology ontology = ontology_of(":in a owl:TransitiveProperty .");
  options.limits.max_closure = 100'000;
  const auto open = infer(graph, ontology, options);
  ASSERT_TRUE(open.has_value());
  EXPECT_TRUE(open->statements().empty());
  ASSERT_EQ(open->open_closures().size(), 1u);
  const TransitiveClosure& closure = open->open_closures()[0].closure;
  const auto node = [&](int i) {
    return graph.find_iri("http://example.org/n" + std::to_string(i));
  };
  EXPECT_TRUE(closure.reaches(node(0), node(2'000)));
  EXPECT_FALSE(closure.reaches(node(1), node(0)));
  EXPECT_EQ(closure.count(UINT64_MAX), 2'000u * 2'001u / 2);
  EXPECT_EQ(closure.count(10), 11u);

  options.limits.max_closure = UINT64_MAX;
  options.limits.max_inferred = 200'000;
  const auto refused = infer(graph, ontology, options);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, code::limit_exceeded);
}

TEST(InferenceTest, ACircleReachesItselfFromEverywhere) {
  Builder builder;
  Dictionary& terms = builder.shard().terms();
  std::vector<TermId> nodes;
  for (int i = 0; i < 30'000; ++i) nodes.push_back(terms.iri("http://e/" + std::to_string(i)));
  std::vector<TransitiveEdge> edges;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    edges.push_back({nodes[i], nodes[(i + 1) % nodes.size()]});
  }
  const TransitiveClosure closure(edges);
  EXPECT_EQ(closure.count(UINT64_MAX), std::uint64_t{30'000} * 30'000);
  EXPECT_TRUE(closure.reaches(nodes[5], nodes[5]));
  EXPECT_FALSE(closure.reaches(nodes[5], terms.iri("http://e/other")));
}

// The oracle applies each rule to all statements until nothing is new.
class Naive {
 public:
  using Triple = std::array<std::string, 3>;
  std::set<Triple> facts;
  std::map<std::string, std::set<std::string>> super_class, super_property, domain, range, inverse;
  std::set<std::string> symmetric, transitive;
  std::vector<std::array<std::string, 3>> chains;

  void close() {
    for (std::size_t before = 0; before != facts.size();) {
      before = facts.size();
      const std::set<Triple> now = facts;
      for (const auto& [s, p, o] : now) {
        if (p == "type") {
          for (const auto& each : super_class[o]) facts.insert({s, "type", each});
          continue;
        }
        for (const auto& each : super_property[p]) facts.insert({s, each, o});
        for (const auto& each : domain[p]) facts.insert({s, "type", each});
        for (const auto& each : range[p]) facts.insert({o, "type", each});
        for (const auto& each : inverse[p]) facts.insert({o, each, s});
        if (symmetric.contains(p)) facts.insert({o, p, s});
        for (const auto& [s2, p2, o2] : now) {
          if (o != s2) continue;
          if (transitive.contains(p) && p == p2) facts.insert({s, p, o2});
          for (const auto& [first, second, result] : chains) {
            if (p == first && p2 == second) facts.insert({s, result, o2});
          }
        }
      }
    }
  }
};

TEST(InferenceTest, RandomOntologiesAgreeWithANaiveFixpoint) {
  std::mt19937 random(5);
  const auto pick = [&](const char* prefix, unsigned count) {
    return prefix + std::to_string(random() % count);
  };
  for (int round = 0; round < 150; ++round) {
    Naive oracle;
    std::string text;
    for (int i = 0; i < 5; ++i) {
      const std::string c = "C" + std::to_string(i);
      const std::string p = "p" + std::to_string(i);
      text += ":" + c + " a owl:Class . :" + p + " a owl:ObjectProperty . ";
    }
    const auto say = [&](const std::string& s, const std::string& verb, const std::string& o) {
      text += ":" + s + " " + verb + " :" + o + " . ";
    };
    for (int i = 0; i < 6; ++i) {
      const std::string p = pick("p", 5);
      const std::string q = pick("p", 5);
      const std::string c = pick("C", 5);
      const std::string d = pick("C", 5);
      switch (random() % 8) {
        case 0:
          say(c, "rdfs:subClassOf", d);
          oracle.super_class[c].insert(d);
          break;
        case 1:
          say(p, "rdfs:subPropertyOf", q);
          oracle.super_property[p].insert(q);
          break;
        case 2:
          say(p, "rdfs:domain", c);
          oracle.domain[p].insert(c);
          break;
        case 3:
          say(p, "rdfs:range", c);
          oracle.range[p].insert(c);
          break;
        case 4:
          say(p, "owl:inverseOf", q);
          oracle.inverse[p].insert(q);
          oracle.inverse[q].insert(p);
          break;
        case 5:
          text += ":" + p + " a owl:SymmetricProperty . ";
          oracle.symmetric.insert(p);
          break;
        case 6:
          text += ":" + p + " a owl:TransitiveProperty . ";
          oracle.transitive.insert(p);
          break;
        default:
          text += ":" + p + " owl:propertyChainAxiom ( :" + q + " :" + pick("p", 5) + " ) . ";
          break;
      }
    }
    std::string data;
    for (int i = 0; i < 8; ++i) {
      if (random() % 3 == 0) {
        const std::string x = pick("x", 6);
        const std::string c = pick("C", 5);
        data += ":" + x + " a :" + c + " . ";
        oracle.facts.insert({x, "type", c});
      } else {
        const std::string x = pick("x", 6);
        const std::string p = pick("p", 5);
        const std::string y = pick("x", 6);
        data += ":" + x + " :" + p + " :" + y + " . ";
        oracle.facts.insert({x, p, y});
      }
    }
    const Ontology ontology = ontology_of(text);
    for (const OntologyProperty& each : ontology.properties()) {
      for (const auto& chain : each.chains) {
        oracle.chains.push_back({std::string(local_part(ontology[chain[0]].iri)),
                                 std::string(local_part(ontology[chain[1]].iri)),
                                 std::string(local_part(each.iri))});
      }
    }
    const Graph graph = with_terms(data, ontology);
    const auto inference = infer(graph, ontology);
    ASSERT_TRUE(inference.has_value());
    std::set<std::string> got;
    for (const InferredStatement& each : inference->statements()) {
      got.insert(line(graph, each.statement));
    }
    for (const auto& [s, p, o] : oracle.facts) got.insert(s + " " + p + " " + o);
    oracle.close();
    std::set<std::string> wanted;
    for (const auto& [s, p, o] : oracle.facts) wanted.insert(s + " " + p + " " + o);
    ASSERT_EQ(got, wanted) << text << "\n" << data;
  }
}

}  // namespace
}  // namespace dossier::test
