#include "ontology/lists.hpp"

#include <unordered_set>

namespace dossier {

std::optional<std::vector<TermId>> read_list(const Graph& graph, const Names& names, TermId head) {
  std::vector<TermId> members;
  std::unordered_set<TermId> seen;
  while (head != names[Name::rdf_nil] || !head) {
    if (!head || !head.is_resource() || !seen.insert(head).second) return std::nullopt;
    const auto first = graph.about(head, names[Name::rdf_first]);
    const auto rest = graph.about(head, names[Name::rdf_rest]);
    if (first.size() != 1 || rest.size() != 1) return std::nullopt;
    members.push_back(first.front().object);
    head = rest.front().object;
  }
  return members;
}

}  // namespace dossier
