#include "mapping/explain.hpp"

#include <gtest/gtest.h>

#include "graph/vocabulary.hpp"
#include "tests/mapping/mapping_helpers.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kMapping = R"(prefixes: {ex: 'http://e/'}
mappings:
  place:
    sources: [[places.csv~csv]]
    s: ex:$(code)
    po:
      - [a, ex:Place]
      - [ex:name, $(name)]
      - [ex:alias, $(name)]
      - [ex:alias, $(short)]
      - p: ex:within
        o: {mapping: place, condition: {function: equal, parameters: [[str1, $(in)], [str2, $(code)]]}}
)";

class ExplainTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("mapping.yarrrml", kMapping)
        .write("places.csv",
               "code,name,short,in\nAT,\"Austria\n(republic)\",Aut,\nVIE,Vienna,Wien,AT\n");
    auto plan = compile_file(folder_, {}, diagnostics_);
    ASSERT_TRUE(plan);
    plan_ = std::move(*plan);
    Builder builder;
    ASSERT_TRUE(run_to_builder(plan_, builder, {}, diagnostics_));
    graph_ = freeze(std::move(builder));
  }

  // "places.csv:4:1 code=VIE by place" for each origin of the statement.
  std::string explain(std::string_view s, std::string_view p, const TermView& o) const {
    const Statement wanted{graph_.find_iri(s), graph_.find_iri(p), graph_.find(o)};
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      if (graph_.statements()[i] != wanted) continue;
      std::string out;
      const auto origins = Explainer(plan_, graph_).explain(std::span(&i, 1));
      for (const Origin& origin : origins.front()) {
        out += to_string(origin.place) + " " + origin.reference + "=" + origin.text + " by " +
               origin.rule + "\n";
      }
      return out;
    }
    return "no such statement";
  }

  Folder folder_;
  DiagnosticCollector diagnostics_;
  Plan plan_;
  Graph graph_;
};

TEST_F(ExplainTest, AValueComesFromItsCell) {
  EXPECT_EQ(explain("http://e/VIE", "http://e/name", literal_view("Vienna")),
            "places.csv:4:5 name=Vienna by place\n");
}

TEST_F(ExplainTest, LinesInsideCellsCount) {
  EXPECT_EQ(explain("http://e/AT", "http://e/name", literal_view("Austria\n(republic)")),
            "places.csv:2:4 name=Austria\n(republic) by place\n");
}

TEST_F(ExplainTest, OfSeveralRulesTheOneThatGivesTheValueIsNamed) {
  EXPECT_EQ(explain("http://e/VIE", "http://e/alias", literal_view("Wien")),
            "places.csv:4:12 short=Wien by place\n");
  EXPECT_EQ(explain("http://e/VIE", "http://e/alias", literal_view("Vienna")),
            "places.csv:4:5 name=Vienna by place\n");
}

TEST_F(ExplainTest, AConstantObjectIsTheSubjectsDoing) {
  EXPECT_EQ(explain("http://e/VIE", rdf::kType, iri_view("http://e/Place")),
            "places.csv:4:1 code=VIE by place\n");
}

TEST_F(ExplainTest, AJoinComesFromTheChildsKey) {
  EXPECT_EQ(explain("http://e/VIE", "http://e/within", iri_view("http://e/AT")),
            "places.csv:4:17 in=AT by place\n");
}

TEST_F(ExplainTest, ManyStatementsAreExplainedInOneGo) {
  std::vector<std::size_t> all(graph_.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = all.size() - 1 - i;
  const auto origins = Explainer(plan_, graph_).explain(all);
  ASSERT_EQ(origins.size(), all.size());
  for (const auto& each : origins) {
    ASSERT_FALSE(each.empty());
    EXPECT_EQ(each.front().rule_place.line, 3u);
    EXPECT_GT(each.front().place.line, 0u);
  }
}

}  // namespace
}  // namespace dossier::test
