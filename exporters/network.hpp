// What the network formats (GraphML, GEXF, node and edge tables) have in common: options and the
// figures for the ledger. The bytes that a writer makes depend on the graph and the options, never
// on the number of threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "exporters/share_done.hpp"
#include "graph/prefixes.hpp"

namespace dossier {

struct NetworkOptions {
  std::vector<std::string> languages{"en"};  // of labels, best first; "" for none
  Prefixes prefixes;  // tell apart attributes, classes and kinds whose local names are the same
  // GraphML: what Gephi wants and the schema does not allow or other readers do not need: a label
  // on each edge element, which Gephi takes as the kind of the edge, labels, colours and sizes.
  // CSV: backslashes doubled, since Gephi takes one as an escape.
  bool for_gephi = false;
  // CSV: texts that a spreadsheet takes for a formula (= + - @ in front) get an apostrophe before
  // them. It changes the data, so it is off.
  bool defuse_formulas = false;
  std::size_t threads = 1;
  ShareDone on_share;
};

struct NetworkCounts {
  std::uint64_t nodes = 0;
  std::uint64_t edges = 0;
  std::uint64_t node_attributes = 0;  // columns
  std::uint64_t edge_attributes = 0;
  std::uint64_t values = 0;               // literals and resources written as attributes
  std::uint64_t cells_with_several = 0;   // attributes of one element that hold several values
  std::uint64_t characters_replaced = 0;  // that XML cannot hold
  std::uint64_t intervals = 0;            // edges with a validity interval (GEXF)
  std::uint64_t intervals_unusable = 0;   // end before start, or not a date
  std::uint64_t bytes = 0;

  friend bool operator==(const NetworkCounts&, const NetworkCounts&) = default;
};

}  // namespace dossier
