// Which blank nodes a pretty writer can write in place, as [ ] or ( ), without losing anything: a
// node that is object of exactly one statement, that no triple term holds and no graph is named by,
// whose statements stand in the graph of that one statement, and that does not lie on a cycle of
// such nodes (of each cycle one node keeps its label, so the others hang below it).
// Immutable once made. Cost: linear, 5 bytes a blank node.
#pragma once

#include <cstdint>
#include <vector>

#include "exporters/write_order.hpp"
#include "graph/graph.hpp"

namespace dossier {

class Nesting {
 public:
  // With `nest` off every blank node is written by its label. With `typed_lists`, cells may say
  // that they are an rdf:List, which ( ) then leaves unsaid.
  Nesting(const Graph& graph, const WriteOrder& order, bool nest, bool typed_lists = false);

  // Written where it is object, not as a subject of its own.
  bool is_nested(TermId term) const {
    return term.is_blank() && shapes_[term.index()] >= Shape::nested;
  }
  // The first cell or a later one of a list written as ( ); implies is_nested.
  bool is_list(TermId term) const {
    return term.is_blank() && shapes_[term.index()] == Shape::list;
  }
  // A subject that nothing refers to: written as [].
  bool is_anonymous(TermId term) const {
    return term.is_blank() && shapes_[term.index()] == Shape::anonymous;
  }
  // rdf:nil, when lists are written as ( ).
  bool is_empty_list(TermId term) const { return term && term == nil_; }

  // Parts of a cell of a list.
  TermId first(TermId cell) const { return graph_.about(cell)[0].object; }
  TermId rest(TermId cell) const { return graph_.about(cell)[1].object; }

 private:
  enum class Shape : std::uint8_t { labelled, anonymous, nested, list };

  void count_references();
  void choose_shapes();
  void break_cycles(const WriteOrder& order);
  void find_lists();
  bool is_cell(TermId blank) const;
  TermId parent(TermId nested) const {
    return graph_.statements()[references_[nested.index()]].subject;
  }

  const Graph& graph_;
  std::vector<Shape> shapes_;              // by blank index
  std::vector<std::uint32_t> references_;  // the statement whose object the node is
  TermId first_;
  TermId rest_;
  TermId nil_;
  bool typed_lists_;
};

}  // namespace dossier
