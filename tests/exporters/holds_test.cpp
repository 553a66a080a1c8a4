#include "exporters/holds.hpp"

#include <gtest/gtest.h>

#include "exporters/rdf.hpp"
#include "graph/freeze.hpp"
#include "tests/support/random_graph.hpp"

namespace dossier {
namespace {

// The statement as a view of the graph's terms.
struct Viewed {
  Viewed(const Graph& graph, const Statement& s)
      : subject(graph.term(s.subject)),
        predicate(graph.term(s.predicate)),
        object(graph.term(s.object)),
        name(s.graph ? graph.term(s.graph) : TermView{}),
        view{&subject, &predicate, &object, s.graph ? &name : nullptr} {}
  TermView subject;
  TermView predicate;
  TermView object;
  TermView name;
  StatementView view;
};

Graph graph_of(const std::vector<StatementView>& views) {
  Builder builder;
  for (const StatementView& each : views) builder.shard().statement(each);
  return freeze(std::move(builder));
}

TEST(HoldsTest, RefusesWhatTheWriterRefusesAndNothingElse) {
  for (const Format format : {Format::ntriples, Format::nquads, Format::turtle, Format::trig,
                              Format::rdfxml, Format::jsonld}) {
    std::size_t refused = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      const Graph graph = test::random_graph({.seed = seed,
                                              .statements = 40,
                                              .named_graphs = seed % 2 == 0,
                                              .triple_terms = seed % 3 == 0});
      for (const Statement& each : graph.statements()) {
        const Viewed viewed(graph, each);
        const auto why = refused_by(format, viewed.view);
        NullSink out;
        const auto written = write_rdf(graph_of({viewed.view}), format, {}, out);
        ASSERT_EQ(why.has_value(), !written.has_value())
            << info(format).name << ": " << (why ? why->message : written.error().message);
        if (!why) continue;
        ++refused;
        EXPECT_EQ(why->code, written.error().code) << why->message;
      }
    }
    EXPECT_EQ(refused > 0, format != Format::nquads && format != Format::trig);
  }
}

}  // namespace
}  // namespace dossier
