#include "exporters/network_tables.hpp"

#include <map>

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "exporters/graphml.hpp"
#include "tests/exporters/network_samples.hpp"

namespace dossier {
namespace {

using Row = std::map<std::string, std::string>;

// RFC 4180 as a state machine of its own; empty cells without quotes are absent.
std::vector<Row> parse_csv(const std::string& text) {
  std::vector<std::vector<std::pair<std::string, bool>>> rows(1);
  std::string cell;
  bool quoted = false;
  bool was_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = was_quoted = true;
    } else if (c == ',' || c == '\n') {
      rows.back().emplace_back(cell, was_quoted || !cell.empty());
      cell.clear();
      was_quoted = false;
      if (c == '\n') rows.emplace_back();
    } else {
      cell += c;
    }
  }
  rows.pop_back();
  std::vector<Row> out;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    EXPECT_EQ(rows[r].size(), rows[0].size());
    Row& row = out.emplace_back();
    for (std::size_t i = 0; i < rows[r].size() && i < rows[0].size(); ++i) {
      if (rows[r][i].second) row[rows[0][i].first] = rows[r][i].first;
    }
  }
  return out;
}

std::string table(const NetworkSample& sample, bool nodes, NetworkOptions options = {}) {
  StringSink out;
  const EntityGraph graph(sample.graph, sample.schema);
  nodes ? write_node_table(graph, options, out) : write_edge_table(graph, options, out);
  return out.text();
}

// GraphML is read back against the graph; the tables must say the same.
TEST(NetworkTablesTest, SayWhatGraphmlSays) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    const NetworkSample sample = seed == 0 ? bans_sample() : random_sample(seed, 50, 40);
    StringSink out;
    write_graphml(EntityGraph(sample.graph, sample.schema), {}, out);
    pugi::xml_document document;
    document.load_buffer(out.text().data(), out.text().size(),
                         pugi::parse_default | pugi::parse_ws_pcdata_single);
    std::map<std::string, std::string> keys;
    for (const pugi::xml_node key : document.child("graphml").children("key")) {
      keys[key.attribute("id").value()] = key.attribute("attr.name").value();
    }
    for (const bool nodes : {true, false}) {
      const std::vector<Row> rows = parse_csv(table(sample, nodes));
      std::size_t i = 0;
      for (const pugi::xml_node element :
           document.child("graphml").child("graph").children(nodes ? "node" : "edge")) {
        ASSERT_LT(i, rows.size());
        Row row = rows[i++];
        EXPECT_EQ(row["Id"], element.attribute("id").value());
        row.erase("Id");
        Row wanted;
        for (const pugi::xml_node data : element.children("data")) {
          wanted[keys.at(data.attribute("key").value())] = data.child_value();
        }
        if (nodes) {
          wanted["Label"] = wanted["label"];
          wanted.erase("label");
        } else {
          wanted["Kind"] = wanted["Label"] = wanted["kind"];
          wanted.erase("kind");
          wanted["Source"] = element.attribute("source").value();
          wanted["Target"] = element.attribute("target").value();
          wanted["Type"] = "Directed";
        }
        ASSERT_EQ(row, wanted) << seed;
      }
      EXPECT_EQ(i, rows.size());
    }
  }
}

TEST(NetworkTablesTest, HostileCellsComeBack) {
  const std::vector<Row> rows = parse_csv(table(hostile_sample(), true));
  std::map<std::string, Row> by_iri;
  for (const Row& row : rows) by_iri[row.at("iri")] = row;
  EXPECT_EQ(by_iri["http://e/n1"]["Label"], "<script>alert(1)</script> ]]> & \"'");
  EXPECT_EQ(by_iri["http://e/n5"]["name"], " two\tlines\r\nand a  blank ");
  EXPECT_EQ(by_iri["http://e/n6"].count("name"), 1u);  // an empty text is no absence
  EXPECT_EQ(by_iri["http://e/n8"].count("name"), 0u);
}

TEST(NetworkTablesTest, FormulasAreDefusedOnlyWhenAskedAndNumbersNever) {
  TinyGraph tiny;
  tiny.add("n", "t", "\"=1+1").add("n", "i", "\"-5^^integer");
  NetworkSample sample{tiny.freeze(), {}};
  NetworkOptions options;
  EXPECT_EQ(parse_csv(table(sample, true)).at(0).at("t"), "=1+1");
  options.defuse_formulas = true;
  const Row row = parse_csv(table(sample, true, options)).at(0);
  EXPECT_EQ(row.at("t"), "'=1+1");
  EXPECT_EQ(row.at("i"), "-5");
}

TEST(NetworkTablesTest, BackslashesAreDoubledForGephiAlone) {
  TinyGraph tiny;
  tiny.add("n", "t", "\"c\\");
  NetworkSample sample{tiny.freeze(), {}};
  NetworkOptions options;
  EXPECT_NE(table(sample, true).find(",c\\\n"), std::string::npos);
  options.for_gephi = true;
  EXPECT_NE(table(sample, true, options).find(",\"c\\\\\"\n"), std::string::npos);
}

TEST(NetworkTablesTest, ThreadsLeaveNoTrace) {
  const NetworkSample sample = random_sample(3, 3000, 3000);
  NetworkOptions options;
  options.threads = 3;
  EXPECT_EQ(table(sample, true), table(sample, true, options));
  EXPECT_EQ(table(sample, false), table(sample, false, options));
}

}  // namespace
}  // namespace dossier
