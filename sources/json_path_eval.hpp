// Finds the nodes of a JsonTree that a JSONPath selects, in the order of RFC 9535. Descendants are
// walked with an explicit stack; filters recurse as deep as the parser of paths allowed. One
// thread; buffers are used again.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sources/json_path.hpp"
#include "sources/json_tree.hpp"

namespace dossier {

class JsonPathEvaluator {
 public:
  explicit JsonPathEvaluator(const JsonTree& tree) : tree_(tree) {}

  // The nodes that `path` selects from `root`; `out` is emptied first.
  void select(const JsonPath& path, std::uint32_t root, std::vector<std::uint32_t>& out);

 private:
  using Nodes = std::vector<std::uint32_t>;
  struct Operand;

  void run(const JsonPath& path, std::uint32_t start, std::uint32_t root, Nodes& out);
  void apply(const JsonSegment& segment, std::uint32_t node, std::uint32_t root, Nodes& out);
  void select_children(const JsonSelector& selector, std::uint32_t node, std::uint32_t root,
                       Nodes& out);
  void slice(const JsonSelector& selector, std::uint32_t array, Nodes& out);
  bool holds(const JsonFilter& filter, std::uint32_t node, std::uint32_t root);
  bool compare(const JsonFilter& filter, std::uint32_t node, std::uint32_t root);
  Operand operand(const JsonFilter& filter, std::uint32_t node, std::uint32_t root);
  Operand of_node(std::uint32_t node) const;
  Operand length(const Operand& value) const;
  bool equal(const Operand& a, const Operand& b) const;
  bool equal_trees(std::uint32_t a, std::uint32_t b) const;

  const JsonTree& tree_;
};

// The number a JSON text stands for; too large ones are infinite.
double json_number(std::string_view text);

}  // namespace dossier
