// Bytes -> tokens of Turtle and TriG. Pulls from a ByteWindow; a token that reaches the end of the
// window is read again from its start after the window slid, so every token is one piece. Linear:
// the window doubles when a token fills it. No allocation but for faults. One thread.
#pragma once

#include <string_view>

#include "base/codes/rdf.hpp"
#include "sources/byte_window.hpp"
#include "sources/turtle_token.hpp"

namespace dossier {

class TurtleLexer {
 public:
  explicit TurtleLexer(ByteWindow& window);

  const Token& token() const { return token_; }
  // Goes to the next token. Views of the one before are no longer valid.
  void advance();
  // Behind a fault: goes on at the first byte where a token may begin again.
  void resume();

  // Why token() is a fault.
  const SyntaxFault& fault() const { return fault_; }

  // True unless it is certain from the bytes at hand that the next token is neither '~' nor '{|'.
  bool annotation_may_follow() const;

  ByteWindow& window() { return window_; }

 private:
  // A place behind what was read, or one of these.
  using Position = const char*;
  static constexpr Position kMore = nullptr;  // the window ends inside the token
  Position fault(const char* at, std::string message, std::string hint = {},
                 DiagnosticCode code = code::rdf_syntax);
  Position fault_to(const char* resume_at, const char* at, std::string message,
                    std::string hint = {});
  Position unexpected(const char* at, std::string_view wanted);
  void fault_of_window();
  // The window ends at `at`, and more may follow.
  bool starved(const char* at) const { return at == end_ && !final_; }

  bool skip_blank();  // false at the end of the input
  Position lex(const char* at);
  Position lex_punctuation(const char* at);
  Position take(TokenKind kind, const char* after);
  Position lex_angle(const char* at);
  Position lex_string(const char* at);
  Position lex_short_string(const char* at, char quote);
  Position lex_long_string(const char* at, char quote);
  Position lex_suffix(const char* at);
  Position lex_language(const char* string_end, const char* at);
  Position lex_datatype(const char* at);
  Position lex_number(const char* at);
  Position lex_at_word(const char* at);
  Position lex_word(const char* at);
  Position lex_blank_label(const char* at);
  Position lex_iri(const char* at, NameToken& into);
  Position lex_local(const char* begin, const char* colon, NameToken& into);
  const char* skip_prefix(const char* at) const;
  bool is_plx(const char* at) const;
  Position skip_between(const char* at) const;  // WS and comments inside a literal token

  ByteWindow& window_;
  const char* at_ = nullptr;   // where the next token is looked for
  const char* end_ = nullptr;  // of the window
  bool final_ = false;         // nothing follows end_
  bool in_comment_ = false;
  std::size_t scanned_ = 0;  // bytes of a long string at hand that hold no end of it
  bool scanned_escape_ = false;
  Token token_;
  SyntaxFault fault_;
  const char* resume_at_ = nullptr;
};

}  // namespace dossier
