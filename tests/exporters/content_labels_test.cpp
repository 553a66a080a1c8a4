#include "exporters/content_labels.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "tests/exporters/write.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/small_graph.hpp"

namespace dossier {
namespace {

using test::SmallGraph;

constexpr RdfWriteMode kModes[] = {RdfWriteMode::pretty, RdfWriteMode::diff_stable};

std::set<std::string> lines(const std::string& text) {
  std::set<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    out.insert(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// The same statements with blank nodes renamed so that their order turns round.
Graph renamed(const Graph& graph) {
  SmallGraph out;
  Builder builder;
  Shard& shard = builder.shard();
  std::map<TermId, TermId> ids;
  const auto copy = [&](auto& self, TermId id) -> TermId {
    if (!id) return id;
    if (id.is_triple()) {
      const Statement s = graph.triple(id);
      const TermId subject = self(self, s.subject);
      return shard.terms().triple(subject, self(self, s.predicate), self(self, s.object));
    }
    if (!id.is_blank()) return shard.terms().intern(graph.term(id));
    return shard.terms().blank("z" + std::to_string(100'000 - id.index()));
  };
  for (const Statement& s : graph.statements()) {
    shard.add({copy(copy, s.subject), copy(copy, s.predicate), copy(copy, s.object),
               copy(copy, s.graph)});
  }
  return freeze(std::move(builder));
}

TEST(ContentLabelsTest, LabelsOfTheInputLeaveNoTrace) {
  SmallGraph graph;
  graph.add("ex:a", "ex:p", "_:x").add("ex:b", "ex:p", "_:x").add("_:x", "ex:q", "_:y");
  graph.add("ex:a", "ex:q", "_:y").add("_:y", "ex:p", "_:z").add("ex:c", "ex:p", "_:z");
  const Graph first = graph.freeze();
  const Graph second = renamed(first);
  for (const Format format : {Format::ntriples, Format::turtle}) {
    const RdfWriteOptions options{.mode = RdfWriteMode::diff_stable};
    EXPECT_EQ(test::write(first, format, options), test::write(second, format, options));
    EXPECT_NE(test::write(first, format), test::write(second, format));
  }
}

TEST(ContentLabelsTest, AChangedFactChangesFewLines) {
  const auto build = [](const std::string& city) {
    SmallGraph graph;
    for (int i = 0; i < 50; ++i) {
      const std::string n = std::to_string(i);
      graph.add("ex:company" + n, "ex:address", "_:a" + n).add("ex:office" + n, "ex:at", "_:a" + n);
      graph.add("_:a" + n, "ex:city", "\"" + (i == 7 ? city : "City " + n) + "\"");
    }
    return test::write(graph.freeze(), Format::ntriples, {.mode = RdfWriteMode::diff_stable});
  };
  const std::set<std::string> before = lines(build("Bonn"));
  const std::set<std::string> after = lines(build("Mainz"));
  std::vector<std::string> changed;
  std::ranges::set_difference(before, after, std::back_inserter(changed));
  EXPECT_EQ(changed.size(), 1u);  // the fact itself: the address is named by who has it
}

TEST(ContentLabelsTest, LongListsOfEqualItemsAreToldApart) {
  SmallGraph graph;
  graph.add("ex:a", "ex:p", "_:c0");
  for (int i = 0; i < 1000; ++i) {
    graph.add("_:c" + std::to_string(i), "rdf:first", "\"same\"");
    graph.add("_:c" + std::to_string(i), "rdf:rest", "_:c" + std::to_string(i + 1));
  }
  const Graph first = graph.freeze();
  const RdfWriteOptions options{.nest = false, .mode = RdfWriteMode::diff_stable};
  EXPECT_EQ(test::write(first, Format::turtle, options),
            test::write(renamed(first), Format::turtle, options));
}

TEST(ContentLabelsTest, NodesThatAreAlikeStayApart) {
  SmallGraph graph;
  for (const char* const node : {"_:a", "_:b", "_:c"}) graph.add(node, "ex:p", "\"same\"");
  const Graph frozen = graph.freeze();
  const ContentLabels labels = content_labels(frozen);
  EXPECT_EQ(std::set<std::string>(labels.labels.begin(), labels.labels.end()).size(), 3u);
}

TEST(ContentLabelsTest, RelabellingIsLossless) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Graph graph = test::random_graph({.seed = seed, .statements = 25, .named_graphs = true});
    const ContentLabels labels = content_labels(graph);
    ASSERT_EQ(std::set<std::string>(labels.labels.begin(), labels.labels.end()).size(),
              graph.term_count(TermKind::blank));
    const std::string kept = test::write(graph, Format::nquads);
    const std::string relabelled =
        test::write(graph, Format::nquads, {.mode = RdfWriteMode::diff_stable});
    EXPECT_EQ(lines(kept).size(), lines(relabelled).size());
  }
}

TEST(ThreadsTest, TheBytesAreTheSameForAnyNumberOfThreads) {
  const Graph dataset = test::random_graph({.seed = 5, .statements = 6'000, .named_graphs = true});
  const Graph plain = test::random_graph({.seed = 6, .statements = 6'000});
  for (const RdfWriteMode mode : kModes) {
    const auto text = [&](const Graph& graph, Format format, std::size_t threads) {
      RdfWriteOptions options = test::with_prefixes();
      options.mode = mode;
      options.threads = threads;
      return test::write(graph, format, options);
    };
    for (const std::size_t threads : {2u, 5u}) {
      EXPECT_EQ(text(dataset, Format::nquads, 1), text(dataset, Format::nquads, threads));
      EXPECT_EQ(text(dataset, Format::trig, 1), text(dataset, Format::trig, threads));
      EXPECT_EQ(text(plain, Format::turtle, 1), text(plain, Format::turtle, threads));
      EXPECT_EQ(text(plain, Format::ntriples, 1), text(plain, Format::ntriples, threads));
    }
  }
}

}  // namespace
}  // namespace dossier
