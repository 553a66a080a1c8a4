// What a network file will say, worked out before the first byte: attribute columns, names of kinds
// and classes, colours. Immutable after construction; any number of threads read it. Borrows the
// EntityGraph.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exporters/attributes.hpp"
#include "exporters/network.hpp"
#include "exporters/palette.hpp"
#include "graph/captions.hpp"
#include "graph/entity_graph.hpp"

namespace dossier {

class NetworkPlan {
 public:
  NetworkPlan(const EntityGraph& graph, const NetworkOptions& options);

  struct ClassInfo {
    TermId cls;
    std::string name;
    std::uint64_t nodes = 0;
    Colour colour;
  };

  const EntityGraph& graph() const { return graph_; }
  const Slots& slots() const { return slots_; }
  const AttributeTables& attributes() const { return attributes_; }
  const Captions& captions() const { return captions_; }
  // For a node that has no caption: "bans: Commerce → TikTok" for a link, else the local name.
  std::string made_up_label(NodeId node) const;
  // "owns": the label of the link class, else the caption of the predicate; unique to a predicate.
  const std::string& kind_name(KindId kind) const { return kind_names_[kind.index()]; }
  // Classes that name nodes, in the order of terms.
  std::span<const ClassInfo> classes() const { return classes_; }
  // The place in classes() of the node's class; classes().size() when it has none.
  std::size_t class_index(NodeId node) const;

  bool has_classes() const { return !classes_.empty(); }
  bool has_links() const { return graph_.counts().edges_from_links > 0; }
  bool has_symmetric() const { return has_symmetric_; }

  // Figures that are known before writing.
  NetworkCounts counts() const;

 private:
  void name_kinds(const Prefixes& prefixes);
  void name_classes(const Prefixes& prefixes);

  const EntityGraph& graph_;
  Slots slots_;
  Captions captions_;
  AttributeTables attributes_;
  std::vector<std::string> kind_names_;
  std::vector<ClassInfo> classes_;
  bool has_symmetric_ = false;
};

}  // namespace dossier
