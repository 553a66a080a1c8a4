#include "sources/turtle_lexer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/rdf.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "graph/characters.hpp"
#include "sources/scan.hpp"

namespace dossier {
namespace {

// The character at `at`, for messages.
std::string shown(const char* at, const char* end) {
  if (at == end) return "the end of the input";
  if (*at == '\n' || *at == '\r') return "the end of the line";
  const CodePoint c = decode_utf8({at, static_cast<std::size_t>(end - at)});
  return fmt::format("'{}'", printable({at, c.size == 0 ? 1 : c.size}));
}

struct Keyword {
  std::string_view name;
  TokenKind kind;
};
// In any case of letters.
constexpr Keyword kTurtleKeywords[] = {{"PREFIX", TokenKind::prefix},
                                       {"BASE", TokenKind::base},
                                       {"VERSION", TokenKind::version},
                                       {"GRAPH", TokenKind::graph}};

std::string_view text_between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

TurtleLexer::TurtleLexer(ByteWindow& window) : window_(window), at_(window.begin()) {
  advance();
}

void TurtleLexer::advance() {
  for (;;) {
    if (!skip_blank()) return;
    final_ = window_.last() == ByteWindow::Last::input;
    token_.kind = TokenKind::fault;
    token_.begin = at_;
    const Position after = lex(at_);
    if (after != kMore) {
      token_.end = at_ = after;
      scanned_ = 0;
      scanned_escape_ = false;
      return;
    }
    if (!window_.slide(at_) && window_.last() != ByteWindow::Last::input) {
      fault_of_window();
      return;
    }
    end_ = window_.end();
  }
}

void TurtleLexer::resume() {
  at_ = resume_at_;
  if (window_.last() == ByteWindow::Last::invalid_utf8 && at_ == window_.end()) {
    window_.skip_bad_byte(at_);
  }
  advance();
}

TurtleLexer::Position TurtleLexer::fault(const char* at, std::string message, std::string hint,
                                         DiagnosticCode code) {
  token_.kind = TokenKind::fault;
  fault_ = {code, at, std::move(message), std::move(hint)};
  resume_at_ = at == end_ ? at : at + 1;
  while (resume_at_ != end_ && (static_cast<unsigned char>(*resume_at_) & 0xC0) == 0x80) {
    ++resume_at_;
  }
  return resume_at_;
}

TurtleLexer::Position TurtleLexer::fault_to(const char* resume_at, const char* at,
                                            std::string message, std::string hint) {
  fault(at, std::move(message), std::move(hint));
  return resume_at_ = resume_at;
}

TurtleLexer::Position TurtleLexer::unexpected(const char* at, std::string_view wanted) {
  return fault(at, fmt::format("found {}, wanted {}", shown(at, end_), wanted));
}

// The window cannot go on, and not because the input ends.
void TurtleLexer::fault_of_window() {
  end_ = window_.end();
  scanned_ = 0;
  scanned_escape_ = false;
  token_ = {};
  token_.kind = TokenKind::fault;
  token_.begin = token_.end = end_;
  switch (window_.last()) {
    case ByteWindow::Last::invalid_utf8:
      fault(end_, fmt::format("byte 0x{:02X} is not UTF-8", static_cast<unsigned char>(*end_)),
            "RDF files are UTF-8: convert the file", code::invalid_utf8);
      break;
    case ByteWindow::Last::too_long:
      fault(at_, "a literal or IRI is longer than max-literal-bytes",
            "raise it with --limit max-literal-bytes=N", code::limit_exceeded);
      break;
    case ByteWindow::Last::failed:
      fault(end_, window_.error().message, window_.error().hint, window_.error().code);
      break;
    case ByteWindow::Last::open:
    case ByteWindow::Last::input:
      break;
  }
  at_ = resume_at_ = end_;
}

// WS and comments. False at the end of the input, and when the window fails.
bool TurtleLexer::skip_blank() {
  for (;;) {
    end_ = window_.end();
    for (; at_ != end_; ++at_) {
      const bool line_end = *at_ == '\n' || *at_ == '\r';
      if (in_comment_) {
        in_comment_ = !line_end;
      } else if (*at_ == '#') {
        in_comment_ = true;
      } else if (!has_class(*at_, kWhitespace)) {
        return true;
      }
    }
    if (!window_.slide(at_)) break;
  }
  if (window_.last() != ByteWindow::Last::input) {
    fault_of_window();
  } else {
    end_ = window_.end();
    token_ = {};
    token_.begin = token_.end = at_;
  }
  return false;
}

TurtleLexer::Position TurtleLexer::lex(const char* at) {
  switch (*at) {
    case '<':
      return lex_angle(at);
    case '"':
    case '\'':
      return lex_string(at);
    case '@':
      return lex_at_word(at);
    case '_':
      return lex_blank_label(at);
    case '+':
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
      return lex_number(at);
    case '.':
      if (starved(at + 1)) return kMore;
      if (at + 1 != end_ && has_class(at[1], kDigit)) return lex_number(at);
      return take(TokenKind::dot, at + 1);
    case ':':
      token_.kind = TokenKind::prefixed_name;
      return lex_local(at, at, token_.name);
    default:
      if (has_class(*at, kLetter) || pn_chars_base_size(at, end_) != 0) return lex_word(at);
      return lex_punctuation(at);
  }
}

// What begins the next token is looked at without sliding the window.
bool TurtleLexer::annotation_may_follow() const {
  const char* p = skip_between(at_);
  return p == kMore || (p != end_ && (*p == '~' || *p == '{'));
}

TurtleLexer::Position TurtleLexer::take(TokenKind kind, const char* after) {
  token_.kind = kind;
  return after;
}

TurtleLexer::Position TurtleLexer::lex_punctuation(const char* at) {
  const char* next = at + 1;
  switch (*at) {
    case ';':
      return take(TokenKind::semicolon, next);
    case ',':
      return take(TokenKind::comma, next);
    case '[':
      return take(TokenKind::open_bracket, next);
    case ']':
      return take(TokenKind::close_bracket, next);
    case '(':
      return take(TokenKind::open_paren, next);
    case '}':
      return take(TokenKind::close_brace, next);
    case '~':
      return take(TokenKind::tilde, next);
    default:
      break;
  }
  if (starved(next)) return kMore;
  const char second = next == end_ ? '\0' : *next;
  switch (*at) {
    case '{':
      return second == '|' ? take(TokenKind::open_annotation, next + 1)
                           : take(TokenKind::open_brace, next);
    case '|':
      return second == '}' ? take(TokenKind::close_annotation, next + 1) : unexpected(at, "a term");
    case '>':
      return second == '>' ? take(TokenKind::close_reified, next + 1) : unexpected(at, "a term");
    case ')':
      if (second != '>') return take(TokenKind::close_paren, next);
      if (starved(next + 1)) return kMore;
      return next + 1 != end_ && next[1] == '>' ? take(TokenKind::close_triple, next + 2)
                                                : take(TokenKind::close_paren, next);
    default:
      return unexpected(at, "a term or punctuation");
  }
}

TurtleLexer::Position TurtleLexer::lex_angle(const char* at) {
  if (starved(at + 1)) return kMore;
  if (at + 1 == end_ || at[1] != '<') {
    token_.kind = TokenKind::iri;
    return lex_iri(at, token_.name);
  }
  if (starved(at + 2)) return kMore;
  return at + 2 != end_ && at[2] == '(' ? take(TokenKind::open_triple, at + 3)
                                        : take(TokenKind::open_reified, at + 2);
}

// [18] IRIREF; at the '<'.
TurtleLexer::Position TurtleLexer::lex_iri(const char* at, NameToken& into) {
  into = {};
  const char* p = at + 1;
  for (;;) {
    p = scan_iri(p, end_);
    if (p == end_ || *p != '\\') break;
    into.escaped = true;
    ++p;
  }
  if (starved(p)) return kMore;
  if (p == end_ || *p != '>') {
    return fault(p, fmt::format("found {} inside an IRI, wanted '>'", shown(p, end_)),
                 "percent-encode it, or close the IRI", code::rdf_bad_iri);
  }
  into.text = text_between(at + 1, p);
  return p + 1;
}

// [22] to [25]; at the first quote.
TurtleLexer::Position TurtleLexer::lex_string(const char* at) {
  if (starved(at + 1) || starved(at + 2)) return kMore;
  token_.kind = TokenKind::string;
  token_.escaped = false;
  token_.suffix = Token::Suffix::none;
  token_.long_string = end_ - at >= 3 && at[1] == *at && at[2] == *at;
  const Position after = token_.long_string ? lex_long_string(at, *at) : lex_short_string(at, *at);
  return after == kMore || token_.kind == TokenKind::fault ? after : lex_suffix(after);
}

TurtleLexer::Position TurtleLexer::lex_short_string(const char* at, char quote) {
  const char* p = at + 1;
  for (;;) {
    p = scan_string(p, end_, quote);
    if (p == end_ || *p != '\\') break;
    token_.escaped = true;
    if (starved(p + 1)) return kMore;
    p += p + 1 == end_ ? 1 : 2;
  }
  if (starved(p)) return kMore;
  if (p == end_ || *p != quote) {
    return fault_to(p, at, fmt::format("this string is not closed before {}", shown(p, end_)),
                    "a string over several lines has three quotes");
  }
  token_.text = text_between(at + 1, p);
  return p + 1;
}

TurtleLexer::Position TurtleLexer::lex_long_string(const char* at, char quote) {
  // What an earlier window showed of this string is not looked at again.
  const char* p = at + std::max<std::size_t>(3, scanned_);
  token_.escaped = scanned_escape_;
  for (;;) {
    p = scan_long_string(p, end_, quote);
    if (starved(p) || starved(p + 1) || (end_ - p >= 2 && starved(p + 2))) {
      scanned_ = static_cast<std::size_t>(p - at);
      scanned_escape_ = token_.escaped;
      return kMore;
    }
    if (p == end_) return fault_to(p, at, "this string with three quotes is never closed");
    if (*p == '\\') {
      token_.escaped = true;
      p += p + 1 == end_ ? 1 : 2;
    } else if (end_ - p >= 3 && p[1] == quote && p[2] == quote) {
      break;
    } else {
      ++p;
    }
  }
  token_.text = text_between(at + 3, p);
  return p + 3;
}

// What may follow a string: (LANG_DIR | '^^' iri)?
TurtleLexer::Position TurtleLexer::lex_suffix(const char* at) {
  const char* p = skip_between(at);
  if (p == kMore) return kMore;
  if (p == end_) return at;
  if (*p == '@') return lex_language(at, p);
  if (*p == '^') return lex_datatype(p);
  return at;
}

TurtleLexer::Position TurtleLexer::skip_between(const char* at) const {
  bool in_comment = false;
  for (; at != end_; ++at) {
    if (in_comment) {
      in_comment = *at != '\n' && *at != '\r';
    } else if (*at == '#') {
      in_comment = true;
    } else if (!has_class(*at, kWhitespace)) {
      return at;
    }
  }
  return final_ ? at : kMore;
}

// LANG_DIR at `at`; the parts are checked when the term is made. Apart from its string (which ends
// at `string_end`) the word of a directive is no tag: VERSION "1.2" may stand before @prefix.
TurtleLexer::Position TurtleLexer::lex_language(const char* string_end, const char* at) {
  const char* p = at + 1;
  while (p != end_ && (has_class(*p, kAlphanumeric) || *p == '-')) ++p;
  if (starved(p)) return kMore;
  const std::string_view tag = text_between(at + 1, p);
  const bool directive = tag == "prefix" || tag == "base" || tag == "version";
  if (directive && at != string_end) return string_end;
  token_.suffix = Token::Suffix::language;
  token_.language = tag;
  return p;
}

TurtleLexer::Position TurtleLexer::lex_datatype(const char* at) {
  if (starved(at + 1)) return kMore;
  if (at + 1 == end_ || at[1] != '^') return unexpected(at + 1, "a second '^'");
  const char* p = skip_between(at + 2);
  if (p == kMore) return kMore;
  token_.suffix = Token::Suffix::datatype;
  if (p != end_ && *p == '<') return lex_iri(p, token_.name);
  const char* colon = skip_prefix(p);
  if (starved(colon)) return kMore;
  if (colon == end_ || *colon != ':') return unexpected(p, "the IRI of a datatype");
  return lex_local(p, colon, token_.name);
}

// [19] INTEGER, [20] DECIMAL, [21] DOUBLE.
TurtleLexer::Position TurtleLexer::lex_number(const char* at) {
  const auto skip_digits = [this](const char* from) {
    while (from != end_ && has_class(*from, kDigit)) ++from;
    return from;
  };
  const char* p = at + (*at == '+' || *at == '-' ? 1 : 0);
  const char* whole = p;
  p = skip_digits(p);
  if (starved(p)) return kMore;
  const bool has_whole = p != whole;
  const char* after = p;
  token_.kind = TokenKind::integer;
  bool has_number = has_whole;
  if (p != end_ && *p == '.') {
    const char* fraction = p + 1;
    p = skip_digits(fraction);
    if (starved(p)) return kMore;
    if (p != fraction) {
      token_.kind = TokenKind::decimal;
      after = p;
      has_number = true;
    }
  }
  if (!has_number) return unexpected(whole, "a digit");
  if (p != end_ && (*p == 'e' || *p == 'E')) {
    const char* digits = p + 1;
    if (starved(digits)) return kMore;
    if (digits != end_ && (*digits == '+' || *digits == '-')) ++digits;
    p = skip_digits(digits);
    if (starved(p)) return kMore;
    if (p == digits) return unexpected(p, "a digit of the exponent");
    token_.kind = TokenKind::double_number;
    after = p;
  }
  token_.text = text_between(at, after);
  return after;
}

TurtleLexer::Position TurtleLexer::lex_at_word(const char* at) {
  const char* p = at + 1;
  while (p != end_ && (has_class(*p, kAlphanumeric) || *p == '-')) ++p;
  if (starved(p)) return kMore;
  const std::string_view word = text_between(at + 1, p);
  if (word == "prefix") return take(TokenKind::at_prefix, p);
  if (word == "base") return take(TokenKind::at_base, p);
  if (word == "version") return take(TokenKind::at_version, p);
  return fault_to(
      p, at, fmt::format("found '@{}', wanted @prefix, @base or @version", printable(word, 40)),
      "a language tag stands directly behind its string");
}

// A prefixed name, or one of the bare words; at a letter.
TurtleLexer::Position TurtleLexer::lex_word(const char* at) {
  const char* p = skip_prefix(at);
  if (starved(p)) return kMore;
  if (p != end_ && *p == ':') {
    token_.kind = TokenKind::prefixed_name;
    return lex_local(at, p, token_.name);
  }
  const char* end = at;
  while (end != end_ && has_class(*end, kLetter)) ++end;
  const std::string_view word = text_between(at, end);
  token_.text = word;
  if (word == "a") return take(TokenKind::a, end);
  if (word == "true" || word == "false") return take(TokenKind::boolean, end);
  for (const auto& [name, kind] : kTurtleKeywords) {
    if (equals_ignoring_case(word, name)) return take(kind, end);
  }
  const std::string_view found = text_between(at, std::max(p, end));
  return fault_to(std::max(end, p), at,
                  fmt::format("found '{}', wanted a term", printable(found, 60)),
                  "a prefixed name has a colon, an IRI angle brackets");
}

// The end of PN_PREFIX at `at`, or `at`.
const char* TurtleLexer::skip_prefix(const char* at) const {
  const bool letter = at != end_ && has_class(*at, kLetter);
  const std::size_t first = letter ? 1 : pn_chars_base_size(at, end_);
  if (first == 0) return at;
  const char* p = at + first;
  const char* end = p;  // behind the last character that is no dot
  for (;;) {
    if (const std::size_t size = pn_chars_size(p, end_); size != 0) {
      end = p += size;
    } else if (p != end_ && *p == '.') {
      ++p;
    } else {
      return p == end_ || *p == ':' ? p : end;
    }
  }
}

// [168s] PNAME_NS or PNAME_LN that begins at `begin` and has its colon at `colon`.
TurtleLexer::Position TurtleLexer::lex_local(const char* begin, const char* colon,
                                             NameToken& into) {
  into.escaped = false;
  into.colon = static_cast<std::size_t>(colon - begin);
  if (colon != begin && colon[-1] == '.')
    return unexpected(colon, "a name; a prefix ends with no '.'");
  const char* p = colon + 1;
  const char* end = p;
  for (bool first = true;; first = false) {
    if (p == end_) break;
    const char c = *p;
    if (has_class(c, kPnChars) || c == ':') {
      if (first && c == '-') break;
      end = ++p;
    } else if (c == '.') {
      if (first) break;
      ++p;
    } else if (c == '%' || c == '\\') {
      const std::size_t size = c == '%' ? 3 : 2;
      if (static_cast<std::size_t>(end_ - p) < size && !final_) return kMore;
      if (!is_plx(p)) {
        return fault(p, fmt::format("found {} in a name that is no escape", shown(p, end_)),
                     "write %20 for a byte and \\~ for one of _~.-!$&'()*+,;=/?#@%",
                     code::rdf_bad_escape);
      }
      into.escaped = into.escaped || c == '\\';
      end = p += size;
    } else {
      const std::size_t size = first ? pn_chars_base_size(p, end_) : pn_chars_size(p, end_);
      if (size == 0) break;
      end = p += size;
    }
  }
  if (starved(p)) return kMore;
  into.text = text_between(begin, end);
  return end;
}

// [169s] PLX.
bool TurtleLexer::is_plx(const char* at) const {
  if (*at == '\\') return end_ - at >= 2 && has_class(at[1], kLocalEscape);
  return end_ - at >= 3 && has_class(at[1], kHex) && has_class(at[2], kHex);
}

// [141s] BLANK_NODE_LABEL.
TurtleLexer::Position TurtleLexer::lex_blank_label(const char* at) {
  if (starved(at + 1) || starved(at + 2)) return kMore;
  if (at + 1 == end_ || at[1] != ':') return unexpected(at, "a term; a blank node begins with _:");
  const char* p = at + 2;
  const char* end = p;
  for (bool first = true;; first = false) {
    if (p != end_ && *p == '.' && !first) {
      ++p;
      continue;
    }
    const bool digit = p != end_ && has_class(*p, kDigit | kPnCharsU);
    const std::size_t size = digit   ? 1
                             : first ? pn_chars_base_size(p, end_)
                                     : pn_chars_size(p, end_);
    if (size == 0) break;
    end = p += size;
  }
  if (starved(p)) return kMore;
  if (end == at + 2) return unexpected(end, "the label of a blank node");
  token_.kind = TokenKind::blank_label;
  token_.text = text_between(at + 2, end);
  return end;
}

}  // namespace dossier
