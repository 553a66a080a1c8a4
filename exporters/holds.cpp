#include "exporters/holds.hpp"

#include "base/codes/exports.hpp"
#include "exporters/line_terms.hpp"
#include "exporters/refusal.hpp"
#include "exporters/xml_names.hpp"
#include "exporters/xml_text.hpp"
#include "graph/iri.hpp"

namespace dossier {
namespace {

// Calls `function` with each term that is no triple term, and whether it is a predicate, until it
// returns true.
template <class Function>
bool any_term(const StatementView& statement, Function&& function) {
  if (function(*statement.subject, false) || function(*statement.predicate, true)) return true;
  const TermView* at = statement.object;
  for (; at->kind == TermKind::triple; at = &at->triple->object) {
    if (function(at->triple->subject, false) || function(at->triple->predicate, true)) return true;
  }
  return function(*at, false) || (statement.graph != nullptr && function(*statement.graph, false));
}

bool lines_refuse(const StatementView& statement) {
  const auto is_bad = [](const TermView& term, bool predicate) {
    TextBuffer scratch;
    return (predicate && term.kind != TermKind::iri) || !write_plain_term(scratch, term);
  };
  const auto is_resource = [](const TermView& term) {
    return term.kind == TermKind::iri || term.kind == TermKind::blank;
  };
  if (any_term(statement, is_bad) || !is_resource(*statement.subject)) return true;
  for (const TermView* at = statement.object; at->kind == TermKind::triple;
       at = &at->triple->object) {
    if (!is_resource(at->triple->subject)) return true;
  }
  return statement.graph != nullptr && !is_resource(*statement.graph);
}

std::optional<Error> refused_by_xml(const StatementView& statement) {
  const bool no_name = any_term(statement, [](const TermView& term, bool predicate) {
    return predicate && local_name_start(term.text) == term.text.size();
  });
  if (no_name) {
    return refusal(statement, code::export_predicate_name,
                   "the predicate does not end in an XML name");
  }
  const auto has_bad_character = [](std::string_view text) {
    TextBuffer scratch;
    return append_xml(scratch, text, XmlContext::attribute) > 0;
  };
  const bool no_xml = any_term(statement, [&](const TermView& term, bool) {
    return term.kind != TermKind::blank &&
           (has_bad_character(term.text) || has_bad_character(term.datatype));
  });
  if (!no_xml) return std::nullopt;
  return refusal(statement, code::export_character, "XML 1.0 cannot hold a character of it");
}

std::optional<Error> refused_by_json(const StatementView& statement) {
  if (statement.object->kind == TermKind::triple) {
    return refusal(statement, code::export_term, "JSON-LD 1.1 has no triple terms");
  }
  const bool bad_iri = any_term(statement, [](const TermView& term, bool) {
    if (term.kind == TermKind::literal) return find_iri_fault(term.datatype) != kIriValid;
    return term.kind == TermKind::iri && find_iri_fault(term.text) != kIriValid;
  });
  if (!bad_iri) return std::nullopt;
  return refusal(statement, code::export_term,
                 "an IRI breaks RFC 3987, and readers of JSON-LD leave out what names it");
}

}  // namespace

std::optional<Error> refused_by(Format format, const StatementView& statement) {
  if (statement.graph != nullptr && !info(format).holds_graphs) {
    return refusal(statement, code::export_named_graph, "the statement stands in a named graph");
  }
  if (lines_refuse(statement)) return term_refusal(statement);
  if (format == Format::rdfxml) return refused_by_xml(statement);
  if (format == Format::jsonld) return refused_by_json(statement);
  return std::nullopt;
}

}  // namespace dossier
