#include "sources/ntriples_parser.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/rdf.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "graph/characters.hpp"
#include "graph/escapes.hpp"
#include "graph/iri.hpp"
#include "graph/language_tag.hpp"
#include "graph/vocabulary.hpp"
#include "sources/scan.hpp"

namespace dossier {
namespace {

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

bool ends_line(char c) {
  return c == '\n' || c == '\r';
}

// What nearly every IRI begins with is told by one comparison.
bool is_absolute(std::string_view iri) {
  if (iri.size() > 6 && std::memcmp(iri.data(), "http", 4) == 0 &&
      (iri[4] == ':' || (iri[4] == 's' && iri[5] == ':'))) {
    return true;
  }
  return is_absolute_reference(iri);
}

}  // namespace

NTriplesParser::NTriplesParser(bool quads, const RdfReadOptions& options, StackArena& arena,
                               bool keep)
    : quads_(quads),
      keep_(keep),
      scope_(options.blank_scope),
      max_literal_bytes_(options.limits.max_literal_bytes),
      max_triple_depth_(options.limits.max_triple_depth),
      arena_(arena) {}

void NTriplesParser::begin(std::string_view chunk, std::uint64_t offset) {
  at_ = begin_ = line_start_ = chunk.data();
  end_ = begin_ + chunk.size();
  offset_ = offset;
  lines_ = statements_ = 0;
}

bool NTriplesParser::run(StatementSinkRef sink, RdfPiece* canonical) {
  takes_lines_ = scope_.empty() ? canonical : nullptr;
  run_statements_ = 0;
  bool good = true;
  while (at_ < end_ && good && !stopped_) good = line(sink);
  end_canonical_run();
  return good;
}

// The statement that was read, up to the line end that must follow.
bool NTriplesParser::stands_canonical() const {
  return canonical_ && *at_ == '\n' && at_ < end_;
}

// Hands on what stands before the line at hand.
void NTriplesParser::end_canonical_run() {
  if (run_statements_ == 0) return;
  takes_lines_->lines(between(run_start_, line_start_), run_statements_);
  run_statements_ = 0;
}

// statement? EOL
bool NTriplesParser::line(StatementSinkRef sink) {
  canonical_ = *at_ == '<' || *at_ == '_';
  if (!canonical_) {
    end_canonical_run();
    skip_blanks();
  }
  switch (*at_) {
    case '<':
    case '_':
      if (!statement(sink)) return false;
      break;
    case '\n':
    case '\r':
      break;
    case '#':
      skip_to_line_end();
      break;
    case 'V':
      if (!version()) return false;
      break;
    default:
      return unexpected("a subject: <iri> or _:label");
  }
  pass_line_end();
  return true;
}

bool NTriplesParser::statement(StatementSinkRef sink) {
  const StackArena::Mark mark = arena_.mark();
  TermView subject_term;
  TermView predicate_term;
  TermView object_term;
  TermView graph_term;
  if (!subject(subject_term)) return false;
  gap();
  if (!predicate(predicate_term)) return false;
  gap();
  const char* object_at = at_;
  if (!object(object_term)) return false;
  gap();
  bool has_graph = false;
  if (quads_ && *at_ != '.') {
    if (!graph(graph_term)) return false;
    has_graph = true;
    gap();
  }
  if (!end_of_statement()) return false;
  ++statements_;
  if (takes_lines_ != nullptr) {
    if (stands_canonical()) {
      if (run_statements_++ == 0) run_start_ = line_start_;
      if (!keep_) arena_.release(mark);
      return true;
    }
    end_canonical_run();
  }
  const StatementView statement{&subject_term, &predicate_term, &object_term,
                                has_graph ? &graph_term : nullptr,
                                offset_ + static_cast<std::uint64_t>(object_at - begin_)};
  stopped_ = !sink.statement(statement);
  if (!keep_) arena_.release(mark);
  return true;
}

// '.' and what may follow it on the line.
bool NTriplesParser::end_of_statement() {
  if (*at_ != '.') return unexpected(quads_ ? "'.' or a graph name" : "'.'");
  ++at_;
  if (ends_line(*at_)) return true;
  canonical_ = false;
  skip_blanks();
  if (*at_ == '#') skip_to_line_end();
  return ends_line(*at_) || unexpected("the end of the line");
}

// 'VERSION' versionSpecifier
bool NTriplesParser::version() {
  if (between(at_, end_).substr(0, 7) != "VERSION") return unexpected("a statement");
  at_ += 7;
  skip_blanks();
  if (*at_ != '"') return unexpected("a version as a string: \"1.2\"");
  const char* close = scan_string_padded(at_ + 1);
  at_ = close;
  if (*close != '"') return unexpected("'\"' of the version");
  ++at_;
  skip_blanks();
  if (*at_ == '#') skip_to_line_end();
  return ends_line(*at_) || unexpected("the end of the line");
}

void NTriplesParser::pass_line_end() {
  ++lines_;
  const bool crlf = at_[0] == '\r' && at_[1] == '\n';
  at_ += crlf ? 2 : 1;
  line_start_ = at_;
}

void NTriplesParser::skip_to_line_end() {
  while (!ends_line(*at_)) ++at_;
}

void NTriplesParser::skip_line() {
  skip_to_line_end();
  pass_line_end();
}

// ---- terms

bool NTriplesParser::subject(TermView& out) {
  if (*at_ == '_') return blank(out);
  if (at_[0] == '<' && at_[1] == '<') {
    return fail(at_, code::rdf_position,
                "found a triple term, wanted a subject, which is an IRI or a blank node");
  }
  return iri(out.text);
}

bool NTriplesParser::predicate(TermView& out) {
  if (*at_ != '<') return unexpected("a predicate: <iri>");
  if (at_[1] == '<') {
    return fail(at_, code::rdf_position,
                "found a triple term, wanted a predicate, which is an IRI");
  }
  return iri(out.text);
}

bool NTriplesParser::object(TermView& out) {
  switch (*at_) {
    case '<':
      return at_[1] == '<' ? triple_term(out) : iri(out.text);
    case '"':
      return literal(out);
    case '_':
      return blank(out);
    default:
      return unexpected("an object: <iri>, _:label or \"literal\"");
  }
}

bool NTriplesParser::graph(TermView& out) {
  if (*at_ == '_') return blank(out);
  if (*at_ != '<' || at_[1] == '<') return unexpected("'.' or a graph name: <iri> or _:label");
  return iri(out.text);
}

// IRIREF; at '<'.
bool NTriplesParser::iri(std::string_view& out) {
  const char* begin = at_ + 1;
  const char* close = scan_iri_padded(begin);
  bool escaped = false;
  while (*close == '\\') {
    escaped = true;
    canonical_ = false;
    close = scan_iri_padded(close + 1);
  }
  if (*close != '>') {
    at_ = close;
    unexpected("'>' of the IRI");
    fault_.code = code::rdf_bad_iri;
    return false;
  }
  out = between(begin, close);
  if (escaped && !escaped_iri(out, out)) return false;
  if (!is_absolute(out)) {
    return fail(begin, code::rdf_bad_iri,
                fmt::format("<{}> is relative", printable(out, kShownBytes)),
                "this syntax has absolute IRIs only");
  }
  at_ = close + 1;
  return true;
}

bool NTriplesParser::escaped_iri(std::string_view raw, std::string_view& out) {
  char* decoded = arena_.allocate(raw.size());
  const Unescaped result = unescape_iri(raw, decoded);
  if (result.fault != kEscapesFine) {
    return fail(raw.data() + result.fault, code::rdf_bad_escape,
                "an IRI knows the escapes \\uXXXX and \\UXXXXXXXX only");
  }
  arena_.shrink(decoded, result.size);
  out = {decoded, result.size};
  if (find_iriref_fault(out) == kIriValid) return true;
  return fail(raw.data(), code::rdf_bad_iri,
              fmt::format("<{}> has an escape for a character that no IRI may have",
                          printable(raw, kShownBytes)),
              "percent-encode it");
}

// [141s] BLANK_NODE_LABEL; at '_'.
bool NTriplesParser::blank(TermView& out) {
  if (at_[1] != ':') return unexpected("_: and the label of a blank node");
  const char* begin = at_ + 2;
  const char* p = begin;
  const char* end = p;
  if (has_class(*p, kPnCharsU | kDigit)) {
    end = ++p;
  } else {
    end = p += pn_chars_base_size(p, end_);
  }
  while (p != begin) {
    if (const std::size_t size = pn_chars_size(p, end_); size != 0) {
      end = p += size;
    } else if (*p == '.') {
      ++p;
    } else {
      break;
    }
  }
  at_ = end;
  if (end == begin) return unexpected("the label of a blank node");
  if (begin[0] == '_' && begin[1] == '_') canonical_ = false;  // writers keep these for themselves
  out.kind = TermKind::blank;
  out.text = between(begin, end);
  if (!scope_.empty()) {
    char* made = arena_.allocate(scope_.size() + out.text.size());
    std::memcpy(made, scope_.data(), scope_.size());
    std::memcpy(made + scope_.size(), out.text.data(), out.text.size());
    out.text = {made, scope_.size() + out.text.size()};
  }
  return true;
}

// The first quote or line end. Notes what canonical form writes otherwise: escapes but for the
// short ones, controls, U+FFFE and U+FFFF.
const char* NTriplesParser::string_end(const char* begin, bool& escaped) {
  const char* at = scan_canonical_padded(begin);
  while (*at != '"' && !ends_line(*at)) {
    if (*at == '\\') {
      escaped = true;
      if (std::string_view("nrt\"\\bf").find(at[1]) == std::string_view::npos) canonical_ = false;
      // What follows the backslash is no end of the string, unless the line ends.
      at += ends_line(at[1]) ? 1 : 2;
    } else {
      const bool is_other_ef =
          *at == '\xEF' && (at[1] != '\xBF' || (static_cast<unsigned char>(at[2]) & 0xFE) != 0xBE);
      if (!is_other_ef) canonical_ = false;
      ++at;
    }
    at = scan_canonical_padded(at);
  }
  return at;
}

// [9] STRING_LITERAL_QUOTE with its suffix; at '"'.
bool NTriplesParser::literal(TermView& out) {
  const char* begin = at_ + 1;
  bool escaped = false;
  const char* close = string_end(begin, escaped);
  if (*close != '"') {
    return fail(at_, code::rdf_syntax, "this string is not closed on its line",
                "a line break inside a string is written \\n");
  }
  out.kind = TermKind::literal;
  out.text = between(begin, close);
  if (out.text.size() > max_literal_bytes_) {
    return fail(at_, code::limit_exceeded,
                fmt::format("a literal is longer than {} bytes (max-literal-bytes)",
                            with_separators(max_literal_bytes_)),
                "raise it with --limit max-literal-bytes=N");
  }
  if (escaped) {
    char* decoded = arena_.allocate(out.text.size());
    const Unescaped result = unescape_string(out.text, decoded);
    if (result.fault != kEscapesFine) {
      return fail(begin + result.fault, code::rdf_bad_escape,
                  fmt::format("'{}' is no escape",
                              printable(out.text.substr(result.fault, 2), kShownBytes)));
    }
    arena_.shrink(decoded, result.size);
    out.text = {decoded, result.size};
  }
  at_ = close + 1;
  return literal_suffix(out);
}

// ('^^' IRIREF | LANG_DIR)?
bool NTriplesParser::literal_suffix(TermView& out) {
  if (*at_ == ' ' && at_[1] != '@' && at_[1] != '^' && at_[1] > ' ') {
    out.datatype = xsd::kString;
    return true;
  }
  if (*at_ == ' ' || *at_ == '\t') {
    canonical_ = false;
    skip_blanks();
  }
  if (*at_ == '@') return language(out);
  if (*at_ != '^') {
    out.datatype = xsd::kString;
    return true;
  }
  if (at_[1] != '^') return unexpected("'^^'");
  at_ += 2;
  if (*at_ != '<') {
    canonical_ = false;
    skip_blanks();
  }
  if (*at_ != '<') return unexpected("the IRI of a datatype");
  const char* begin = at_;
  if (!iri(out.datatype)) return false;
  if (out.datatype == xsd::kString) canonical_ = false;
  if (out.datatype == rdf::kLangString || out.datatype == rdf::kDirLangString) {
    return fail(begin, code::rdf_bad_language_tag,
                "a literal of this datatype needs a language tag", "write \"text\"@en");
  }
  return true;
}

bool NTriplesParser::language(TermView& out) {
  const char* begin = at_ + 1;
  const char* p = begin;
  while (has_class(*p, kAlphanumeric) || *p == '-') ++p;
  const std::string_view text = between(begin, p);
  if (text == last_tag_ && !text.empty()) {
    out.language = text;
    out.datatype = rdf::kLangString;
    at_ = p;
    return true;
  }
  const auto tag = parse_language_tag(text);
  if (!tag) {
    return fail(begin, code::rdf_bad_language_tag,
                fmt::format("'@{}' is no language tag", printable(text, kShownBytes)));
  }
  at_ = p;
  out.language = tag->language;
  out.direction = tag->direction;
  out.datatype = tag->direction == Direction::none ? rdf::kLangString : rdf::kDirLangString;
  if (tag->direction == Direction::none && text.size() <= sizeof last_tag_bytes_) {
    std::memcpy(last_tag_bytes_, text.data(), text.size());
    last_tag_ = {last_tag_bytes_, text.size()};
  }
  return true;
}

// '<<(' ttSubject predicate ttObject ')>>'; triple terms nest in the object, so the open ones stand
// in a row.
bool NTriplesParser::triple_term(TermView& out) {
  canonical_ = false;
  open_triples_.clear();
  while (at_[0] == '<' && at_[1] == '<') {
    if (at_[2] != '(') {
      at_ += 2;
      return unexpected("'(' of a triple term, <<( s p o )>>");
    }
    if (open_triples_.size() == max_triple_depth_) {
      return fail(at_, code::limit_exceeded,
                  fmt::format("triple terms nest deeper than {} (max-triple-depth)",
                              with_separators(max_triple_depth_)),
                  "raise it with --limit max-triple-depth=N");
    }
    at_ += 3;
    TripleView& triple = open_triples_.emplace_back();
    skip_blanks();
    if (*at_ != '<' && *at_ != '_') return unexpected("a subject: <iri> or _:label");
    if (!subject(triple.subject)) return false;
    skip_blanks();
    if (!predicate(triple.predicate)) return false;
    skip_blanks();
  }
  if (!object(open_triples_.back().object)) return false;
  while (!open_triples_.empty()) {
    skip_blanks();
    if (at_[0] != ')' || at_[1] != '>' || at_[2] != '>') return unexpected("')>>'");
    at_ += 3;
    const TripleView* made = arena_.make(open_triples_.back());
    open_triples_.pop_back();
    TermView& into = open_triples_.empty() ? out : open_triples_.back().object;
    into.kind = TermKind::triple;
    into.triple = made;
  }
  return true;
}

// ---- faults

bool NTriplesParser::fail(const char* at, DiagnosticCode code, std::string message,
                          std::string hint) {
  fault_ = {code, at, std::move(message), std::move(hint)};
  return false;
}

bool NTriplesParser::unexpected(std::string_view wanted) {
  std::string found = "the end of the line";
  if (at_ < end_ && !ends_line(*at_)) {
    const CodePoint c = decode_utf8(between(at_, end_));
    found = fmt::format("'{}'", printable(between(at_, at_ + std::max<std::size_t>(c.size, 1))));
  }
  return fail(at_, code::rdf_syntax, fmt::format("found {}, wanted {}", found, wanted));
}

}  // namespace dossier
