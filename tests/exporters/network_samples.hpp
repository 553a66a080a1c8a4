// Graphs that the tests of the network formats share: the founding case in small, everything that
// could break a file, and random graphs with any mix of types.
#pragma once

#include <string>

#include "tests/graph/tiny_graph.hpp"

namespace dossier {

struct NetworkSample {
  Graph graph;
  LinkSchema schema;
};

// Bans with dates, texts and sources; one ban suspended, a partnership, an owner without a link.
NetworkSample bans_sample();
// Markup, control characters, names that collide or that readers take for something else, values
// that look like numbers, several values everywhere.
NetworkSample hostile_sample();
// Entities with properties of every datatype, well-formed or not, and `links` links among them.
NetworkSample random_sample(unsigned seed, std::size_t entities, std::size_t links);
// By name: "bans", "hostile", "random:SEED:ENTITIES:LINKS".
NetworkSample network_sample(const std::string& name);

}  // namespace dossier
