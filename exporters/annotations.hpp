// Reifiers that Turtle 1.2 can write at the triple they reify, because the graph asserts it:
//
//   ex:acme ex:owns ex:app ~ ex:ownership-1 {| ex:since "2020" |} .
//
// stands for the triple and `ex:ownership-1 rdf:reifies <<( ex:acme ex:owns ex:app )>>`. A reifier
// that nothing else refers to needs no name, and what is said of it stands in {| |}. Immutable once
// made; borrows the graph. Cost: nothing without rdf:reifies, else one search for each use of it.
#pragma once

#include <span>
#include <vector>

#include "exporters/nesting.hpp"
#include "exporters/write_order.hpp"
#include "graph/graph.hpp"

namespace dossier {

class Annotations {
 public:
  struct Entry {
    Statement asserted;
    TermId reifier;
  };

  Annotations() = default;  // none
  Annotations(const Graph& graph, const WriteOrder& order, const Nesting& nesting);

  bool empty() const { return entries_.empty(); }
  // Of an asserted statement, in the order of output.
  std::span<const Entry> of(const Statement& asserted) const;
  // The statement, `reifier rdf:reifies triple`, is written at its triple.
  bool is_absorbed(const Statement& statement) const;
  // The reifier has no name: what else is said of it is written in {| |}.
  bool is_block(TermId reifier) const {
    return !blocks_.empty() && reifier.is_blank() && blocks_[reifier.index()];
  }
  // Nothing of `statements`, those about `subject`, is left for a block of its own.
  bool hides(TermId subject, std::span<const Statement> statements) const;

 private:
  const Graph* graph_ = nullptr;
  TermId reifies_;
  std::vector<Entry> entries_;  // in the order of `asserted`
  std::vector<bool> blocks_;    // by blank index
};

}  // namespace dossier
