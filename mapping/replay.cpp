#include "mapping/replay.hpp"

#include <algorithm>

#include "mapping/term_maker.hpp"

namespace dossier {
namespace {

// Terms as owned texts, to be compared with those of a graph.
struct OwnedTerm {
  TermKind kind = TermKind::iri;
  std::string text;
};

class OwnedBackend {
 public:
  using Cell = OwnedTerm;
  Cell iri(std::string_view text) { return {TermKind::iri, std::string(text)}; }
  Cell unsafe_iri(std::string_view text) { return iri(text); }
  Cell blank(std::string_view label) { return {TermKind::blank, std::string(label)}; }
  Cell literal(const TermPlan&, std::string_view text) {
    return {TermKind::literal, std::string(text)};
  }
  Cell typed_literal(std::string_view text, std::string_view) {
    return {TermKind::literal, std::string(text)};
  }
  Cell language_literal(std::string_view text, std::string_view) {
    return {TermKind::literal, std::string(text)};
  }
};

bool gives(const TermPlan& term, std::span<const Value> row, std::uint64_t offset,
           const TermView& wanted) {
  if (term.compound != Compound::none) return false;
  OwnedBackend backend;
  BlockCounts counts;
  TermMaker<OwnedBackend> maker(backend, counts);
  bool found = false;
  maker.make(term, row, offset, [&](const OwnedTerm& made) {
    found = found || (made.kind == wanted.kind && made.text == wanted.text);
  });
  return found;
}

void add_slots(const TermPlan& term, std::vector<std::uint32_t>& out) {
  add_slots(term.pieces, out);
  add_slots(term.datatype_pieces, out);
  add_slots(term.language_pieces, out);
}

}  // namespace

std::vector<std::uint32_t> slots_of_statement(const Plan& plan, const MapPlan& map,
                                              std::span<const Value> row, std::uint64_t offset,
                                              const Graph& graph, std::size_t position) {
  const Statement& statement = graph.statements()[position];
  std::vector<std::uint32_t> exact;
  std::vector<std::uint32_t> loose;  // identity judgements may have renamed subject or object
  for (const StatementPlan& each : map.statements) {
    if (!gives(map.terms[each.predicate], row, offset, graph.term(statement.predicate))) continue;
    std::vector<std::uint32_t> slots;
    bool is_exact = false;
    if (each.join != StatementPlan::kNone) {
      for (const TermPlan& key : plan.joins[each.join].keys) add_slots(key, slots);
      is_exact = graph.term(statement.object).kind != TermKind::literal;
    } else {
      const TermId object = each.inverse ? statement.subject : statement.object;
      add_slots(map.terms[each.object], slots);
      is_exact = gives(map.terms[each.object], row, offset, graph.term(object));
    }
    if (slots.empty()) add_slots(map.terms[map.subject], slots);
    std::vector<std::uint32_t>& into = is_exact ? exact : loose;
    for (const std::uint32_t slot : slots) {
      if (std::ranges::find(into, slot) == into.end()) into.push_back(slot);
    }
  }
  return exact.empty() ? loose : exact;
}

}  // namespace dossier
