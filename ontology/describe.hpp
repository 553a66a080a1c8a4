// Findings in words: what was found, what was wanted, and what may help. Cold path, for the
// findings that a report shows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "graph/prefixes.hpp"
#include "ontology/finding.hpp"

namespace dossier {

struct FindingText {
  std::string message;  // one line
  std::string hint;     // may be empty
};

class Describer {
 public:
  // `language`: a tag, of the messages of shapes.
  Describer(const Findings& findings, const Prefixes& prefixes, std::string_view language = "en")
      : findings_(findings), prefixes_(prefixes), language_(to_lower_ascii(language)) {}

  // The message of the shape where there is one, placeholders filled ({$this}, {?value},
  // {$minCount}), else our own. Of several: in the language or one of its kind (en-GB for en), in
  // English, without a language, the first by its text.
  FindingText describe(const Finding& finding) const;
  // What the rule checks: "dos:owner has at least 1 value", "domain of dos:owner".
  std::string rule_text(const CheckRule& rule) const;
  // Of the shape or of the ontology: "shape dsh:Ownership", "ontology".
  std::string rule_origin(const CheckRule& rule) const;

  std::string term(TermId id) const;
  // The path of a finding; empty when there is none.
  std::string path(const Finding& finding) const;
  // The predicate where the path is one, as an IRI; empty otherwise.
  std::string path_iri(const Finding& finding) const;
  // The class of the focus node that its asserted types begin with; "no class".
  std::string class_of(TypeSet types) const;

 private:
  std::string shape_message(const CheckRule& rule) const;
  std::optional<std::string> placeholder(std::string_view name, const Finding& finding) const;
  FindingText constraint_message(const Finding& finding) const;
  std::string list_message(const Finding& finding, const Constraint& constraint,
                           const std::string& subject) const;
  FindingText check_message(const Finding& finding) const;
  // Recursion goes along shapes without a name, to a small fixed depth.
  std::string wanted(const Constraint& constraint, std::size_t depth = 0) const;
  std::string shape_text(ShapeId id, std::size_t depth) const;
  std::string shape_term(TermId id) const;
  std::string short_iri(std::string_view iri) const { return prefixes_.shorten(iri); }
  const Constraint& constraint_of(const CheckRule& rule) const;

  const Findings& findings_;
  const Prefixes& prefixes_;
  std::string language_;
};

}  // namespace dossier
