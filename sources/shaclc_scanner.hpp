// Bytes -> tokens of SHACL Compact Syntax. Terms come as tokens of Turtle, so that TurtleTerms
// makes them into terms. Borrows the text. One thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sources/turtle_token.hpp"

namespace dossier {

struct ShaclcToken {
  enum class Kind : std::uint8_t {
    end,
    term,       // `term`: an IRI, a prefixed name or a literal
    shape_ref,  // @ and an IRI or prefixed name
    word,       // `text`: a keyword or the name of a parameter
    mark,       // `text`: one of { } [ ] ( ) | ! = . .. -> ^ / ? * +
  };
  Kind kind = Kind::end;
  std::string_view text;  // as it stands in the document
  Token term;

  bool is_mark(std::string_view wanted) const { return kind == Kind::mark && text == wanted; }
  bool is_word(std::string_view wanted) const { return kind == Kind::word && text == wanted; }
  bool is_name() const {
    return kind == Kind::term &&
           (term.kind == TokenKind::iri || term.kind == TokenKind::prefixed_name);
  }
};

class ShaclcScanner {
 public:
  explicit ShaclcScanner(std::string_view text)
      : at_(text.data()), begin_(text.data()), end_(text.data() + text.size()) {}

  // The next token; nothing at a fault.
  std::optional<ShaclcToken> next();
  const SyntaxFault& fault() const { return fault_; }

 private:
  using Position = const char*;  // behind what was read; null at a fault

  void skip_blank();
  Position scan(ShaclcToken& token);
  Position scan_name(const char* at, ShaclcToken& token);
  Position scan_iri(const char* at, NameToken& into);
  Position scan_prefixed(const char* at, const char* colon, NameToken& into);
  Position scan_string(const char* at, Token& into);
  Position scan_suffix(const char* at, Token& into);
  Position scan_number(const char* at, Token& into);
  const char* skip_prefix(const char* at) const;
  Position fail(const char* at, std::string message, std::string hint = {});

  const char* at_;
  const char* begin_;
  const char* end_;
  SyntaxFault fault_;
};

}  // namespace dossier
