// Tokens of Turtle and TriG (RDF 1.2). A literal is one token with its language tag or datatype, so
// that all its parts stand in the window together. Views live until the lexer advances.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/codes/rdf.hpp"
#include "base/diagnostic.hpp"

namespace dossier {

enum class TokenKind : std::uint8_t {
  end,    // of the input
  fault,  // no token: TurtleLexer::fault()
  iri,
  prefixed_name,
  blank_label,
  string,  // with its suffix
  integer,
  decimal,
  double_number,
  boolean,
  a,
  at_prefix,
  at_base,
  at_version,
  prefix,
  base,
  version,
  graph,
  dot,
  semicolon,
  comma,
  open_bracket,
  close_bracket,
  open_paren,
  close_paren,
  open_brace,
  close_brace,
  open_reified,      // <<
  close_reified,     // >>
  open_triple,       // <<(
  close_triple,      // )>>
  open_annotation,   // {|
  close_annotation,  // |}
  tilde,
};

// An IRI or a prefixed name as it stands in the document.
struct NameToken {
  std::string_view text;         // without angle brackets; with the colon
  std::size_t colon = kNoColon;  // of a prefixed name
  bool escaped = false;          // holds a backslash

  static constexpr std::size_t kNoColon = static_cast<std::size_t>(-1);
  bool is_prefixed() const { return colon != kNoColon; }
};

struct Token {
  enum class Suffix : std::uint8_t { none, language, datatype };

  TokenKind kind = TokenKind::end;
  bool escaped = false;      // text holds a backslash
  bool long_string = false;  // three quotes
  Suffix suffix = Suffix::none;
  const char* begin = nullptr;
  const char* end = nullptr;
  std::string_view text;      // string without quotes; number; boolean; label without "_:"
  NameToken name;             // iri, prefixed_name; the datatype of a string
  std::string_view language;  // without '@', with the direction
};

// What is wrong at a place of the document, before it has a line and a column.
struct SyntaxFault {
  DiagnosticCode code = code::rdf_syntax;
  const char* at = nullptr;
  std::string message;
  std::string hint;
};

// "the string \"abc\"", "'.'", "the end of the input": for messages.
std::string describe(const Token& token);

}  // namespace dossier
