#include "exporters/graphml.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "base/codes/exports.hpp"
#include "exporters/attribute_names.hpp"
#include "exporters/xml_text.hpp"
#include "tests/exporters/network_samples.hpp"

namespace dossier {
namespace {

struct Key {
  std::string name, type, element, description;
  bool list = false;
};

// A GraphML file as another program sees it.
struct Parsed {
  pugi::xml_document document;
  std::map<std::string, Key> keys;
  explicit Parsed(const std::string& text) {
    const auto result = document.load_buffer(text.data(), text.size(),
                                             pugi::parse_default | pugi::parse_ws_pcdata_single);
    EXPECT_TRUE(result) << result.description();
    for (const pugi::xml_node key : root().children("key")) {
      std::string description = key.child_value("desc");
      const std::size_t note = description.find(" (values joined");
      keys[key.attribute("id").value()] = {
          key.attribute("attr.name").value(), key.attribute("attr.type").value(),
          key.attribute("for").value(), description.substr(0, note), note != std::string::npos};
    }
  }
  pugi::xml_node root() const { return document.child("graphml"); }
  pugi::xml_node graph() const { return root().child("graph"); }

  // name of the attribute -> text
  std::map<std::string, std::string> data(pugi::xml_node element) const {
    std::map<std::string, std::string> out;
    for (const pugi::xml_node data : element.children("data")) {
      const Key& key = keys.at(data.attribute("key").value());
      EXPECT_EQ(key.element, element.name());
      EXPECT_TRUE(out.emplace(key.name, data.child_value()).second) << key.name;
    }
    return out;
  }
};

std::string written(const EntityGraph& graph, const NetworkOptions& options = {},
                    DiagnosticSink* diagnostics = nullptr, NetworkCounts* counts = nullptr) {
  StringSink out;
  const NetworkCounts got = write_graphml(graph, options, out, diagnostics);
  if (counts != nullptr) *counts = got;
  EXPECT_EQ(got.bytes, out.text().size());
  return out.text();
}

// The other way: "a \| b | c" -> {"a | b", "c"}.
std::multiset<std::string> split(const std::string& joined) {
  std::multiset<std::string> out;
  std::string value;
  for (std::size_t i = 0; i < joined.size(); ++i) {
    if (joined[i] == '\\') {
      value += joined[++i];
    } else if (joined.compare(i, 3, " | ") == 0) {
      out.insert(value);
      value.clear();
      i += 2;
    } else {
      value += joined[i];
    }
  }
  out.insert(value);
  return out;
}

// What XML cannot hold as U+FFFD. Oracle for valid UTF-8 only.
std::string as_xml_holds(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
      out += "\xEF\xBF\xBD";
    } else if (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF") {
      out += "\xEF\xBF\xBD";
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string term_text(const Graph& graph, TermId term) {
  if (term.is_blank()) return "_:" + std::string(graph.text(term));
  return as_xml_holds(graph.text(term));
}

using Values = std::map<std::string, std::set<std::string>>;  // by IRI of the predicate

// The attributes of an element by the IRI that its key describes.
Values by_iri(const Parsed& file, pugi::xml_node element) {
  Values out;
  for (const pugi::xml_node data : element.children("data")) {
    const Key& key = file.keys.at(data.attribute("key").value());
    if (key.description.find("://") == std::string::npos) continue;
    if (key.list) {
      for (const std::string& value : split(data.child_value())) {
        out[key.description].insert(value);
      }
    } else {
      std::string value = data.child_value();
      if (key.type == "boolean") value = value == "true" ? "bool true" : "bool false";
      out[key.description].insert(value);
    }
  }
  return out;
}

// The same, read off the statements. `boolean`: IRIs whose key is boolean.
Values expected(const Graph& graph, TermId subject, bool resources, const std::set<TermId>& without,
                const Parsed& file, std::string_view element) {
  std::set<std::string> booleans;
  for (const auto& [id, key] : file.keys) {
    if (key.type == "boolean" && key.element == element) booleans.insert(key.description);
  }
  Values out;
  for (const Statement& s : graph.about(subject)) {
    if (s.predicate == graph.rdf_type() || (s.object.is_resource() && !resources)) continue;
    if (without.contains(s.predicate)) continue;
    const std::string iri = as_xml_holds(graph.text(s.predicate));
    std::string value = term_text(graph, s.object);
    if (booleans.contains(iri)) {
      value = value == "1" || value == "true" ? "bool true" : "bool false";
    }
    out[iri].insert(value);
  }
  return out;
}

void expect_same(const NetworkSample& sample, const Parsed& file, const EntityGraph& graph) {
  const auto nodes = file.graph().children("node");
  const auto edges = file.graph().children("edge");
  ASSERT_EQ(std::distance(nodes.begin(), nodes.end()), static_cast<long>(graph.node_count()));
  ASSERT_EQ(std::distance(edges.begin(), edges.end()), static_cast<long>(graph.edge_count()));
  std::map<std::string, std::string> iri_of;
  auto node = nodes.begin();
  for (const NodeId n : graph.nodes()) {
    const auto data = file.data(*node);
    EXPECT_EQ(data.at("iri"), term_text(sample.graph, graph.term(n)));
    iri_of[node->attribute("id").value()] = data.at("iri");
    EXPECT_EQ(data.contains("type"), static_cast<bool>(graph.type(n)));
    EXPECT_EQ(by_iri(file, *node), expected(sample.graph, graph.term(n), false, {}, file, "node"));
    ++node;
  }
  auto edge = edges.begin();
  std::set<std::string> ids;
  for (const EdgeId e : graph.edges()) {
    const auto data = file.data(*edge);
    EXPECT_TRUE(ids.insert(edge->attribute("id").value()).second);
    EXPECT_EQ(iri_of.at(edge->attribute("source").value()),
              term_text(sample.graph, graph.term(graph.source(e))));
    EXPECT_EQ(iri_of.at(edge->attribute("target").value()),
              term_text(sample.graph, graph.term(graph.target(e))));
    EXPECT_EQ(data.at("predicate"), as_xml_holds(graph.predicate_iri(graph.kind(e))));
    if (const LinkClass* link = graph.kind(e).link) {
      EXPECT_EQ(data.at("link"), term_text(sample.graph, graph.link(e)));
      std::set<TermId> fixed = {link->source_end, link->target_end};
      for (const auto& [name, property] : {std::pair("start", link->start), {"end", link->end}}) {
        if (!property) continue;
        fixed.insert(property);
        const bool has = !sample.graph.about(graph.link(e), property).empty();
        EXPECT_EQ(data.contains(name), has) << name;
        if (has) {
          EXPECT_EQ(data.at(name),
                    term_text(sample.graph, sample.graph.object(graph.link(e), property)));
        }
      }
      EXPECT_EQ(by_iri(file, *edge),
                expected(sample.graph, graph.link(e), true, fixed, file, "edge"));
    } else {
      EXPECT_FALSE(data.contains("link"));
      EXPECT_TRUE(by_iri(file, *edge).empty());
    }
    ++edge;
  }
}

TEST(GraphmlTest, EveryAttributeOfTheBansReadsBack) {
  const NetworkSample sample = bans_sample();
  const EntityGraph graph(sample.graph, sample.schema);
  const Parsed file(written(graph));
  expect_same(sample, file, graph);
  std::vector<std::string> lines;
  for (const pugi::xml_node edge : file.graph().children("edge")) {
    const auto data = file.data(edge);
    const auto value = [&](const char* name) {
      return data.contains(name) ? data.at(name) : std::string("-");
    };
    lines.push_back(value("kind") + " " + value("start") + " " + value("end") + " " +
                    value("symmetric") + " " + value("sources"));
  }
  std::ranges::sort(lines);
  EXPECT_EQ(
      lines,
      (std::vector<std::string>{
          "authority - - - bans.csv", "bans 2020-09-20 - false bans.csv",
          "bans 2020-09-20 2020-11 false bans.csv", "bans 2020-11-12 2021-06-09 false bans.csv",
          "owns - - - owners.csv", "owns - - - owners.csv", "partners with - - true partners.csv",
          "source - - - -", "suspends 2020-09-27 - false -", "target - - - bans.csv"}));
}

TEST(GraphmlTest, EveryAttributeOfRandomGraphsReadsBack) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const NetworkSample sample = random_sample(seed, 60, 40);
    const EntityGraph graph(sample.graph, sample.schema);
    const Parsed file(written(graph));
    expect_same(sample, file, graph);
  }
}

TEST(GraphmlTest, ColumnTypesHoldForAllValues) {
  const NetworkSample sample = hostile_sample();
  const EntityGraph graph(sample.graph, sample.schema);
  const Parsed file(written(graph));
  std::map<std::string, std::string> types;
  for (const auto& [id, key] : file.keys) {
    if (key.element == "node") types[key.name] = key.type;
  }
  const std::map<std::string, std::string> wanted = {
      {"liar", "string"},  {"digits", "string"}, {"big", "long"},    {"huge", "string"},
      {"flag", "boolean"}, {"mixed", "string"},  {"real", "double"}, {"infinite", "string"},
      {"single", "float"}, {"day", "string"},    {"page", "string"}, {"many", "string"}};
  for (const auto& [name, type] : wanted) EXPECT_EQ(types[name], type) << name;
  const EntityGraph bans(bans_sample().graph, {});
  const NetworkSample again = bans_sample();
  const EntityGraph users(again.graph, again.schema);
  const Parsed other(written(users));
  EXPECT_EQ(other.keys.at("users").type, "int");
}

TEST(GraphmlTest, NamesThatCollideOrMeanSomethingToAReaderAreTold) {
  const NetworkSample sample = hostile_sample();
  const EntityGraph graph(sample.graph, sample.schema);
  const Parsed file(written(graph));
  std::set<std::string> names[2];
  for (const auto& [id, key] : file.keys) {
    std::string lower = key.name;
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    EXPECT_TRUE(names[key.element == "edge"].insert(lower).second) << key.name;
    const bool ours = key.description.find("://") == std::string::npos;
    if (ours) continue;
    for (const char* special : {"label", "size", "color", "x", "id", "self", "iri", "weight"}) {
      if (key.element == "node" && std::string(special) == "weight") continue;
      EXPECT_NE(lower, special);
    }
  }
  EXPECT_TRUE(names[0].contains("имя"));
  EXPECT_TRUE(names[0].contains("size_2"));
}

TEST(GraphmlTest, APrefixTellsCollidingNamesApart) {
  TinyGraph tiny;
  tiny.add("n", "http://a/name", "\"1")
      .add("n", "http://b/name", "\"2")
      .add("n", "http://b/id", "\"3");
  const Graph sample = tiny.freeze();
  NetworkOptions options;
  options.prefixes.set("bee", "http://b/");
  const Parsed file(written(EntityGraph(sample), options));
  const auto data = file.data(file.graph().child("node"));
  EXPECT_EQ(data.at("name"), "1");
  EXPECT_EQ(data.at("bee_name"), "2");
  EXPECT_EQ(data.at("bee_id"), "3");
}

TEST(GraphmlTest, WhatXmlCannotHoldIsReplacedCountedAndReported) {
  const NetworkSample sample = hostile_sample();
  const EntityGraph graph(sample.graph, sample.schema);
  DiagnosticCollector sink;
  NetworkCounts counts;
  const std::string text = written(graph, {}, &sink, &counts);
  EXPECT_EQ(text.find_first_of(std::string_view("\0\x01\x02\x08\x0B\x1F", 6)), std::string::npos);
  EXPECT_EQ(text.find("]]>"), std::string::npos);
  EXPECT_EQ(text.find("<script"), std::string::npos);
  // n2: 6 controls (not U+007F), n3: two, n4: the surrogate's three bytes, FF and C3; each once as
  // name and once as label; the link's label: one.
  EXPECT_EQ(counts.characters_replaced, 2u * (6 + 2 + 5) + 1);
  ASSERT_EQ(sink.count(code::xml_character_replaced), 1u);
  EXPECT_EQ(sink.count(code::values_joined), 3u);
}

TEST(GraphmlTest, SeveralValuesAreJoinedSoThatTheyCanBeTakenApart) {
  const NetworkSample sample = hostile_sample();
  const EntityGraph graph(sample.graph, sample.schema);
  NetworkCounts counts;
  const Parsed file(written(graph, {}, nullptr, &counts));
  for (const pugi::xml_node node : file.graph().children("node")) {
    const auto data = file.data(node);
    if (data.at("iri") == "http://e/n1") {
      EXPECT_EQ(split(data.at("many")),
                (std::multiset<std::string>{"a | b", "c\\", "", "d, \"e\" [f]", "null", "' "}));
    }
    if (data.at("iri") == "http://e/n2") {
      EXPECT_EQ(data.at("many"), "x\\|y");
    }
  }
  EXPECT_EQ(counts.cells_with_several, 3u);
}

TEST(GraphmlTest, ThreadsLeaveNoTrace) {
  const NetworkSample sample = random_sample(7, 5000, 4000);
  const EntityGraph graph(sample.graph, sample.schema);
  DiagnosticCollector one_sink;
  const std::string one = written(graph, {}, &one_sink);
  for (const std::size_t threads : {2u, 3u, 8u}) {
    NetworkOptions options;
    options.threads = threads;
    DiagnosticCollector sink;
    EXPECT_EQ(written(graph, options, &sink), one) << threads;
    EXPECT_EQ(sink.sorted(), one_sink.sorted());
  }
}

TEST(GraphmlTest, ForGephiAddsLabelsColoursAndSizes) {
  const NetworkSample sample = bans_sample();
  const EntityGraph graph(sample.graph, sample.schema);
  NetworkOptions options;
  options.for_gephi = true;
  const Parsed file(written(graph, options));
  std::map<std::string, std::string> colour_of_type;
  for (const pugi::xml_node node : file.graph().children("node")) {
    const auto data = file.data(node);
    const auto [at, added] =
        colour_of_type.emplace(data.contains("type") ? data.at("type") : "", data.at("color"));
    EXPECT_EQ(at->second, data.at("color"));
    EXPECT_TRUE(data.contains("size"));
  }
  EXPECT_EQ(colour_of_type.size(), 6u);
  for (const pugi::xml_node edge : file.graph().children("edge")) {
    EXPECT_EQ(file.data(edge).at("kind"), edge.attribute("label").value());
    EXPECT_EQ(file.data(edge).at("label"), edge.attribute("label").value());
  }
}

TEST(GraphmlTest, AnEmptyGraphIsAFile) {
  const Graph sample;
  const Parsed file(written(EntityGraph(sample)));
  EXPECT_TRUE(file.graph());
  EXPECT_FALSE(file.graph().first_child().child("node"));
}

TEST(XmlTextTest, LongTextsAreCutBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += i % 7 == 0 ? "é" : i % 11 == 0 ? "<" : "a";
  TextBuffer buffer;
  EXPECT_EQ(append_xml(buffer, text, XmlContext::content), 0u);
  std::string expected;
  for (const char c : text) {
    if (c == '<') {
      expected += "&lt;";
    } else {
      expected += c;
    }
  }
  EXPECT_EQ(buffer.text(), expected);
}

TEST(NmtokenTest, HoldsOnlyNameCharacters) {
  EXPECT_EQ(nmtoken("a b/c"), "a_b_c");
  EXPECT_EQ(nmtoken(""), "_");
  EXPECT_EQ(nmtoken("名前"), "名前");
  EXPECT_EQ(nmtoken("×÷"), "_");
  EXPECT_EQ(nmtoken("P31"), "P31");
}

}  // namespace
}  // namespace dossier
