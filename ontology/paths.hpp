// SHACL property paths (SHACL 2.3.1): their structure and their text; PathWalker (path_walker.hpp)
// follows them. A PathSet holds all paths of a shapes graph as flat nodes; it is immutable once
// loaded. Recursion goes along the nesting of a path, which Limits::max_shape_depth bounds;
// sequences and alternatives are flat.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/limits.hpp"
#include "graph/prefixes.hpp"
#include "ontology/lists.hpp"
#include "ontology/names.hpp"
#include "ontology/term_space.hpp"

namespace dossier {

using PathId = Id<struct PathTag>;

enum class PathKind : std::uint8_t {
  predicate,
  inverse,
  sequence,
  alternative,
  zero_or_more,
  one_or_more,
  zero_or_one
};

struct PathNode {
  PathKind kind = PathKind::predicate;
  TermId predicate;         // of a predicate path
  std::uint32_t first = 0;  // children: PathSet::children(node)
  std::uint32_t count = 0;
};

class PathSet {
 public:
  const PathNode& operator[](PathId id) const { return nodes_[id.index()]; }
  std::span<const PathId> children(const PathNode& node) const {
    return std::span(children_).subspan(node.first, node.count);
  }
  PathId add(PathNode node, std::span<const PathId> children = {});
  // All predicates replaced, such as by the ids of another graph.
  template <class Map>
  void map_predicates(Map&& map) {
    for (PathNode& node : nodes_) node.predicate = map(node.predicate);
  }
  std::size_t size() const { return nodes_.size(); }

 private:
  std::vector<PathNode> nodes_;
  std::vector<PathId> children_;
};

// Reads the path that starts at `term`; nothing, and why, when it is no well-formed one.
PathId read_path(const Graph& graph, const Names& names, TermId term, const Limits& limits,
                 PathSet& into, std::string& why);

// As in SPARQL: dos:owner/^dos:asset*
std::string to_string(const PathSet& paths, PathId path, const TermSpace& terms,
                      const Prefixes& prefixes);

}  // namespace dossier
