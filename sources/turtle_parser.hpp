// The grammar of Turtle and TriG (RDF 1.2) as a stack machine: one frame for each open statement,
// bracket, collection, reified triple and triple term; each step looks at one token. Statements go
// to the sink as soon as they are complete, so that of a nested object the outer statement comes
// first. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/statement.hpp"
#include "sources/rdf.hpp"
#include "sources/turtle_lexer.hpp"
#include "sources/turtle_terms.hpp"

namespace dossier {

class TurtleParser {
 public:
  TurtleParser(ByteWindow& window, bool trig, const RdfReadOptions& options, StatementSinkRef sink);
  // Of Turtle, with what the document has said before.
  TurtleParser(ByteWindow& window, const RdfReadOptions& options, StatementSinkRef sink,
               TurtleContext context);
  // Whole statements and nothing else: a directive is a fault.
  TurtleParser(ByteWindow& window, const RdfReadOptions& options, StatementSinkRef sink,
               TurtleContext context, TurtlePiece piece);

  // Reads on until the end, the sink's stop, or a statement that begins at `until` or behind it
  // (all true) or a fault (false).
  bool run(std::uint64_t until = UINT64_MAX);
  const SyntaxFault& fault() const { return fault_; }
  // After a fault: skips to where the next statement may begin. False when that makes no sense
  // (reading failed, a limit was passed).
  bool recover();

  std::uint64_t statements() const { return statements_; }
  bool stopped() const { return stopped_; }
  bool at_end() const { return token().kind == TokenKind::end; }
  const char* at() const { return token().begin; }  // where a statement begins, behind `run`
  TurtleTerms& terms() { return terms_; }

 private:
  enum class Kind : std::uint8_t {
    triples,        // subject predicateObjectList '.'
    property_list,  // [ predicateObjectList ]
    annotation,     // {| predicateObjectList |}
    collection,     // ( object* )
    reified,        // << s p o ~r >>
    triple_term,    // <<( s p o )>>
  };
  enum class State : std::uint8_t { subject, verb, object, after_object };

  // A term that outlives its token; text in the arena. `data` of a literal or triple term points at
  // a TermView there.
  struct Held {
    const char* data = nullptr;
    std::uint32_t size = 0;
    TermKind kind = TermKind::iri;
    explicit operator bool() const { return data != nullptr; }
  };

  struct Frame {
    Kind kind = Kind::triples;
    State state = State::subject;
    bool verb_optional = false;   // the list of predicates may end here
    bool graph_possible = false;  // TriG: the subject may turn out to name a graph
    Held subject;
    Held predicate;
    Held object;
    Held reifier;            // of the annotation at hand
    std::uint64_t cell = 0;  // collection: the anonymous node at hand
    StackArena::Mark start;  // before the frame's own texts
    StackArena::Mark after_subject;
    StackArena::Mark after_predicate;
  };

  bool fail(const char* at, DiagnosticCode code, std::string message, std::string hint = {});
  bool fail_token(std::string_view wanted);
  bool fail_terms();
  bool expect(TokenKind kind, std::string_view wanted);
  const Token& token() const { return lexer_.token(); }

  // Outside of statements.
  bool statement_start();
  bool directive(TokenKind kind);
  bool prefix_directive(bool needs_dot);
  bool base_directive(bool needs_dot);
  bool version_directive(bool needs_dot);
  bool graph_keyword();
  bool open_graph(std::optional<Held> name);
  bool close_graph();

  // Inside.
  bool step();
  bool verb(Frame& frame);
  bool after_object(Frame& frame);
  bool after_triple_parts(Frame& frame);
  bool close_list(Frame& frame);
  bool reifier(Frame& frame);
  bool open_annotation(Frame& frame);
  bool read_reifier_name(Held& out);
  bool term(std::string_view wanted);
  bool simple_term(const TermView& view);
  bool name_term();
  bool bracket_term();
  bool collection_term();
  bool push(Kind kind, State state);
  void pop();

  void deliver(const TermView& term, bool is_held);
  void next_cell(Frame& frame);
  void emit(const TermView& subject, std::string_view predicate, const TermView& object);
  void emit_reifies(const Held& reifier, const Frame& frame);

  Held hold(const TermView& term, bool is_held);
  Held hold_blank(std::string_view label) const;
  static TermView view(const Held& held);

  RdfReadOptions options_;
  bool trig_;
  bool statements_only_ = false;
  StatementSinkRef sink_;
  TurtleTerms terms_;
  TurtleLexer lexer_;
  std::vector<Frame> frames_;
  std::size_t triple_depth_ = 0;
  bool in_graph_ = false;
  bool graph_named_ = false;
  std::string graph_text_;
  TermView graph_;
  std::uint64_t object_offset_ = 0;
  std::uint64_t statements_ = 0;
  bool stopped_ = false;
  SyntaxFault fault_;
};

}  // namespace dossier
