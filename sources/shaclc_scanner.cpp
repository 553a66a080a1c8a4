#include "sources/shaclc_scanner.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "graph/characters.hpp"

namespace dossier {
namespace {

std::string_view bytes_between(const char* from, const char* to) {
  return {from, static_cast<std::size_t>(to - from)};
}

}  // namespace

std::optional<ShaclcToken> ShaclcScanner::next() {
  skip_blank();
  ShaclcToken token;
  if (at_ == end_) {
    token.text = bytes_between(at_, at_);
    return token;
  }
  const char* start = at_;
  const Position after = scan(token);
  if (after == nullptr) return std::nullopt;
  token.text = bytes_between(start, after);
  token.term.begin = start;
  token.term.end = after;
  at_ = after;
  return token;
}

// White space and comments.
void ShaclcScanner::skip_blank() {
  while (at_ != end_ && (has_class(*at_, kWhitespace) || *at_ == '#')) {
    if (*at_ != '#') {
      ++at_;
      continue;
    }
    while (at_ != end_ && *at_ != '\n' && *at_ != '\r') ++at_;
  }
}

ShaclcScanner::Position ShaclcScanner::scan(ShaclcToken& token) {
  const char* at = at_;
  const char next = end_ - at > 1 ? at[1] : '\0';
  const bool signed_number = (*at == '+' || *at == '-') && (is_digit(next) || next == '.');
  token.kind = ShaclcToken::Kind::term;
  if (*at == '"' || *at == '\'') return scan_string(at, token.term);
  if (is_digit(*at) || signed_number || (*at == '.' && is_digit(next))) {
    return scan_number(at, token.term);
  }
  if (*at == '@') {
    const Position after = scan_name(at + 1, token);
    if (after != nullptr && !token.is_name()) return fail(at + 1, "wanted the name of a shape");
    token.kind = ShaclcToken::Kind::shape_ref;
    return after;
  }
  constexpr std::string_view kMarks = "{}[]()|!=.^/?*+";
  if (bytes_between(at, end_).starts_with("->") || bytes_between(at, end_).starts_with("..")) {
    token.kind = ShaclcToken::Kind::mark;
    return at + 2;
  }
  if (kMarks.contains(*at)) {
    token.kind = ShaclcToken::Kind::mark;
    return at + 1;
  }
  return scan_name(at, token);
}

// An IRI, a prefixed name, or a word.
ShaclcScanner::Position ShaclcScanner::scan_name(const char* at, ShaclcToken& token) {
  if (at != end_ && *at == '<') {
    token.term.kind = TokenKind::iri;
    return scan_iri(at, token.term.name);
  }
  const char* after = skip_prefix(at);
  if (after != end_ && *after == ':') {
    token.term.kind = TokenKind::prefixed_name;
    return scan_prefixed(at, after, token.term.name);
  }
  if (after == at) {
    return fail(
        at, at == end_ ? "the document ends here" : fmt::format("found '{}'", printable({at, 1})));
  }
  const std::string_view word = bytes_between(at, after);
  if (word == "true" || word == "false") {
    token.term.kind = TokenKind::boolean;
    token.term.text = word;
  } else {
    token.kind = ShaclcToken::Kind::word;
  }
  return after;
}

// PN_PREFIX, which may be empty: its end, or `at`.
const char* ShaclcScanner::skip_prefix(const char* at) const {
  const std::size_t first = at == end_ ? 0 : pn_chars_base_size(at, end_);
  const char* end = at + first;
  if (first == 0) return at;
  for (const char* p = end; p != end_;) {
    const std::size_t size = pn_chars_size(p, end_);
    if (size == 0 && *p != '.') break;
    p += size == 0 ? 1 : size;
    if (size != 0) end = p;
  }
  return end;
}

ShaclcScanner::Position ShaclcScanner::scan_iri(const char* at, NameToken& into) {
  into = {};
  const char* p = at + 1;
  while (p != end_ && (*p == '\\' || !has_class(*p, kIriStop))) {
    into.escaped |= *p == '\\';
    ++p;
  }
  if (p == end_ || *p != '>') return fail(p, "an IRI is not closed", "IRIs end with '>'");
  into.text = bytes_between(at + 1, p);
  return p + 1;
}

// PNAME_NS or PNAME_LN.
ShaclcScanner::Position ShaclcScanner::scan_prefixed(const char* at, const char* colon,
                                                     NameToken& into) {
  into = {};
  into.colon = static_cast<std::size_t>(colon - at);
  const char* p = colon + 1;
  const char* end = p;
  while (p != end_) {
    const bool escape = *p == '\\' && end_ - p >= 2 && has_class(p[1], kLocalEscape);
    const bool percent =
        *p == '%' && end_ - p >= 3 && has_class(p[1], kHex) && has_class(p[2], kHex);
    const std::size_t size = escape      ? 2
                             : percent   ? 3
                             : *p == ':' ? 1
                             : p == colon + 1
                                 ? (is_digit(*p) || *p == '_' ? 1 : pn_chars_base_size(p, end_))
                                 : pn_chars_size(p, end_);
    if (size == 0 && (*p != '.' || p == colon + 1)) break;
    into.escaped |= escape;
    p += size == 0 ? 1 : size;
    if (size != 0) end = p;
  }
  into.text = bytes_between(at, end);
  return end;
}

ShaclcScanner::Position ShaclcScanner::scan_string(const char* at, Token& into) {
  into.kind = TokenKind::string;
  const char quote = *at;
  into.long_string = end_ - at >= 3 && at[1] == quote && at[2] == quote;
  const std::string_view closing =
      into.long_string ? bytes_between(at, at + 3) : bytes_between(at, at + 1);
  const char* start = at + closing.size();
  for (const char* p = start; p != end_; ++p) {
    if (bytes_between(p, end_).starts_with(closing)) {
      // A long string may end in quotes of its own: the last three close it.
      while (into.long_string && end_ - p > 3 && p[3] == quote) ++p;
      into.text = bytes_between(start, p);
      return scan_suffix(p + closing.size(), into);
    }
    if (!into.long_string && (*p == '\n' || *p == '\r')) break;
    if (*p != '\\') continue;
    into.escaped = true;
    if (++p == end_) break;
  }
  return fail(at, "a string is not closed", "strings of several lines have three quotes");
}

// A language tag or a datatype.
ShaclcScanner::Position ShaclcScanner::scan_suffix(const char* at, Token& into) {
  if (at != end_ && *at == '@') {
    const char* p = at + 1;
    while (p != end_ && (has_class(*p, kAlphanumeric) || *p == '-')) ++p;
    into.suffix = Token::Suffix::language;
    into.language = bytes_between(at + 1, p);
    return into.language.empty() ? fail(p, "wanted a language tag") : p;
  }
  if (!bytes_between(at, end_).starts_with("^^")) return at;
  into.suffix = Token::Suffix::datatype;
  ShaclcToken datatype;
  const Position after = scan_name(at + 2, datatype);
  if (after == nullptr) return after;
  datatype.kind = ShaclcToken::Kind::term;
  if (!datatype.is_name()) return fail(at + 2, "wanted the IRI of a datatype");
  into.name = datatype.term.name;
  return after;
}

// INTEGER, DECIMAL or DOUBLE; of 0..1 the integer 0.
ShaclcScanner::Position ShaclcScanner::scan_number(const char* at, Token& into) {
  const auto digits = [this](const char* from) {
    while (from != end_ && is_digit(*from)) ++from;
    return from;
  };
  into.kind = TokenKind::integer;
  const char* p = digits(*at == '+' || *at == '-' ? at + 1 : at);
  if (end_ - p > 1 && *p == '.' && is_digit(p[1])) {
    into.kind = TokenKind::decimal;
    p = digits(p + 1);
  }
  if (p != end_ && (*p == 'e' || *p == 'E')) {
    const char* exponent = p + 1;
    if (exponent != end_ && (*exponent == '+' || *exponent == '-')) ++exponent;
    if (digits(exponent) == exponent) return fail(p, "wanted the digits of an exponent");
    into.kind = TokenKind::double_number;
    p = digits(exponent);
  }
  into.text = bytes_between(at, p);
  return p;
}

ShaclcScanner::Position ShaclcScanner::fail(const char* at, std::string message, std::string hint) {
  fault_ = {.at = at, .message = std::move(message), .hint = std::move(hint)};
  return nullptr;
}

}  // namespace dossier
