// Formats what is said of one subject as a node object of JSON-LD:
//
//   {
//     "@id": "ex:acme",
//     "@type": "ex:Company",
//     "ex:address": {
//       "ex:city": "Bonn"
//     },
//     "ex:name": ["ACME", {"@value": "Acme", "@language": "en"}]
//   }
//
// Nested nodes and lists stand in place down to kMaxDepth brackets, because JSON readers do not
// bear deep nesting; deeper nodes follow as objects of their own. One thread; borrows all it is
// given.
#pragma once

#include <span>
#include <vector>

#include "exporters/graph_parts.hpp"
#include "exporters/jsonld_terms.hpp"
#include "exporters/nesting.hpp"
#include "exporters/predicate_groups.hpp"
#include "exporters/text_buffer.hpp"
#include "exporters/write_order.hpp"
#include "graph/graph.hpp"

namespace dossier {

class JsonLdNodes {
 public:
  static constexpr std::size_t kMaxDepth = 32;
  static constexpr std::size_t kLineWidth = 100;

  JsonLdNodes(const Graph& graph, const WriteOrder& order, const JsonLdTerms& terms,
              const Nesting& nesting, const JsonLdWriteOptions& options, TextBuffer& out)
      : graph_(graph),
        order_(order),
        terms_(terms),
        nesting_(nesting),
        options_(options),
        out_(out) {}

  // Written where it is object, not as a node object of its own.
  bool is_nested(TermId term) const {
    return (flat() ? nesting_.is_list(term) : nesting_.is_nested(term)) || is_compound(term);
  }

  // The node object of `subject` and, behind commas, those of nodes below it that stand too deep.
  // `level` is its indentation. False when JSON-LD cannot hold a statement, which `refused` tells.
  bool write(TermId subject, std::span<const Statement> statements, std::size_t level);
  // The same, left open in front of its closing brace; then @graph or not, and `close_node`.
  bool open_node(TermId subject, std::span<const Statement> statements, std::size_t level);
  void close_node(std::size_t level);
  void open_graph();
  void close_graph(std::size_t level);
  // Nodes below the last one that stand too deep are written now, each behind a comma.
  bool write_later(std::size_t level);

  const Statement& refused() const { return current_; }

 private:
  enum class Kind : unsigned char { node, array, list };
  // An open bracket.
  struct Frame {
    Kind kind = Kind::node;
    std::size_t level = 0;  // of its members or items
    bool begun = false;     // something stands in it already
    bool is_cell = false;   // a cell of a list, which has no brackets only because it lies too deep
    PredicateGroups groups;
    std::span<const Statement> objects;  // of an array, still to be written
    TermId cell;                         // of a list: the next one
    std::vector<Statement> own;  // what `groups` borrows, where the order is not that of ids
  };

  bool flat() const { return options_.form == JsonLdForm::expanded; }
  bool expanded() const { return options_.form != JsonLdForm::compacted; }
  bool step();
  bool write_group(std::span<const Statement> group);
  bool write_types(std::span<const Statement> types);
  bool write_objects(std::span<const Statement> objects);
  bool write_value(TermId object, std::size_t level);
  bool write_nested(TermId blank, std::size_t level);
  bool write_atom(TermId term);
  bool try_inline(std::span<const Statement> objects);
  bool try_inline_list(TermId list);

  bool is_bracketed(TermId term) const { return is_nested(term) && !is_compound(term); }
  // A blank node that stands for a text with direction (compound_literal).
  bool is_compound(TermId term) const;
  bool write_compound(TermId blank);

  bool member(TermId predicate);
  void next();  // the comma and the line of the next member or item
  void close();
  void new_line(std::size_t level);
  bool fits() const { return out_.size() < line_start_ + kLineWidth; }

  const Graph& graph_;
  const WriteOrder& order_;
  const JsonLdTerms& terms_;
  const Nesting& nesting_;
  const JsonLdWriteOptions& options_;
  TextBuffer& out_;
  std::vector<Frame> stack_;
  std::vector<TermId> later_;
  std::size_t line_start_ = 0;
  Statement current_;
};

}  // namespace dossier
