// The terms of one data graph and, behind them, terms of shapes and ontologies that the graph does
// not hold, so that all of a validation speaks in ids of one kind. Equal terms have equal ids.
// Terms are added by one thread, before the others read. Borrows the graph.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "graph/datatypes.hpp"
#include "graph/dictionary.hpp"
#include "graph/graph.hpp"

namespace dossier {

class TermSpace {
 public:
  explicit TermSpace(const Graph& graph);

  const Graph& graph() const { return *graph_; }
  // The id of the term; it is added when the graph does not hold it. Blank nodes are those of the
  // graph by their label.
  TermId adopt(const TermView& term);
  TermId adopt_iri(std::string_view iri) { return adopt(iri_view(iri)); }
  // The id of the blank node of another graph: never one of this graph.
  TermId adopt_foreign_blank(std::string_view label) { return added(extra_.blank(label)); }

  bool is_added(TermId id) const {
    return id.index() >= counts_[static_cast<std::size_t>(id.kind())];
  }
  TermView view(TermId id) const;
  std::string_view text(TermId id) const { return view(id).text; }

  // Statements of the graph; none about added terms.
  std::span<const Statement> about(TermId subject) const {
    if (!subject.is_resource() || is_added(subject)) return {};
    return graph_->about(subject);
  }
  std::span<const Statement> about(TermId subject, TermId predicate) const {
    if (!subject.is_resource() || is_added(subject)) return {};
    return graph_->about(subject, predicate);
  }

 private:
  TermId added(TermId in_extra) const {
    const auto base = counts_[static_cast<std::size_t>(in_extra.kind())];
    return {in_extra.kind(), in_extra.index() + base};
  }

  const Graph* graph_;
  Dictionary extra_;
  std::uint32_t counts_[4];  // terms of the graph, by kind
};

// Maps ids of `from` to those of `space`: the identity when it is the same graph.
TermId adopt(TermSpace& space, const Graph& from, TermId id);

}  // namespace dossier
