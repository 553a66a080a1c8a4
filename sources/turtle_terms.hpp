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

class TurtleTerms {
 public:
  TurtleTerms(std::string_view base, std::string blank_scope, const Limits& limits);

  // Each gives false and a fault() when the token is no such term.
  bool iri(const NameToken& name, std::string_view& out);
  bool literal(const Token& token, TermView& out);
  bool declare_prefix(std::string_view name, const NameToken& iri, std::string_view& out);
  bool declare_base(const NameToken& iri);

  std::string_view blank(std::string_view label);
  std::string_view fresh_blank() { return anonymous_blank(next_anonymous()); }
  std::uint64_t next_anonymous() { return ++anonymous_; }
  std::string_view anonymous_blank(std::uint64_t number);

  const SyntaxFault& fault() const { return fault_; }
  StackArena& arena() { return arena_; }

 private:
  bool fail(const char* at, DiagnosticCode code, std::string message, std::string hint = {});
  bool iri_reference(const NameToken& name, std::string_view& out);
  bool prefixed_name(const NameToken& name, std::string_view& out);
  bool string(const Token& token, std::string_view& out);
  std::string prefix_hint(std::string_view name) const;

  StackArena arena_;
  PrefixTable prefixes_;
  IriBase base_;
  BlankLabels labels_;
  std::uint64_t anonymous_ = 0;
  std::string resolved_;
  std::size_t max_prefixes_;
  std::size_t max_literal_bytes_;
  SyntaxFault fault_;
};

}  // namespace dossier
