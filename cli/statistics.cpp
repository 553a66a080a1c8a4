#include "cli/statistics.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/json_writer.hpp"

namespace dossier {
namespace {

using Count = GraphStatistics::Count;

void most_first(std::vector<Count>& counts) {
  std::ranges::stable_sort(counts, [](const Count& a, const Count& b) {
    return a.count != b.count ? a.count > b.count : a.name < b.name;
  });
}

std::string name_of(const Graph& graph, TermId resource) {
  const std::string text(graph.text(resource));
  return resource.is_blank() ? "_:" + text : text;
}

void count_statements(const Graph& graph, GraphStatistics& out) {
  out.statements = graph.size();
  out.terms = graph.term_count();
  out.literals = graph.term_count(TermKind::literal);
  std::unordered_set<TermId> graphs;
  TermId subject;
  for (const Statement& statement : graph.statements()) {
    if (statement.subject != subject) ++out.subjects;
    subject = statement.subject;
    if (statement.graph) graphs.insert(statement.graph);
  }
  out.graphs = graphs.size();
  for (const TermId predicate : graph.predicates()) {
    out.properties.push_back(
        {std::string(graph.text(predicate)), graph.with_predicate(predicate).size()});
  }
  most_first(out.properties);
}

void count_classes(const Graph& graph, GraphStatistics& out) {
  if (!graph.rdf_type()) return;
  // POS order: the classes follow one another.
  const StatementRange types = graph.with_predicate(graph.rdf_type());
  for (std::size_t i = 0; i < types.size();) {
    const TermId cls = types[i].object;
    const std::size_t count = graph.instances(cls).size();
    out.classes.push_back(
        {cls.is_literal() ? to_string(graph.term(cls)) : name_of(graph, cls), count});
    i += std::max<std::size_t>(count, 1);
  }
  most_first(out.classes);
}

void count_sources(const Graph& graph, GraphStatistics& out) {
  for (const SourceInfo& source : graph.sources()) out.sources.push_back({source.path, 0});
  std::vector<std::size_t> last(out.sources.size(), SIZE_MAX);
  for (std::size_t i = 0; i < graph.size(); ++i) {
    for (const EvidenceId id : graph.evidence_of(i)) {
      const SourceId source = graph.evidence(id).source;
      if (!source || last[source.index()] == i) continue;
      last[source.index()] = i;
      ++out.sources[source.index()].count;
    }
  }
  most_first(out.sources);
}

// Union by the smaller number, with path halving.
std::uint32_t root(std::vector<std::uint32_t>& parents, std::uint32_t node) {
  while (parents[node] != node) node = parents[node] = parents[parents[node]];
  return node;
}

void count_components(const EntityGraph& entities, GraphStatistics& out) {
  std::vector<std::uint32_t> parents(entities.node_count());
  std::iota(parents.begin(), parents.end(), 0u);
  for (const EdgeId edge : entities.edges()) {
    const std::uint32_t a = root(parents, entities.source(edge).value());
    const std::uint32_t b = root(parents, entities.target(edge).value());
    parents[std::max(a, b)] = std::min(a, b);
  }
  std::vector<std::uint64_t> sizes(parents.size(), 0);
  for (std::uint32_t node = 0; node < parents.size(); ++node) ++sizes[root(parents, node)];
  out.components = static_cast<std::uint64_t>(
      std::ranges::count_if(sizes, [](std::uint64_t size) { return size > 0; }));
  if (!sizes.empty()) out.largest_component = std::ranges::max(sizes);
}

void measure_degrees(const EntityGraph& entities, GraphStatistics& out) {
  out.nodes = entities.node_count();
  out.edges = entities.edge_count();
  std::vector<std::uint64_t> degrees;
  degrees.reserve(entities.node_count());
  for (const NodeId node : entities.nodes()) {
    const std::uint64_t degree = entities.out_degree(node) + entities.in_degree(node);
    if (degrees.empty() || degree > out.degree.most) {
      out.degree.most = degree;
      out.degree.most_of = name_of(entities.graph(), entities.term(node));
    }
    if (degree == 0) ++out.isolated;
    degrees.push_back(degree);
  }
  if (degrees.empty()) return;
  std::ranges::sort(degrees);
  out.degree.least = degrees.front();
  out.degree.median = degrees[degrees.size() / 2];
  out.degree.mean = 2.0 * static_cast<double>(out.edges) / static_cast<double>(out.nodes);
}

std::string section(std::string_view title, const std::vector<Count>& counts,
                    const Prefixes* prefixes) {
  if (counts.empty()) return {};
  const std::size_t width = with_separators(counts.front().count).size();
  std::string out = fmt::format("\n{}\n", title);
  for (const Count& each : counts) {
    out += fmt::format("  {:>{}}  {}\n", with_separators(each.count), width,
                       prefixes != nullptr ? prefixes->shorten(each.name) : printable(each.name));
  }
  return out;
}

void write(JsonWriter& json, std::string_view key, const std::vector<Count>& counts) {
  json.begin_array(key);
  for (const Count& each : counts) {
    json.begin_object();
    json.member("name", each.name);
    json.member("count", each.count);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

GraphStatistics statistics(const Graph& graph, const EntityGraph& entities) {
  GraphStatistics out;
  count_statements(graph, out);
  count_classes(graph, out);
  count_sources(graph, out);
  measure_degrees(entities, out);
  count_components(entities, out);
  return out;
}

std::string to_text(const GraphStatistics& s, const Prefixes& prefixes) {
  std::string out = fmt::format("{} about {}, {} terms ({} literals)\n",
                                counted(s.statements, "statement"), counted(s.subjects, "subject"),
                                with_separators(s.terms), with_separators(s.literals));
  if (s.graphs > 0) out += fmt::format("{}\n", counted(s.graphs, "named graph"));
  out += section("Instances by class", s.classes, &prefixes);
  out += section("Statements by property", s.properties, &prefixes);
  out += section("Statements by source", s.sources, nullptr);
  out +=
      fmt::format("\nAs nodes and edges (links folded)\n  {}, {} ({} without an edge)\n",
                  counted(s.nodes, "node"), counted(s.edges, "edge"), with_separators(s.isolated));
  out += fmt::format("  {}, the largest of {}\n", counted(s.components, "component"),
                     counted(s.largest_component, "node"));
  if (s.nodes > 0) {
    out += fmt::format("  degree: least {}, median {}, mean {:.2f}, most {} ({})\n", s.degree.least,
                       s.degree.median, s.degree.mean, with_separators(s.degree.most),
                       prefixes.shorten(s.degree.most_of));
  }
  return out;
}

std::string to_json(const GraphStatistics& s) {
  JsonWriter json;
  json.begin_object();
  json.member("statements", s.statements);
  json.member("subjects", s.subjects);
  json.member("terms", s.terms);
  json.member("literals", s.literals);
  json.member("named_graphs", s.graphs);
  write(json, "classes", s.classes);
  write(json, "properties", s.properties);
  write(json, "sources", s.sources);
  json.member("nodes", s.nodes);
  json.member("edges", s.edges);
  json.member("isolated_nodes", s.isolated);
  json.member("components", s.components);
  json.member("largest_component", s.largest_component);
  json.begin_object("degree");
  json.member("least", s.degree.least);
  json.member("median", s.degree.median);
  json.member("mean", s.degree.mean);
  json.member("most", s.degree.most);
  json.member("most_of", s.degree.most_of);
  json.end_object();
  json.end_object();
  return json.text();
}

}  // namespace dossier
