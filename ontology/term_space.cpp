#include "ontology/term_space.hpp"

namespace dossier {

TermSpace::TermSpace(const Graph& graph) : graph_(&graph) {
  for (std::size_t kind = 0; kind < 4; ++kind) {
    counts_[kind] = static_cast<std::uint32_t>(graph.term_count(static_cast<TermKind>(kind)));
  }
}

TermId TermSpace::adopt(const TermView& term) {
  if (const TermId found = graph_->find(term)) return found;
  // A triple term that the graph does not hold equals nothing in it; its text stands for it.
  if (term.kind == TermKind::triple) return adopt(literal_view(to_string(term)));
  return added(extra_.intern(term));
}

TermView TermSpace::view(TermId id) const {
  if (!is_added(id)) return graph_->term(id);
  const TermRecord& record =
      extra_.record({id.kind(), id.index() - counts_[static_cast<std::size_t>(id.kind())]});
  TermView view{.kind = id.kind(), .text = record.text()};
  if (id.is_literal()) {
    const LiteralType& type = extra_.literal_types()[record.type];
    view.datatype = type.datatype;
    view.language = type.language;
    view.direction = type.direction;
  }
  return view;
}

TermId adopt(TermSpace& space, const Graph& from, TermId id) {
  if (!id || &from == &space.graph()) return id;
  if (id.is_blank()) return space.adopt_foreign_blank(from.text(id));
  return space.adopt(from.term(id));
}

}  // namespace dossier
