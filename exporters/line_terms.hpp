// Terms in the canonical N-Triples form of RDF 1.2, by text. `Target` gives room and takes the new
// end: a TextBuffer, or a ByteSink through SinkTarget. Long texts go through in pieces, so that a
// literal of any size needs no more room than kPiece asks for. The functions return false when the
// syntax cannot hold the term; what has been written then is of no use.
#pragma once

#include <string_view>

#include "base/output.hpp"
#include "base/text.hpp"
#include "exporters/escape.hpp"
#include "exporters/names.hpp"
#include "exporters/text_buffer.hpp"
#include "graph/language_tag.hpp"
#include "graph/term.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {

class SinkTarget {
 public:
  explicit SinkTarget(ByteSink& sink) : sink_(sink) {}
  char* room(std::size_t size) { return start_ = sink_.reserve(size); }
  void commit(char* end) { sink_.advance(static_cast<std::size_t>(end - start_)); }
  void append(std::string_view text) { sink_.append(text); }

 private:
  ByteSink& sink_;
  char* start_ = nullptr;
};

inline constexpr std::size_t kPiece = 8192;
static_assert(kPiece * kMaxEscapedPerByte + 64 <= ByteSink::kMaxReserve);

// [8] IRIREF
template <class Target>
bool write_iri(Target& out, std::string_view iri) {
  if (iri.size() <= kPiece) {
    char* to = out.room(iri.size() + 24);
    *to++ = '<';
    to = copy_iri(to, iri);
    if (to == nullptr) return false;
    *to++ = '>';
    out.commit(to);
    return true;
  }
  out.append("<");
  while (!iri.empty()) {
    const std::size_t size = piece_size(iri, kPiece);
    char* to = copy_iri(out.room(size + 16), iri.substr(0, size));
    if (to == nullptr) return false;
    out.commit(to);
    iri.remove_prefix(size);
  }
  out.append(">");
  return true;
}

// [141s] BLANK_NODE_LABEL; labels that the grammar does not have are encoded.
template <class Target>
void write_blank(Target& out, std::string_view label) {
  out.append("_:");
  if (is_plain_blank_label(label)) {
    out.append(label);
  } else {
    out.append(encoded_blank_label(label));
  }
}

// `text` between two `quote`s, escaped by `escape`.
template <class Target, class Escape>
void write_between(Target& out, std::string_view quote, std::string_view text, Escape escape) {
  if (text.size() <= kPiece) {
    char* to = copy_text(out.room(text.size() * kMaxEscapedPerByte + 8), quote);
    out.commit(copy_text(escape(to, text), quote));
    return;
  }
  out.append(quote);
  while (!text.empty()) {
    const std::size_t size = piece_size(text, kPiece);
    out.commit(escape(out.room(size * kMaxEscapedPerByte), text.substr(0, size)));
    text.remove_prefix(size);
  }
  out.append(quote);
}

// [9] STRING_LITERAL_QUOTE
template <class Target>
void write_quoted(Target& out, std::string_view text) {
  write_between(out, "\"", text, escape_string);
}

// [25] STRING_LITERAL_LONG_QUOTE of Turtle
template <class Target>
void write_long_quoted(Target& out, std::string_view text) {
  write_between(out, "\"\"\"", text, escape_long_string);
}

// What stands behind the quotes: nothing, "@en", "@en--ltr", "^^<...>".
template <class Target>
bool write_literal_type(Target& out, std::string_view datatype, std::string_view language,
                        Direction direction, bool lower_case = false) {
  if (!language.empty()) {
    if (!is_language_tag(language)) return false;
    out.append("@");
    out.append(lower_case ? std::string_view(to_lower_ascii(language)) : language);
    if (direction != Direction::none) out.append(direction == Direction::ltr ? "--ltr" : "--rtl");
    return true;
  }
  if (datatype == xsd::kString) return true;
  out.append("^^");
  return write_iri(out, datatype);
}

// A term that is no triple term.
template <class Target>
bool write_plain_term(Target& out, const TermView& term, bool lower_case = false) {
  switch (term.kind) {
    case TermKind::iri:
      return write_iri(out, term.text);
    case TermKind::blank:
      write_blank(out, term.text);
      return true;
    case TermKind::literal:
      write_quoted(out, term.text);
      return write_literal_type(out, term.datatype, term.language, term.direction, lower_case);
    case TermKind::triple:
      break;
  }
  return false;
}

// Any term; `lower_case` is for language tags. Triple terms nest in the object only, so a counter
// is all the stack that is needed.
template <class Target>
bool write_term(Target& out, const TermView& term, bool lower_case = false) {
  std::size_t open = 0;
  const TermView* at = &term;
  for (; at->kind == TermKind::triple; at = &at->triple->object, ++open) {
    out.append("<<( ");
    if (!write_plain_term(out, at->triple->subject)) return false;
    out.append(" ");
    if (!write_plain_term(out, at->triple->predicate)) return false;
    out.append(" ");
  }
  if (!write_plain_term(out, *at, lower_case)) return false;
  for (; open > 0; --open) out.append(" )>>");
  return true;
}

}  // namespace dossier
