#include "exporters/nesting.hpp"

#include <algorithm>

#include "base/release.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

constexpr std::uint32_t kUnused = 0xFFFF'FFFF;
constexpr std::uint32_t kSeveral = 0xFFFF'FFFE;

}  // namespace

Nesting::Nesting(const Graph& graph, const WriteOrder& order, bool nest, bool typed_lists)
    : graph_(graph),
      shapes_(graph.term_count(TermKind::blank), Shape::labelled),
      typed_lists_(typed_lists) {
  if (!nest) return;
  first_ = graph.find_iri(rdf::kFirst);
  rest_ = graph.find_iri(rdf::kRest);
  nil_ = graph.find_iri(rdf::kNil);
  if (shapes_.empty()) return;
  count_references();
  choose_shapes();
  break_cycles(order);
  find_lists();
  release(references_);
}

void Nesting::count_references() {
  references_.assign(shapes_.size(), kUnused);
  const std::span<const Statement> all = graph_.statements();
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (all[i].object.is_blank()) {
      std::uint32_t& reference = references_[all[i].object.index()];
      reference = reference == kUnused ? i : kSeveral;
    }
    if (all[i].graph.is_blank()) references_[all[i].graph.index()] = kSeveral;
  }
  for (std::uint32_t i = 0; i < graph_.term_count(TermKind::triple); ++i) {
    const Statement parts = graph_.triple(TermId(TermKind::triple, i));
    for (const TermId part : {parts.subject, parts.object}) {
      if (part.is_blank()) references_[part.index()] = kSeveral;
    }
  }
}

void Nesting::choose_shapes() {
  for (std::uint32_t i = 0; i < shapes_.size(); ++i) {
    const std::uint32_t reference = references_[i];
    if (reference == kSeveral) continue;
    const std::span<const Statement> about = graph_.about(TermId(TermKind::blank, i));
    if (reference == kUnused && about.empty()) continue;
    const TermId name = (reference == kUnused ? about[0] : graph_.statements()[reference]).graph;
    if (!std::ranges::all_of(about, [&](const Statement& s) { return s.graph == name; })) continue;
    shapes_[i] = reference == kUnused ? Shape::anonymous : Shape::nested;
  }
}

// Each nested node has one parent: walk up from each until known ground; a walk that meets itself
// has found a cycle, and the node of it that comes first in the order of output keeps its label.
void Nesting::break_cycles(const WriteOrder& order) {
  enum class Seen : std::uint8_t { no, now, before };
  std::vector<Seen> seen(shapes_.size(), Seen::no);
  std::vector<TermId> path;
  for (std::uint32_t i = 0; i < shapes_.size(); ++i) {
    path.clear();
    TermId at(TermKind::blank, i);
    while (is_nested(at) && seen[at.index()] == Seen::no) {
      seen[at.index()] = Seen::now;
      path.push_back(at);
      at = parent(at);
    }
    if (is_nested(at) && seen[at.index()] == Seen::now) {
      const auto cycle = std::ranges::find(path, at);
      const TermId head = *std::min_element(
          cycle, path.end(), [&](TermId a, TermId b) { return order.compare(a, b) < 0; });
      shapes_[head.index()] = Shape::labelled;
    }
    for (const TermId each : path) seen[each.index()] = Seen::before;
  }
}

// Exactly one rdf:first and one rdf:rest; they stand in this order.
bool Nesting::is_cell(TermId blank) const {
  const std::span<const Statement> about = graph_.about(blank);
  if (about.size() < 2 || about[0].predicate != first_ || about[1].predicate != rest_) return false;
  if (about.size() == 2) return true;
  return typed_lists_ && about.size() == 3 && about[2].predicate == graph_.rdf_type() &&
         graph_.text(about[2].object) == rdf::kList;
}

// From the ends of lists back to their heads.
void Nesting::find_lists() {
  if (!first_ || !rest_ || !nil_) return;
  for (const Statement& end : graph_.with_object(rest_, nil_)) {
    for (TermId cell = end.subject; is_nested(cell) && is_cell(cell); cell = parent(cell)) {
      shapes_[cell.index()] = Shape::list;
      if (graph_.statements()[references_[cell.index()]].predicate != rest_) break;
    }
  }
}

}  // namespace dossier
