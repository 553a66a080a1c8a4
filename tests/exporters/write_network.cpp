// Writes a sample graph as a file for foreign readers, and its figures as JSON to stdout:
//   write_network SAMPLE OUT.graphml|OUT.gexf|nodes.csv|edges.csv [--for-gephi] [--threads N]
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

#include "exporters/gexf.hpp"
#include "exporters/graphml.hpp"
#include "exporters/network_tables.hpp"
#include "tests/exporters/network_samples.hpp"

int main(int argc, char** argv) {
  using namespace dossier;
  if (argc < 3) return 64;
  NetworkOptions options;
  for (int i = 3; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--for-gephi") options.for_gephi = true;
    if (std::string_view(argv[i]) == "--threads" && i + 1 < argc) {
      options.threads = static_cast<std::size_t>(std::atoi(argv[i + 1]));
    }
  }
  const NetworkSample sample = network_sample(argv[1]);
  const EntityGraph graph(sample.graph, sample.schema);
  auto out = open_output(argv[2]);
  if (!out) return 2;
  const std::string_view path = argv[2];
  const NetworkCounts counts = path.ends_with("nodes.csv") ? write_node_table(graph, options, **out)
                               : path.ends_with("edges.csv")
                                   ? write_edge_table(graph, options, **out)
                               : path.ends_with(".gexf") ? write_gexf(graph, options, **out)
                                                         : write_graphml(graph, options, **out);
  if (!(*out)->finish()) return 2;
  fmt::print(
      "{{\"nodes\": {}, \"edges\": {}, \"node_attributes\": {}, \"edge_attributes\": {}, "
      "\"intervals\": {}, \"kinds\": [",
      counts.nodes, counts.edges, counts.node_attributes, counts.edge_attributes, counts.intervals);
  std::vector<std::size_t> sizes(graph.kinds().size());
  for (const EdgeId edge : graph.edges()) ++sizes[graph.kind_id(edge).index()];
  bool first = true;
  for (const std::size_t size : sizes) {
    if (size == 0) continue;
    fmt::print("{}{}", first ? "" : ", ", size);
    first = false;
  }
  fmt::print("]}}\n");
  return 0;
}
