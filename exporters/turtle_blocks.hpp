// Formats what is said of one subject as a block of Turtle:
//
//   ex:acme a ex:Company ;
//       ex:name "ACME", "Acme Inc." ;
//       ex:address [ ex:city "Bonn" ; ex:zip "53113" ] ;
//       ex:owns
//           ex:one-with-a-long-name,
//           ex:another-one .
//
// Nested nodes, lists and several objects share a line as long as they fit into kLineWidth columns;
// what does not fit gets a line for each part. What nests deeper than kMaxIndent levels is indented
// no further, so the size of the text stays linear. Nesting uses an explicit stack; only what
// shares one line recurses, and a line has room for few brackets. One thread; borrows all it is
// given.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "exporters/annotations.hpp"
#include "exporters/lookahead.hpp"
#include "exporters/nesting.hpp"
#include "exporters/predicate_groups.hpp"
#include "exporters/text_buffer.hpp"
#include "exporters/turtle_term_writer.hpp"
#include "exporters/write_order.hpp"
#include "graph/graph.hpp"

namespace dossier {

class TurtleBlocks {
 public:
  static constexpr std::size_t kLineWidth = 100;
  static constexpr unsigned kIndent = 4;
  static constexpr unsigned kMaxIndent = 15;  // levels

  TurtleBlocks(const Graph& graph, const WriteOrder& order, const TurtleTermWriter& terms,
               const Nesting& nesting, const Annotations& annotations, TextBuffer& out)
      : graph_(graph),
        order_(order),
        terms_(terms),
        nesting_(nesting),
        annotations_(annotations),
        out_(out),
        lookahead_(graph) {}

  // `statements` are those about `subject` in one graph, in the order of ids; not all of them are
  // absorbed by annotations. `level` is the indentation of the block. False when Turtle cannot hold
  // one of them, which `refused` then tells.
  bool write(TermId subject, std::span<const Statement> statements, unsigned level);
  const Statement& refused() const { return current_; }

 private:
  enum class Kind : unsigned char { subject, property_list, annotation, list };

  // An open bracket, or the block itself.
  struct Frame {
    Kind kind = Kind::subject;
    unsigned level = 0;  // of its predicates or items
    bool begun = false;  // something stands in it already
    PredicateGroups groups;
    std::span<const Statement> objects;            // still to be written, a line each
    std::span<const Annotations::Entry> reifiers;  // of the last object, still to be written
    bool reified = false;                          // by others before
    unsigned object_level = 0;                     // of the line that it stands on
    bool objects_begun = false;
    TermId cell;                 // of a list: the next one
    std::vector<Statement> own;  // what `groups` borrows, where the order is not that of ids
  };

  bool step();
  bool step_list();
  bool step_reifier();
  bool step_objects();
  bool write_group(std::span<const Statement> group);
  bool write_annotated(const Statement& statement, unsigned level);
  bool write_object(TermId object, unsigned level);
  void close();

  bool try_inline(TermId object);
  bool try_inline(std::span<const Statement> objects);
  bool inline_term(TermId term);
  bool inline_list(TermId cell);
  bool inline_property_list(TermId blank);
  bool inline_properties(TermId blank);
  bool inline_objects(std::span<const Statement> objects);

  bool is_bracketed(TermId term) const {
    return nesting_.is_nested(term) || nesting_.is_empty_list(term);
  }
  bool write_atom(TermId term);
  void open(TermId blank, unsigned level);
  void new_line(unsigned level);
  // In the order of output, without what annotations absorb.
  std::span<const Statement> sorted(std::span<const Statement> statements,
                                    std::vector<Statement>& scratch) const;
  bool is_annotated(std::span<const Statement> statements) const;
  bool fits() const { return out_.size() + 2 <= line_start_ + kLineWidth; }  // and " ;" behind it

  const Graph& graph_;
  const WriteOrder& order_;
  const TurtleTermWriter& terms_;
  const Nesting& nesting_;
  const Annotations& annotations_;
  TextBuffer& out_;
  Lookahead lookahead_;
  std::vector<Frame> stack_;
  std::size_t line_start_ = 0;
  Statement current_;
};

}  // namespace dossier
