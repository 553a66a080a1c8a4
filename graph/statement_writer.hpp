// Statements said by hand, for what makes a small graph and has no reader: schema files and
// generators. Terms go out as they are said; blank nodes are named by the caller, from content.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/statement.hpp"

namespace dossier {

// A term by its own texts.
struct OwnedTerm {
  TermKind kind = TermKind::iri;
  std::string text;
  std::string datatype;  // of literals
  std::string language;

  static OwnedTerm iri(std::string_view iri) { return {TermKind::iri, std::string(iri), {}, {}}; }
  static OwnedTerm blank(std::string_view label) {
    return {TermKind::blank, std::string(label), {}, {}};
  }
  static OwnedTerm literal(std::string_view text);  // xsd:string
  static OwnedTerm literal(std::string_view text, std::string_view datatype) {
    return {TermKind::literal, std::string(text), std::string(datatype), {}};
  }
  static OwnedTerm integer(std::uint64_t number);
  static OwnedTerm truth(bool value);
  static OwnedTerm in_language(std::string_view text, std::string_view language);

  TermView view() const;
  friend auto operator<=>(const OwnedTerm&, const OwnedTerm&) = default;
};

class StatementWriter {
 public:
  explicit StatementWriter(StatementSinkRef sink) : sink_(sink) {}

  // The place of what is said from now on, as a byte offset in the source.
  void at(std::uint64_t offset) { offset_ = offset; }

  void say(const OwnedTerm& subject, std::string_view predicate, const OwnedTerm& object);
  void type(const OwnedTerm& subject, std::string_view cls) {
    say(subject, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", OwnedTerm::iri(cls));
  }
  // An RDF list with nodes named LABEL_0, LABEL_1 ...; the empty list is rdf:nil.
  void list(const OwnedTerm& subject, std::string_view predicate,
            std::span<const OwnedTerm> members, std::string_view label);

 private:
  StatementSinkRef sink_;
  std::uint64_t offset_ = 0;
};

// A blank node label made of `text`: letters and digits stay, other bytes become -XX, so that
// labels joined with _ stay apart.
std::string blank_label(std::string_view text);

}  // namespace dossier
