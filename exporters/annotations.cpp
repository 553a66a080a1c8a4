#include "exporters/annotations.hpp"

#include <algorithm>

#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

Statement asserted_by(const Graph& graph, const Statement& reifies) {
  Statement asserted = graph.triple(reifies.object);
  asserted.graph = reifies.graph;
  return asserted;
}

}  // namespace

// Left alone are reifiers that stand in place as [ ] (they have no name, and their place is taken),
// nameless ones of several asserted triples, and triples that are themselves such a statement.
Annotations::Annotations(const Graph& graph, const WriteOrder& order, const Nesting& nesting)
    : graph_(&graph), reifies_(graph.find_iri(rdf::kReifies)) {
  if (!reifies_ || graph.term_count(TermKind::triple) == 0) return;
  std::vector<unsigned> uses(graph.term_count(TermKind::blank), 0);
  for (const Statement& s : graph.with_predicate(reifies_)) {
    if (!s.object.is_triple() || nesting.is_nested(s.subject)) continue;
    const Statement asserted = asserted_by(graph, s);
    if (asserted.predicate == reifies_ || !graph.contains(asserted)) continue;
    if (s.subject.is_blank()) ++uses[s.subject.index()];
    entries_.push_back({asserted, s.subject});
  }
  std::erase_if(entries_, [&](const Entry& each) {
    return nesting.is_anonymous(each.reifier) && uses[each.reifier.index()] > 1;
  });
  std::ranges::sort(entries_, [&](const Entry& a, const Entry& b) {
    if (a.asserted != b.asserted) return a.asserted < b.asserted;
    return order.compare(a.reifier, b.reifier) < 0;
  });
  blocks_.assign(uses.size(), false);
  for (const Entry& each : entries_) {
    if (nesting.is_anonymous(each.reifier)) blocks_[each.reifier.index()] = true;
  }
}

std::span<const Annotations::Entry> Annotations::of(const Statement& asserted) const {
  const auto found = std::ranges::equal_range(entries_, asserted, {}, &Entry::asserted);
  return {found.begin(), found.end()};
}

bool Annotations::is_absorbed(const Statement& statement) const {
  if (empty() || statement.predicate != reifies_ || !statement.object.is_triple()) return false;
  return std::ranges::any_of(of(asserted_by(*graph_, statement)),
                             [&](const Entry& each) { return each.reifier == statement.subject; });
}

bool Annotations::hides(TermId subject, std::span<const Statement> statements) const {
  if (empty()) return false;
  return is_block(subject) ||
         std::ranges::all_of(statements, [this](const Statement& s) { return is_absorbed(s); });
}

}  // namespace dossier
