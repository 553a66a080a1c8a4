#include "graph/term.hpp"

#include <fmt/format.h>

#include "graph/vocabulary.hpp"

namespace dossier {

TermView iri_view(std::string_view iri) {
  return {.kind = TermKind::iri, .text = iri};
}

TermView blank_view(std::string_view label) {
  return {.kind = TermKind::blank, .text = label};
}

TermView literal_view(std::string_view lexical) {
  return literal_view(lexical, xsd::kString);
}

TermView literal_view(std::string_view lexical, std::string_view datatype) {
  return {.kind = TermKind::literal, .text = lexical, .datatype = datatype};
}

TermView language_view(std::string_view lexical, std::string_view language, Direction direction) {
  return {.kind = TermKind::literal,
          .direction = direction,
          .text = lexical,
          .datatype = direction == Direction::none ? rdf::kLangString : rdf::kDirLangString,
          .language = language};
}

bool operator==(const TermView& a, const TermView& b) {
  if (a.kind != b.kind) return false;
  if (a.kind == TermKind::triple) {
    return a.triple->subject == b.triple->subject && a.triple->predicate == b.triple->predicate &&
           a.triple->object == b.triple->object;
  }
  return a.text == b.text && a.datatype == b.datatype && a.language == b.language &&
         a.direction == b.direction;
}

namespace {

// STRING_LITERAL_QUOTE in canonical form (RDF 1.2 N-Triples, section 6).
std::string quoted(std::string_view text) {
  constexpr std::string_view kEscaped = "\b\t\n\f\r\"\\";
  constexpr std::string_view kLetters = "btnfr\"\\";
  std::string out = "\"";
  for (const char c : text) {
    const std::size_t at = kEscaped.find(c);
    if (at != std::string_view::npos) {
      out.append(1, '\\').append(1, kLetters[at]);
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace

// Recursion is bounded by Limits::max_triple_depth, which readers keep.
std::string to_string(const TermView& term) {
  switch (term.kind) {
    case TermKind::iri:
      return fmt::format("<{}>", term.text);
    case TermKind::blank:
      return fmt::format("_:{}", term.text);
    case TermKind::literal: {
      std::string out = quoted(term.text);
      if (!term.language.empty()) {
        out += fmt::format("@{}", term.language);
        if (term.direction != Direction::none) {
          out += term.direction == Direction::ltr ? "--ltr" : "--rtl";
        }
      } else if (term.datatype != xsd::kString) {
        out += fmt::format("^^<{}>", term.datatype);
      }
      return out;
    }
    case TermKind::triple:
      return fmt::format("<<( {} {} {} )>>", to_string(term.triple->subject),
                         to_string(term.triple->predicate), to_string(term.triple->object));
  }
  return {};
}

}  // namespace dossier
