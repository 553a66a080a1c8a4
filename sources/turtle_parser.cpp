#include "sources/turtle_parser.hpp"

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/rdf.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {

TurtleParser::TurtleParser(ByteWindow& window, bool trig, const RdfReadOptions& options,
                           StatementSinkRef sink)
    : options_(options),
      trig_(trig),
      sink_(sink),
      terms_(options.base, options.blank_scope, options.limits),
      lexer_(window) {}

TurtleParser::TurtleParser(ByteWindow& window, const RdfReadOptions& options, StatementSinkRef sink,
                           TurtleContext context)
    : options_(options),
      trig_(false),
      sink_(sink),
      terms_(options.blank_scope, options.limits, std::move(context)),
      lexer_(window) {}

TurtleParser::TurtleParser(ByteWindow& window, const RdfReadOptions& options, StatementSinkRef sink,
                           TurtleContext context, TurtlePiece piece)
    : options_(options),
      trig_(false),
      statements_only_(true),
      sink_(sink),
      terms_(options.blank_scope, options.limits, std::move(context), std::move(piece)),
      lexer_(window) {}

bool TurtleParser::fail(const char* at, DiagnosticCode code, std::string message,
                        std::string hint) {
  fault_ = {code, at, std::move(message), std::move(hint)};
  return false;
}

bool TurtleParser::fail_token(std::string_view wanted) {
  if (token().kind == TokenKind::fault) {
    fault_ = lexer_.fault();
    return false;
  }
  return fail(token().begin, code::rdf_syntax,
              fmt::format("found {}, wanted {}", describe(token()), wanted));
}

bool TurtleParser::fail_terms() {
  fault_ = terms_.fault();
  return false;
}

bool TurtleParser::expect(TokenKind kind, std::string_view wanted) {
  if (token().kind != kind) return fail_token(wanted);
  lexer_.advance();
  return true;
}

bool TurtleParser::run(std::uint64_t until) {
  while (!stopped_) {
    if (!frames_.empty()) {
      if (!step()) return false;
    } else if (token().kind == TokenKind::end && !in_graph_) {
      return true;
    } else if (until != UINT64_MAX && lexer_.window().offset(token().begin) >= until &&
               token().kind != TokenKind::fault) {
      return true;
    } else if (!statement_start()) {
      return false;
    }
  }
  return true;
}

bool TurtleParser::recover() {
  const ByteWindow::Last last = lexer_.window().last();
  if (fault_.code == code::limit_exceeded || last == ByteWindow::Last::too_long ||
      last == ByteWindow::Last::failed) {
    return false;
  }
  while (!frames_.empty()) pop();
  triple_depth_ = 0;
  for (;;) {
    switch (token().kind) {
      case TokenKind::fault:
        lexer_.resume();
        continue;
      case TokenKind::dot:
        lexer_.advance();
        return true;
      case TokenKind::end:
        in_graph_ = false;
        return true;
      case TokenKind::at_prefix:
      case TokenKind::at_base:
      case TokenKind::at_version:
        if (!in_graph_) return true;  // they begin a statement and stand nowhere else
        break;
      case TokenKind::close_brace:
        if (in_graph_) return true;
        break;
      default:
        break;
    }
    lexer_.advance();
  }
}

// ---- outside of statements

// [2] statement; [2g] block of TriG.
bool TurtleParser::statement_start() {
  switch (token().kind) {
    case TokenKind::at_prefix:
    case TokenKind::at_base:
    case TokenKind::at_version:
    case TokenKind::prefix:
    case TokenKind::base:
    case TokenKind::version:
      if (in_graph_) return fail_token("a statement or '}'; directives stand outside of graphs");
      if (statements_only_) return fail_token("a statement");
      return directive(token().kind);
    case TokenKind::graph:
      if (!trig_ || in_graph_) return fail_token("a statement");
      return graph_keyword();
    case TokenKind::open_brace:
      if (!trig_ || in_graph_) return fail_token("a statement");
      return open_graph(std::nullopt);
    case TokenKind::close_brace:
      if (!in_graph_) return fail_token("a statement");
      return close_graph();
    case TokenKind::end:
      return fail_token("'}' of the graph");
    default:
      if (!push(Kind::triples, State::subject)) return false;
      frames_.back().graph_possible = trig_ && !in_graph_;
      return true;
  }
}

bool TurtleParser::directive(TokenKind kind) {
  lexer_.advance();
  switch (kind) {
    case TokenKind::at_prefix:
    case TokenKind::prefix:
      return prefix_directive(kind == TokenKind::at_prefix);
    case TokenKind::at_base:
    case TokenKind::base:
      return base_directive(kind == TokenKind::at_base);
    default:
      return version_directive(kind == TokenKind::at_version);
  }
}

// [4] prefixID, [7] sparqlPrefix.
bool TurtleParser::prefix_directive(bool needs_dot) {
  const StackArena::Mark mark = terms_.arena().mark();
  const NameToken& name = token().name;
  if (token().kind != TokenKind::prefixed_name || name.colon + 1 != name.text.size()) {
    return fail_token("a prefix with its colon");
  }
  const std::string prefix(name.text.substr(0, name.colon));
  lexer_.advance();
  if (token().kind != TokenKind::iri) return fail_token("the IRI of the prefix, in < >");
  std::string_view iri;
  if (!terms_.declare_prefix(prefix, token().name, iri)) return fail_terms();
  sink_.prefix(prefix, iri);
  lexer_.advance();
  terms_.arena().release(mark);
  return !needs_dot || expect(TokenKind::dot, "'.' after @prefix");
}

// [5] base, [8] sparqlBase.
bool TurtleParser::base_directive(bool needs_dot) {
  const StackArena::Mark mark = terms_.arena().mark();
  if (token().kind != TokenKind::iri) return fail_token("the base IRI, in < >");
  if (!terms_.declare_base(token().name)) return fail_terms();
  lexer_.advance();
  terms_.arena().release(mark);
  return !needs_dot || expect(TokenKind::dot, "'.' after @base");
}

// [6] version, [9] sparqlVersion. Any version is read: all are subsets of what is understood.
bool TurtleParser::version_directive(bool needs_dot) {
  const bool fits = token().kind == TokenKind::string && !token().long_string &&
                    token().suffix == Token::Suffix::none;
  if (!fits) return fail_token("a version as a string with single quotation marks, \"1.2\"");
  lexer_.advance();
  return !needs_dot || expect(TokenKind::dot, "'.' after @version");
}

// 'GRAPH' labelOrSubject wrappedGraph
bool TurtleParser::graph_keyword() {
  const StackArena::Mark mark = terms_.arena().mark();
  lexer_.advance();
  Held name;
  if (!read_reifier_name(name)) return false;
  if (!name) return fail_token("the name of the graph");
  const bool opened = open_graph(name);
  terms_.arena().release(mark);
  return opened;
}

bool TurtleParser::open_graph(std::optional<Held> name) {
  if (token().kind != TokenKind::open_brace) return fail_token("'{' of the graph");
  graph_named_ = name.has_value();
  if (name) {
    graph_text_.assign(name->data, name->size);
    graph_ = {.kind = name->kind, .text = graph_text_};
  }
  in_graph_ = true;
  lexer_.advance();
  return true;
}

bool TurtleParser::close_graph() {
  in_graph_ = false;
  graph_named_ = false;
  lexer_.advance();
  return true;
}

// ---- inside of statements

bool TurtleParser::push(Kind kind, State state) {
  if (frames_.size() >= options_.limits.max_depth) {
    return fail(token().begin, code::limit_exceeded,
                fmt::format("nesting is deeper than {} (max-depth)",
                            with_separators(options_.limits.max_depth)),
                "raise it with --limit max-depth=N");
  }
  if (kind == Kind::triple_term && ++triple_depth_ > options_.limits.max_triple_depth) {
    return fail(token().begin, code::limit_exceeded,
                fmt::format("triple terms nest deeper than {} (max-triple-depth)",
                            with_separators(options_.limits.max_triple_depth)),
                "raise it with --limit max-triple-depth=N");
  }
  Frame& frame = frames_.emplace_back();
  frame.kind = kind;
  frame.state = state;
  frame.start = frame.after_subject = frame.after_predicate = terms_.arena().mark();
  return true;
}

void TurtleParser::pop() {
  if (frames_.back().kind == Kind::triple_term) --triple_depth_;
  frames_.pop_back();
}

bool TurtleParser::step() {
  Frame& frame = frames_.back();
  const bool parts = frame.kind == Kind::reified || frame.kind == Kind::triple_term;
  switch (frame.state) {
    case State::subject:
      return term("a subject");
    case State::verb:
      return verb(frame);
    case State::object:
      if (frame.kind == Kind::collection && token().kind == TokenKind::close_paren) {
        return close_list(frame);
      }
      if (frame.kind == Kind::collection) terms_.arena().release(frame.start);
      return term(frame.kind == Kind::collection ? "an item of the list or ')'" : "an object");
    case State::after_object:
      return parts ? after_triple_parts(frame) : after_object(frame);
  }
  return false;
}

// [9] verb, and what ends a predicateObjectList where a verb might stand.
bool TurtleParser::verb(Frame& frame) {
  std::string_view text;
  switch (token().kind) {
    case TokenKind::a:
      terms_.arena().release(frame.after_subject);
      text = rdf::kType;
      break;
    case TokenKind::iri:
    case TokenKind::prefixed_name:
      terms_.arena().release(frame.after_subject);
      if (!terms_.iri(token().name, text)) return fail_terms();
      break;
    case TokenKind::open_brace:
      if (frame.graph_possible) {
        const Held name = frame.subject;
        terms_.arena().release(frame.start);
        pop();
        return open_graph(name);
      }
      return fail_token("a predicate");
    case TokenKind::semicolon:
      if (!frame.verb_optional || frame.state == State::subject || !frame.predicate) {
        return fail_token("a predicate");
      }
      lexer_.advance();
      return true;
    case TokenKind::blank_label:
    case TokenKind::string:
    case TokenKind::integer:
    case TokenKind::decimal:
    case TokenKind::double_number:
      return fail(token().begin, code::rdf_position,
                  fmt::format("found {}, wanted a predicate, which is an IRI", describe(token())));
    default:
      if (frame.verb_optional) return close_list(frame);
      return fail_token(frame.graph_possible ? "a predicate or '{'" : "a predicate");
  }
  frame.predicate = hold(iri_view(text), text.data() != token().name.text.data());
  frame.after_predicate = terms_.arena().mark();
  frame.state = State::object;
  frame.graph_possible = false;
  lexer_.advance();
  return true;
}

// [12] annotation, then ',' ';' or the end of the list.
bool TurtleParser::after_object(Frame& frame) {
  switch (token().kind) {
    case TokenKind::comma:
      frame.state = State::object;
      break;
    case TokenKind::semicolon:
      frame.state = State::verb;
      frame.verb_optional = true;
      break;
    case TokenKind::tilde:
      return reifier(frame);
    case TokenKind::open_annotation:
      return open_annotation(frame);
    default:
      return close_list(frame);
  }
  frame.object = {};
  frame.reifier = {};
  terms_.arena().release(frame.after_predicate);
  lexer_.advance();
  return true;
}

// The end of a predicateObjectList or a collection.
bool TurtleParser::close_list(Frame& frame) {
  switch (frame.kind) {
    case Kind::triples: {
      const bool last_in_graph = in_graph_ && token().kind == TokenKind::close_brace;
      if (!last_in_graph && token().kind != TokenKind::dot) {
        return fail_token("'.', ';' or ','");
      }
      terms_.arena().release(frame.start);
      pop();
      if (!last_in_graph) lexer_.advance();
      return true;
    }
    case Kind::property_list:
      if (token().kind != TokenKind::close_bracket) return fail_token("']', ';' or ','");
      break;
    case Kind::annotation:
      if (token().kind != TokenKind::close_annotation) return fail_token("'|}', ';' or ','");
      break;
    case Kind::collection: {
      const TermView cell = blank_view(terms_.anonymous_blank(frame.cell));
      object_offset_ = lexer_.window().offset(token().begin);
      emit(cell, rdf::kRest, iri_view(rdf::kNil));
      break;
    }
    case Kind::reified:
    case Kind::triple_term:
      return fail_token("the next part of the triple");
  }
  terms_.arena().release(frame.start);
  pop();
  lexer_.advance();
  return true;
}

// The end of << s p o ~r >> and of <<( s p o )>>.
bool TurtleParser::after_triple_parts(Frame& frame) {
  if (frame.kind == Kind::triple_term) {
    if (token().kind != TokenKind::close_triple) return fail_token("')>>'");
    const TripleView* triple = terms_.arena().make(
        TripleView{view(frame.subject), view(frame.predicate), view(frame.object)});
    pop();
    deliver({.kind = TermKind::triple, .triple = triple}, true);
    lexer_.advance();
    return true;
  }
  Held name;
  if (token().kind == TokenKind::tilde) {
    lexer_.advance();
    if (!read_reifier_name(name)) return false;
  }
  if (token().kind != TokenKind::close_reified) return fail_token("'>>' or a reifier with '~'");
  if (!name) name = hold_blank(terms_.fresh_blank());
  emit_reifies(name, frame);
  pop();
  Frame& outer = frames_.back();
  if (outer.state == State::subject) {
    outer.verb_optional = outer.kind == Kind::triples;
    outer.graph_possible = false;
  }
  deliver(view(name), true);
  lexer_.advance();
  return true;
}

// [30] reifier behind an object; at '~'.
bool TurtleParser::reifier(Frame& frame) {
  lexer_.advance();
  Held name;
  if (!read_reifier_name(name)) return false;
  if (!name) name = hold_blank(terms_.fresh_blank());
  frame.reifier = name;
  emit_reifies(name, frame);
  return true;
}

// [36] annotationBlock: it speaks of the reifier before it, or of a new one.
bool TurtleParser::open_annotation(Frame& frame) {
  if (!frame.reifier) {
    frame.reifier = hold_blank(terms_.fresh_blank());
    emit_reifies(frame.reifier, frame);
  }
  const Held subject = frame.reifier;
  frame.reifier = {};
  if (!push(Kind::annotation, State::verb)) return false;
  frames_.back().subject = subject;
  lexer_.advance();
  return true;
}

// (iri | BlankNode)?; nothing is held when neither stands here.
bool TurtleParser::read_reifier_name(Held& out) {
  switch (token().kind) {
    case TokenKind::iri:
    case TokenKind::prefixed_name: {
      std::string_view text;
      if (!terms_.iri(token().name, text)) return fail_terms();
      out = hold(iri_view(text), text.data() != token().name.text.data());
      break;
    }
    case TokenKind::blank_label: {
      const std::string_view text = terms_.blank(token().text);
      out = hold(blank_view(text), text.data() != token().text.data());
      break;
    }
    case TokenKind::open_bracket:
      lexer_.advance();
      if (token().kind != TokenKind::close_bracket) return fail_token("']': an empty blank node");
      out = hold_blank(terms_.fresh_blank());
      break;
    default:
      return true;
  }
  lexer_.advance();
  return true;
}

}  // namespace dossier
