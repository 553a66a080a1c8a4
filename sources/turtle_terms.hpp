// Tokens of Turtle -> terms: prefixes and base applied, escapes decoded, blank nodes labelled. A
// term's text is a view into the window where the token says it already, else it is made in the
// arena. One thread; belongs to one reader.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/limits.hpp"
#include "graph/iri.hpp"
#include "graph/term.hpp"
#include "sources/blank_labels.hpp"
#include "sources/prefix_table.hpp"
#include "sources/stack_arena.hpp"
#include "sources/turtle_token.hpp"

namespace dossier {

// What a document has said before the place where reading begins.
struct TurtleContext {
  PrefixTable prefixes;
  IriBase base;
  std::uint64_t anonymous = 0;  // nodes without a label
};

// A piece of a document that is read before what stands in front of it: its texts stay, and
// anonymous nodes get their labels later (TurtleTerms::settle).
struct TurtlePiece {
  StackArena arena;
};

class TurtleTerms {
 public:
  TurtleTerms(std::string_view base, std::string blank_scope, const Limits& limits)
      : TurtleTerms(std::move(blank_scope), limits, {.base = IriBase(base)}) {}
  TurtleTerms(std::string blank_scope, const Limits& limits, TurtleContext context);
  TurtleTerms(std::string blank_scope, const Limits& limits, TurtleContext context,
              TurtlePiece piece);

  // Each gives false and a fault() when the token is no such term.
  bool iri(const NameToken& name, std::string_view& out);
  bool literal(const Token& token, TermView& out);
  bool declare_prefix(std::string_view name, const NameToken& iri, std::string_view& out);
  bool declare_base(const NameToken& iri);

  std::string_view blank(std::string_view label);
  std::string_view fresh_blank() { return anonymous_blank(next_anonymous()); }
  std::uint64_t next_anonymous() { return ++anonymous_; }
  std::string_view anonymous_blank(std::uint64_t number) {
    return in_piece_ ? unsettled_blank(number) : labelled_blank(number);
  }

  TurtleContext context() const { return {prefixes_, base_, anonymous_}; }
  std::uint64_t anonymous() const { return anonymous_; }

  // In a piece: whether the term is an anonymous node without a label yet, and gives it the label
  // that it has behind `before` others.
  static bool is_unsettled(const TermView& term) {
    return term.kind == TermKind::blank && term.text.starts_with(kUnsettled);
  }
  void settle(TermView& term, std::uint64_t before);

  const SyntaxFault& fault() const { return fault_; }
  StackArena& arena() { return arena_; }

 private:
  static constexpr char kUnsettled = '\0';  // begins no label

  bool fail(const char* at, DiagnosticCode code, std::string message, std::string hint = {});
  bool iri_reference(const NameToken& name, std::string_view& out);
  bool prefixed_name(const NameToken& name, std::string_view& out);
  bool string(const Token& token, std::string_view& out);
  std::string_view labelled_blank(std::uint64_t number);
  std::string_view unsettled_blank(std::uint64_t number);
  std::string prefix_hint(std::string_view name) const;

  StackArena arena_;
  PrefixTable prefixes_;
  IriBase base_;
  BlankLabels labels_;
  std::uint64_t anonymous_ = 0;
  bool in_piece_ = false;
  std::string resolved_;
  std::size_t max_prefixes_;
  std::size_t max_literal_bytes_;
  SyntaxFault fault_;
};

}  // namespace dossier
