// Which things reify a statement of a graph (RDF 1.2: _:r rdf:reifies <<( s p o )>>). 16 bytes for
// each such statement; immutable once made.
#pragma once

#include <algorithm>
#include <span>
#include <tuple>
#include <vector>

#include "graph/graph.hpp"

namespace dossier {

class Reifiers {
 public:
  struct Row {
    TermId subject, predicate, object;
    TermId reifier;
    friend auto operator<=>(const Row&, const Row&) = default;
  };

  Reifiers() = default;
  // `reifies` is none when the graph does not hold the term.
  Reifiers(const Graph& graph, TermId reifies) {
    for (const Statement& each : graph.with_predicate(reifies)) {
      if (!each.object.is_triple()) continue;
      const Statement quoted = graph.triple(each.object);
      rows_.push_back({quoted.subject, quoted.predicate, quoted.object, each.subject});
    }
    std::ranges::sort(rows_);
    const auto repeats = std::ranges::unique(rows_);
    rows_.erase(repeats.begin(), repeats.end());
  }

  std::span<const Row> of(TermId subject, TermId predicate, TermId object) const {
    const auto statement = [](const Row& row) {
      return std::tuple(row.subject, row.predicate, row.object);
    };
    return std::ranges::equal_range(rows_, std::tuple(subject, predicate, object), {}, statement);
  }

 private:
  std::vector<Row> rows_;  // sorted
};

}  // namespace dossier
