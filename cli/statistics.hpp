// What a graph holds, in numbers: counts by class, property and source, and the shape of the graph
// of things (degrees, components).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/entity_graph.hpp"
#include "graph/graph.hpp"
#include "graph/prefixes.hpp"

namespace dossier {

struct GraphStatistics {
  struct Count {
    std::string name;  // IRI, or path of a source
    std::uint64_t count = 0;
  };
  struct Degree {
    std::uint64_t least = 0;
    std::uint64_t median = 0;
    std::uint64_t most = 0;
    double mean = 0;
    std::string most_of;  // IRI or blank node of the first node with the most
  };

  std::uint64_t statements = 0;
  std::uint64_t subjects = 0;
  std::uint64_t terms = 0;
  std::uint64_t literals = 0;
  std::uint64_t graphs = 0;       // named ones
  std::vector<Count> classes;     // instances; most first, then by name
  std::vector<Count> properties;  // statements
  std::vector<Count> sources;     // statements that it gives; one with two sources counts in both

  std::uint64_t nodes = 0;
  std::uint64_t edges = 0;
  std::uint64_t isolated = 0;    // nodes without an edge
  std::uint64_t components = 0;  // weakly connected, isolated nodes included
  std::uint64_t largest_component = 0;
  Degree degree;  // in and out together
};

GraphStatistics statistics(const Graph& graph, const EntityGraph& entities);

std::string to_text(const GraphStatistics& statistics, const Prefixes& prefixes);
std::string to_json(const GraphStatistics& statistics);

}  // namespace dossier
