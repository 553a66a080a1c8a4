#include "exporters/write_order.hpp"

#include <algorithm>

namespace dossier {

std::strong_ordering WriteOrder::compare(TermId a, TermId b) const {
  while (a != b && a.is_triple() && b.is_triple()) {
    const Statement x = graph_.triple(a);
    const Statement y = graph_.triple(b);
    if (x.subject != y.subject) return compare(x.subject, y.subject);  // subjects are resources
    if (x.predicate != y.predicate) return x.predicate <=> y.predicate;
    a = x.object;
    b = y.object;
  }
  if (a.is_blank() && b.is_blank() && by_content_) {
    return labels_.rank[a.index()] <=> labels_.rank[b.index()];
  }
  return a <=> b;
}

bool WriteOrder::less(const Statement& a, const Statement& b) const {
  if (const auto c = compare(a.subject, b.subject); c != 0) return c < 0;
  if (const auto c = a.predicate <=> b.predicate; c != 0) return c < 0;
  if (const auto c = compare(a.object, b.object); c != 0) return c < 0;
  if (!a.graph || !b.graph) return !a.graph && b.graph;
  return compare(a.graph, b.graph) < 0;
}

std::span<const Statement> WriteOrder::sorted(std::span<const Statement> statements,
                                              std::vector<Statement>& scratch) const {
  if (!by_content_) return statements;
  const auto moves = [](const Statement& s) {
    return s.object.is_blank() || s.object.is_triple() || s.graph.is_blank();
  };
  if (std::ranges::count_if(statements, moves) < 2) return statements;
  scratch.assign(statements.begin(), statements.end());
  std::ranges::sort(scratch, [&](const Statement& a, const Statement& b) { return less(a, b); });
  return scratch;
}

}  // namespace dossier
