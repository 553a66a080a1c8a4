#include "ontology/place.hpp"

namespace dossier {

Place source_of(const Graph& graph, std::size_t position) {
  if (position >= graph.size()) return {};
  for (const EvidenceId id : graph.evidence_of(position)) {
    const SourceId source = graph.evidence(id).source;
    if (source) return {.file = graph.sources()[source.index()].path};
  }
  return {};
}

}  // namespace dossier
