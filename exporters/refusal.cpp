#include "exporters/refusal.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/exports.hpp"
#include "base/text.hpp"
#include "exporters/line_terms.hpp"

namespace dossier {
namespace {

// Calls `use` with the statement by its terms.
template <class Use>
auto with_view(const Graph& graph, const Statement& statement, Use use) {
  const TermView subject = graph.term(statement.subject);
  const TermView predicate = graph.term(statement.predicate);
  const TermView object = graph.term(statement.object);
  const TermView name = statement.graph ? graph.term(statement.graph) : TermView{};
  return use(StatementView{&subject, &predicate, &object, statement.graph ? &name : nullptr});
}

Place place_of(const Graph& graph, const Statement& statement) {
  const std::span<const Statement> all = graph.about(statement.subject);
  const auto found = std::ranges::lower_bound(all, statement);
  if (found == all.end() || *found != statement) return {};
  const std::span<const EvidenceId> evidence = graph.evidence_of(graph.position(*found));
  if (evidence.empty()) return {};
  const EvidenceRow& row = graph.evidence(evidence.front());
  if (!row.source) return {};
  return {.file = graph.sources()[row.source.index()].path,
          .locator = fmt::format("byte {}", row.offset)};
}

bool holds_bad_iri(const TermView& term) {
  const auto bad = [](std::string_view iri) {
    TextBuffer scratch;
    return !write_iri(scratch, iri);
  };
  for (const TermView* at = &term;; at = &at->triple->object) {
    if (at->kind == TermKind::iri) return bad(at->text);
    if (at->kind == TermKind::literal) return at->language.empty() && bad(at->datatype);
    if (at->kind == TermKind::blank) return false;
    if (holds_bad_iri(at->triple->subject) || holds_bad_iri(at->triple->predicate)) return true;
  }
}

std::string_view reason(const StatementView& statement) {
  for (const TermView* term :
       {statement.subject, statement.predicate, statement.object, statement.graph}) {
    if (term != nullptr && holds_bad_iri(*term)) return "an IRI has characters that no IRI has";
  }
  return "a language tag is none, or a term stands where RDF has no room for it";
}

}  // namespace

std::string to_string(const StatementView& statement) {
  std::string out = fmt::format("{} {} {}", to_string(*statement.subject),
                                to_string(*statement.predicate), to_string(*statement.object));
  if (statement.graph != nullptr) out += " " + to_string(*statement.graph);
  return printable(out, 400) + " .";
}

Error refusal(const StatementView& statement, DiagnosticCode code, std::string_view why) {
  return make_diagnostic(code, {}, fmt::format("cannot write {}: {}", to_string(statement), why));
}

Error refusal(const Graph& graph, const Statement& statement, DiagnosticCode code,
              std::string_view why) {
  Error error = with_view(graph, statement,
                          [&](const StatementView& view) { return refusal(view, code, why); });
  error.place = place_of(graph, statement);
  return error;
}

Error term_refusal(const StatementView& statement) {
  return refusal(statement, code::export_term, reason(statement));
}

Error term_refusal(const Graph& graph, const Statement& statement) {
  const std::string_view why = with_view(graph, statement, reason);
  return refusal(graph, statement, code::export_term, why);
}

}  // namespace dossier
