#include "exporters/gexf.hpp"

#include <map>

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "base/codes/exports.hpp"
#include "exporters/graphml.hpp"
#include "exporters/validity.hpp"
#include "tests/exporters/network_samples.hpp"

namespace dossier {
namespace {

using Attributes = std::map<std::string, std::string>;

// ["a", "b\"c"] as Gephi reads it, joined as GraphML has it.
std::string as_joined(const std::string& list) {
  std::string out;
  bool inside = false;
  bool first = true;
  for (std::size_t i = 0; i < list.size(); ++i) {
    char c = list[i];
    if (c == '"') {
      inside = !inside;
      if (inside && !first) out += " | ";
      if (inside) first = false;
    } else if (inside) {
      if (c == '\\') c = list[++i];
      if (c == '|' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out;
}

struct Gexf {
  pugi::xml_document document;
  std::map<std::string, std::string> types[2];
  explicit Gexf(const std::string& text) {
    EXPECT_TRUE(document.load_buffer(text.data(), text.size()));
    for (const pugi::xml_node list : graph().children("attributes")) {
      const bool edge = std::string(list.attribute("class").value()) == "edge";
      for (const pugi::xml_node a : list.children("attribute")) {
        types[edge][a.attribute("id").value()] = a.attribute("type").value();
      }
    }
  }
  pugi::xml_node graph() const { return document.child("gexf").child("graph"); }
  Attributes values(pugi::xml_node element) const {
    const bool edge = std::string(element.name()) == "edge";
    Attributes out;
    for (const pugi::xml_node value : element.child("attvalues").children("attvalue")) {
      const std::string name = value.attribute("for").value();
      EXPECT_TRUE(types[edge].contains(name)) << name;
      std::string text = value.attribute("value").value();
      if (types[edge].at(name) == "liststring") text = as_joined(text);
      EXPECT_TRUE(out.emplace(name, text).second) << name;
    }
    return out;
  }
};

std::string gexf(const NetworkSample& sample, std::size_t threads = 1,
                 DiagnosticSink* diagnostics = nullptr, NetworkCounts* counts = nullptr) {
  StringSink out;
  NetworkOptions options;
  options.threads = threads;
  const EntityGraph graph(sample.graph, sample.schema);
  const NetworkCounts got = write_gexf(graph, options, out, diagnostics);
  if (counts != nullptr) *counts = got;
  return out.text();
}

// Attributes by the name of the key, out of GraphML.
std::vector<Attributes> graphml_attributes(const NetworkSample& sample, const char* element) {
  StringSink out;
  write_graphml(EntityGraph(sample.graph, sample.schema), {}, out);
  pugi::xml_document document;
  document.load_buffer(out.text().data(), out.text().size(),
                       pugi::parse_default | pugi::parse_ws_pcdata_single);
  std::map<std::string, std::string> names;
  for (const pugi::xml_node key : document.child("graphml").children("key")) {
    names[key.attribute("id").value()] = key.attribute("attr.name").value();
  }
  std::vector<Attributes> all;
  for (const pugi::xml_node e : document.child("graphml").child("graph").children(element)) {
    Attributes& of = all.emplace_back();
    for (const pugi::xml_node data : e.children("data")) {
      of[names.at(data.attribute("key").value())] = data.child_value();
    }
  }
  return all;
}

// GraphML is read back against the graph; GEXF must say the same.
TEST(GexfTest, SaysWhatGraphmlSays) {
  for (unsigned seed = 0; seed < 12; ++seed) {
    const NetworkSample sample = seed == 0   ? bans_sample()
                                 : seed == 1 ? hostile_sample()
                                             : random_sample(seed, 50, 40);
    const Gexf file(gexf(sample));
    std::size_t i = 0;
    const std::vector<Attributes> nodes = graphml_attributes(sample, "node");
    for (const pugi::xml_node node : file.graph().child("nodes").children("node")) {
      Attributes values = file.values(node);
      values["label"] = node.attribute("label").value();
      ASSERT_EQ(values, nodes.at(i++)) << seed;
    }
    ASSERT_EQ(i, nodes.size());
    EXPECT_EQ(file.graph().child("nodes").attribute("count").as_uint(), nodes.size());
    i = 0;
    const std::vector<Attributes> edges = graphml_attributes(sample, "edge");
    for (const pugi::xml_node edge : file.graph().child("edges").children("edge")) {
      Attributes values = file.values(edge);
      values.erase("start_precision");
      values.erase("end_precision");
      values["kind"] = edge.attribute("kind").value();
      EXPECT_EQ(values["kind"], edge.attribute("label").value());
      ASSERT_EQ(values, edges.at(i++)) << seed;
    }
    ASSERT_EQ(i, edges.size());
  }
}

TEST(GexfTest, PartialDatesArePaddedOutwardsAndSaySo) {
  const Gexf file(gexf(bans_sample()));
  std::map<std::string, std::string> lines;
  for (const pugi::xml_node edge : file.graph().child("edges").children("edge")) {
    Attributes values = file.values(edge);
    if (!values.contains("link")) continue;
    lines[values["link"]] = std::string(edge.attribute("start").value()) + " " +
                            edge.attribute("end").value() + " " + values["start_precision"] + " " +
                            values["end_precision"] + " " + values["end"];
  }
  EXPECT_EQ(lines["http://e/ban1"], "2020-09-20  day  ");
  EXPECT_EQ(lines["http://e/ban2"], "2020-09-20 2020-11-30 day month 2020-11");
  EXPECT_EQ(lines["http://e/ban3"], "2020-11-12 2021-06-09 day day 2021-06-09");
  EXPECT_EQ(lines["http://e/p1"], "    ");
  EXPECT_STREQ(file.graph().attribute("mode").value(), "dynamic");
  EXPECT_STREQ(file.graph().attribute("timeformat").value(), "date");
}

TEST(GexfTest, AnEndBeforeTheStartGivesNoIntervalButAReport) {
  DiagnosticCollector sink;
  NetworkCounts counts;
  const Gexf file(gexf(hostile_sample(), 1, &sink, &counts));
  EXPECT_EQ(sink.count(code::interval_reversed), 1u);
  EXPECT_EQ(sink.count(code::interval_unreadable), 1u);
  EXPECT_EQ(counts.intervals, 0u);
  EXPECT_EQ(counts.intervals_unusable, 2u);
  for (const pugi::xml_node edge : file.graph().child("edges").children("edge")) {
    EXPECT_FALSE(edge.attribute("start"));
    EXPECT_FALSE(edge.attribute("end"));
  }
}

TEST(GexfTest, ThreadsLeaveNoTrace) {
  const NetworkSample sample = random_sample(9, 4000, 4000);
  EXPECT_EQ(gexf(sample, 1), gexf(sample, 3));
}

TEST(GexfTest, ALinkThatIsANodeIsCalledAfterItsEnds) {
  const Gexf file(gexf(bans_sample()));
  std::map<std::string, std::string> label_of;
  for (const pugi::xml_node node : file.graph().child("nodes").children("node")) {
    label_of[file.values(node)["iri"]] = node.attribute("label").value();
  }
  EXPECT_EQ(label_of["http://e/ban2"], "bans: US Department of Commerce → TikTok");
  EXPECT_EQ(label_of["http://e/articleA"], "articleA");
}

TEST(ValidityTest, DatesArePaddedByTheirPrecision) {
  TinyGraph tiny;
  const std::map<std::string, std::pair<std::string, std::string>> cases = {
      {"\"2020-02^^gYearMonth", {"2020-02-01", "2020-02-29"}},
      {"\"1900-02^^gYearMonth", {"1900-02-01", "1900-02-28"}},
      {"\"2021Z^^gYear", {"2021-01-01", "2021-12-31"}},
      {"\"2021-03-04+14:00^^date", {"2021-03-04", "2021-03-04"}},
      {"\"2021-03-04T23:59:59.5Z^^dateTime", {"2021-03-04", "2021-03-04"}},
      {"\"2021-03-04", {"2021-03-04", "2021-03-04"}},
      {"\"2021-02-30^^date", {"", ""}},
      {"\"-0044^^gYear", {"", ""}},
      {"\"0000^^gYear", {"", ""}},
      {"\"12020-01-01^^date", {"", ""}},
      {"\"2021-03-04^^integer", {"", ""}},
      {"\"soon", {"", ""}},
      {"\"2021^^date", {"", ""}}};
  std::size_t i = 0;
  for (const auto& [literal, dates] : cases) {
    tiny.add("n" + std::to_string(i++), "p", literal);
  }
  const Graph graph = tiny.freeze();
  i = 0;
  for (const auto& [literal, dates] : cases) {
    const TermId term = graph.object(id(graph, "n" + std::to_string(i++)), id(graph, "p"));
    for (const bool last : {false, true}) {
      const auto date =
          padded_date(find_datatype(graph.literal_type(term).datatype), graph.text(term), last);
      EXPECT_EQ(date ? date->view() : "", last ? dates.second : dates.first) << literal;
    }
  }
}

}  // namespace
}  // namespace dossier
