// Terms of a Graph as Turtle writes them: prefixed names, short forms of literals, triple terms.
// Immutable once made: any number of threads. The functions that return bool say whether Turtle
// can hold the term.
#pragma once

#include <string>
#include <vector>

#include "exporters/namespaces.hpp"
#include "exporters/predicate_index.hpp"
#include "exporters/rdf.hpp"
#include "exporters/relative_iri.hpp"
#include "exporters/text_buffer.hpp"
#include "exporters/turtle_literals.hpp"
#include "exporters/write_order.hpp"
#include "graph/graph.hpp"

namespace dossier {

// Terms are written on one line, but texts of several lines as they are.
enum class Written : unsigned char { refused, one_line, several_lines };

class TurtleTermWriter {
 public:
  // `namespaces` must have its uses marked already or be marked later; marks are not looked at
  // here.
  TurtleTermWriter(const Graph& graph, const WriteOrder& order, const Namespaces& namespaces,
                   std::string_view base);

  bool write_iri(TextBuffer& out, TermId iri) const;
  bool write_resource(TextBuffer& out, TermId resource) const;
  bool write_verb(TextBuffer& out, TermId predicate) const;  // a blank behind it
  // `one_line`: a text of several lines is escaped, not spread out.
  Written write_literal(TextBuffer& out, TermId literal, bool one_line = false) const;
  Written write_triple_term(TextBuffer& out, TermId triple) const;
  Written write_term(TextBuffer& out, TermId term) const {  // any of them
    if (term.is_literal()) return write_literal(out, term);
    if (term.is_triple()) return write_triple_term(out, term);
    return write_resource(out, term) ? Written::one_line : Written::refused;
  }

  // Written as `a`; no id when the graph does not have it.
  TermId rdf_type() const { return rdf_type_; }
  bool is_shorthand(TermId literal) const {
    const Shorthand kind = types_[graph_.literal_type_index(literal)].shorthand;
    return kind != Shorthand::none && dossier::is_shorthand(kind, graph_.text(literal));
  }

 private:
  struct Type {
    std::string suffix;  // what stands behind the quotes
    Shorthand shorthand = Shorthand::none;
    bool good = true;
  };

  bool write_iri_text(TextBuffer& out, Namespaces::Number number, std::string_view iri) const;
  Type make_type(const LiteralType& type) const;

  const Graph& graph_;
  const WriteOrder& order_;
  const Namespaces& namespaces_;
  RelativeIris relative_;
  TermId rdf_type_;  // unlike Graph::rdf_type also when only triple terms use it
  PredicateIndex predicate_index_;
  std::vector<std::string> verbs_;  // as graph_.predicates(); empty: Turtle cannot hold it
  std::vector<Type> types_;         // by literal type index
};

}  // namespace dossier
