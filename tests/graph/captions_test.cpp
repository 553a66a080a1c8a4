#include "graph/captions.hpp"

#include <gtest/gtest.h>

#include "tests/graph/tiny_graph.hpp"

namespace dossier {
namespace {

TEST(CaptionsTest, TheBestPropertyThenTheBestLanguageWins) {
  TinyGraph tiny;
  tiny.add("x", "name", "\"Anna@de").add("x", "name", "\"Ann@en-GB").add("x", "name", "\"A");
  tiny.add("x", "alias", "\"aaa@en").add("y", "alias", "\"why@fr").add("y", "alias", "\"wi@de");
  tiny.add("z", "name", "\"").add("_:b", "name2", "\"nothing");
  const Graph graph = tiny.freeze();
  const std::vector<TermId> properties = {id(graph, "name"), id(graph, "alias")};
  const auto text = [&](std::vector<std::string> languages, TermId of) {
    return Captions(graph, properties, languages).text(of);
  };
  EXPECT_EQ(text({"en"}, id(graph, "x")), "Ann");
  EXPECT_EQ(text({"de", "en"}, id(graph, "x")), "Anna");
  EXPECT_EQ(text({"fr"}, id(graph, "x")), "A");
  EXPECT_EQ(text({"ja"}, id(graph, "y")), "why");
  EXPECT_EQ(text({}, id(graph, "z")), "z");
  EXPECT_EQ(text({}, graph.find(blank_view("b"))), "_:b");
}

TEST(CaptionsTest, TheLocalNameIsWhatPeopleCallAnIri) {
  EXPECT_EQ(local_name("http://e/a#b"), "b");
  EXPECT_EQ(local_name("http://e/a/b/"), "b/");
  EXPECT_EQ(local_name("urn:isbn:42"), "42");
  EXPECT_EQ(local_name("plain"), "plain");
  EXPECT_EQ(local_name("://"), "://");
}

}  // namespace
}  // namespace dossier
