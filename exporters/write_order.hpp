// The order in which a Graph is written, and the labels of its blank nodes. With labels kept, it is
// the order of ids. Otherwise both come from content (content_labels.hpp): IRIs first, then blank
// nodes by rank, and ids of blank nodes leave no trace. Immutable once made; borrows the Graph.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "exporters/content_labels.hpp"
#include "graph/graph.hpp"

namespace dossier {

class WriteOrder {
 public:
  explicit WriteOrder(const Graph& graph) : graph_(graph) {}  // labels and order kept
  WriteOrder(const Graph& graph, ContentLabels labels)
      : graph_(graph), labels_(std::move(labels)), by_content_(true) {}

  bool by_content() const { return by_content_; }

  // Resources in the order of output; most graphs have some that are subject of nothing.
  std::size_t resource_count() const {
    return graph_.term_count(TermKind::iri) + graph_.term_count(TermKind::blank);
  }
  TermId resource(std::size_t at) const {
    const std::size_t iris = graph_.term_count(TermKind::iri);
    if (at < iris) return {TermKind::iri, static_cast<std::uint32_t>(at)};
    const auto blank = static_cast<std::uint32_t>(at - iris);
    return {TermKind::blank, by_content_ ? labels_.order[blank] : blank};
  }

  std::string_view label(TermId blank) const {
    return by_content_ ? std::string_view(labels_.labels[blank.index()]) : graph_.text(blank);
  }

  std::strong_ordering compare(TermId a, TermId b) const;
  bool less(const Statement& a, const Statement& b) const;

  // `statements` (sorted by id, one subject) in the order of output; `scratch` is used when that
  // differs.
  std::span<const Statement> sorted(std::span<const Statement> statements,
                                    std::vector<Statement>& scratch) const;

 private:
  const Graph& graph_;
  ContentLabels labels_;
  bool by_content_ = false;
};

}  // namespace dossier
