#include "graph/statement_writer.hpp"

#include <fmt/format.h>

#include "graph/vocabulary.hpp"

namespace dossier {

OwnedTerm OwnedTerm::literal(std::string_view text) {
  return literal(text, xsd::kString);
}

OwnedTerm OwnedTerm::integer(std::uint64_t number) {
  return literal(fmt::format("{}", number), xsd::kInteger);
}

OwnedTerm OwnedTerm::truth(bool value) {
  return literal(value ? "true" : "false", xsd::kBoolean);
}

OwnedTerm OwnedTerm::in_language(std::string_view text, std::string_view language) {
  if (language.empty()) return literal(text);
  return {TermKind::literal, std::string(text), std::string(rdf::kLangString),
          std::string(language)};
}

TermView OwnedTerm::view() const {
  return {.kind = kind, .text = text, .datatype = datatype, .language = language};
}

void StatementWriter::say(const OwnedTerm& subject, std::string_view predicate,
                          const OwnedTerm& object) {
  const TermView s = subject.view();
  const TermView p = iri_view(predicate);
  const TermView o = object.view();
  sink_.statement({.subject = &s, .predicate = &p, .object = &o, .offset = offset_});
}

void StatementWriter::list(const OwnedTerm& subject, std::string_view predicate,
                           std::span<const OwnedTerm> members, std::string_view label) {
  const auto node = [&](std::size_t i) {
    return i < members.size() ? OwnedTerm::blank(fmt::format("{}_{}", label, i))
                              : OwnedTerm::iri(rdf::kNil);
  };
  say(subject, predicate, node(0));
  for (std::size_t i = 0; i < members.size(); ++i) {
    say(node(i), rdf::kFirst, members[i]);
    say(node(i), rdf::kRest, node(i + 1));
  }
}

std::string blank_label(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    out += plain ? std::string(1, c) : fmt::format("-{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace dossier
