// The part of the parser that reads terms and hands them on.
#include <fmt/format.h>

#include "base/codes/rdf.hpp"
#include "graph/vocabulary.hpp"
#include "sources/turtle_parser.hpp"

namespace dossier {

// A subject, an object or an item, whichever the frame on top wants.
bool TurtleParser::term(std::string_view wanted) {
  const Frame& frame = frames_.back();
  const bool in_triple = frame.kind == Kind::reified || frame.kind == Kind::triple_term;
  const bool is_subject = frame.state == State::subject;
  object_offset_ = lexer_.window().offset(token().begin);
  switch (token().kind) {
    case TokenKind::iri:
    case TokenKind::prefixed_name:
    case TokenKind::blank_label:
      return name_term();
    case TokenKind::string:
    case TokenKind::integer:
    case TokenKind::decimal:
    case TokenKind::double_number:
    case TokenKind::boolean: {
      if (is_subject) {
        return fail(token().begin, code::rdf_position,
                    fmt::format("found {}, wanted a subject, which is an IRI or a blank node",
                                describe(token())));
      }
      TermView literal;
      if (!terms_.literal(token(), literal)) return fail_terms();
      return simple_term(literal);
    }
    case TokenKind::open_bracket:
      return bracket_term();
    case TokenKind::open_paren:
      if (in_triple) return fail_token(wanted);
      return collection_term();
    case TokenKind::open_reified:
      if (frame.kind == Kind::triple_term || !push(Kind::reified, State::subject)) {
        return frame.kind == Kind::triple_term ? fail_token(wanted) : false;
      }
      lexer_.advance();
      return true;
    case TokenKind::open_triple:
      if (is_subject) {
        return fail(token().begin, code::rdf_position, "found a triple term, wanted a subject",
                    "a triple term is an object only; << >> names a reifier");
      }
      if (!push(Kind::triple_term, State::subject)) return false;
      lexer_.advance();
      return true;
    default:
      return fail_token(wanted);
  }
}

bool TurtleParser::name_term() {
  std::string_view text;
  if (token().kind == TokenKind::blank_label) {
    text = terms_.blank(token().text);
    return simple_term(blank_view(text));
  }
  if (!terms_.iri(token().name, text)) return fail_terms();
  return simple_term(iri_view(text));
}

// The token at hand is all of the term.
bool TurtleParser::simple_term(const TermView& view) {
  deliver(view, false);
  lexer_.advance();
  return true;
}

// '[' predicateObjectList ']' or ANON.
bool TurtleParser::bracket_term() {
  const Kind outer = frames_.back().kind;
  const bool is_subject = frames_.back().state == State::subject;
  lexer_.advance();
  const Held node = hold_blank(terms_.fresh_blank());
  if (token().kind == TokenKind::close_bracket) {
    deliver(view(node), true);
    lexer_.advance();
    return true;
  }
  if (outer == Kind::reified || outer == Kind::triple_term) {
    return fail_token("']': only an empty blank node stands here");
  }
  deliver(view(node), true);
  if (is_subject) {
    frames_.back().verb_optional = true;
    frames_.back().graph_possible = false;
  }
  if (!push(Kind::property_list, State::verb)) return false;
  frames_.back().subject = node;
  return true;
}

// '(' object* ')'
bool TurtleParser::collection_term() {
  const bool is_subject = frames_.back().state == State::subject;
  lexer_.advance();
  if (is_subject) frames_.back().graph_possible = false;
  if (token().kind == TokenKind::close_paren) {
    deliver(iri_view(rdf::kNil), true);
    lexer_.advance();
    return true;
  }
  const std::uint64_t head = terms_.next_anonymous();
  deliver(blank_view(terms_.anonymous_blank(head)), true);
  if (!push(Kind::collection, State::object)) return false;
  frames_.back().cell = head;
  frames_.back().verb_optional = true;  // no item yet
  return true;
}

// Gives a complete term to the frame that waits for it. `is_held`: its texts are in the arena or
// static already.
void TurtleParser::deliver(const TermView& term, bool is_held) {
  Frame& frame = frames_.back();
  if (frame.state == State::subject) {
    frame.subject = hold(term, is_held);
    frame.after_subject = terms_.arena().mark();
    frame.state = State::verb;
    return;
  }
  if (frame.kind == Kind::collection) {
    next_cell(frame);
    const TermView cell = blank_view(terms_.anonymous_blank(frame.cell));
    emit(cell, rdf::kFirst, term);
    return;
  }
  frame.state = State::after_object;
  if (frame.kind == Kind::reified || frame.kind == Kind::triple_term) {
    frame.object = hold(term, is_held);
    return;
  }
  emit(view(frame.subject), {frame.predicate.data, frame.predicate.size}, term);
  if (is_held || lexer_.annotation_may_follow()) frame.object = hold(term, is_held);
}

// The cell for the next item.
void TurtleParser::next_cell(Frame& frame) {
  if (frame.verb_optional) {
    frame.verb_optional = false;
    return;
  }
  const std::uint64_t before = frame.cell;
  frame.cell = terms_.next_anonymous();
  emit(blank_view(terms_.anonymous_blank(before)), rdf::kRest,
       blank_view(terms_.anonymous_blank(frame.cell)));
}

void TurtleParser::emit(const TermView& subject, std::string_view predicate,
                        const TermView& object) {
  if (stopped_) return;
  const TermView verb = iri_view(predicate);
  const StatementView statement{&subject, &verb, &object, graph_named_ ? &graph_ : nullptr,
                                object_offset_};
  ++statements_;
  stopped_ = !sink_.statement(statement);
}

void TurtleParser::emit_reifies(const Held& reifier, const Frame& frame) {
  StackArena& arena = terms_.arena();
  const StackArena::Mark before = arena.mark();
  const TripleView* triple =
      arena.make(TripleView{view(frame.subject), view(frame.predicate), view(frame.object)});
  emit(view(reifier), rdf::kReifies, {.kind = TermKind::triple, .triple = triple});
  arena.release(before);
}

TurtleParser::Held TurtleParser::hold(const TermView& term, bool is_held) {
  StackArena& arena = terms_.arena();
  if (term.kind == TermKind::iri || term.kind == TermKind::blank) {
    const std::string_view text = is_held ? term.text : arena.copy(term.text);
    return {text.data(), static_cast<std::uint32_t>(text.size()), term.kind};
  }
  TermView* copy = arena.make(term);
  if (!is_held && term.kind == TermKind::literal) {
    copy->text = arena.copy(term.text);
    copy->datatype = arena.copy(term.datatype);
    copy->language = arena.copy(term.language);
  }
  return {reinterpret_cast<const char*>(copy), 0, term.kind};
}

TurtleParser::Held TurtleParser::hold_blank(std::string_view label) const {
  return {label.data(), static_cast<std::uint32_t>(label.size()), TermKind::blank};
}

TermView TurtleParser::view(const Held& held) {
  if (held.kind == TermKind::iri || held.kind == TermKind::blank) {
    return {.kind = held.kind, .text = {held.data, held.size}};
  }
  return *reinterpret_cast<const TermView*>(held.data);
}

}  // namespace dossier
