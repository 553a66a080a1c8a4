// Why a statement was inferred: `premises_of` of inference.hpp. Cold path.
#include <algorithm>
#include <map>

#include "graph/vocabulary.hpp"
#include "ontology/direct.hpp"
#include "ontology/inference.hpp"

namespace dossier {
namespace {

Statement at(const Premise& premise, const Inference& inference, const Graph& graph) {
  return premise.is_inferred() ? inference.statements()[premise.number()].statement
                               : graph.statements()[premise.number()];
}

// Breadth first along asserted and inferred statements other than transitive ones.
std::vector<Statement> shortest_way(const Statement& wanted, const Inference& inference,
                                    const Graph& graph) {
  std::multimap<TermId, Statement> steps;
  for (const Statement& each : graph.with_predicate(wanted.predicate)) {
    steps.emplace(each.subject, each);
  }
  for (const InferredStatement& each : inference.statements()) {
    if (each.statement.predicate == wanted.predicate && each.rule != InferenceRule::transitive) {
      steps.emplace(each.statement.subject, each.statement);
    }
  }
  std::map<TermId, Statement> reached_by;
  std::vector<TermId> queue{wanted.subject};
  for (std::size_t i = 0; i < queue.size() && !reached_by.contains(wanted.object); ++i) {
    const auto [first, last] = steps.equal_range(queue[i]);
    for (auto step = first; step != last; ++step) {
      if (reached_by.emplace(step->second.object, step->second).second) {
        queue.push_back(step->second.object);
      }
    }
  }
  std::vector<Statement> way;
  TermId here = wanted.object;
  while (reached_by.contains(here) && way.size() <= steps.size()) {
    way.push_back(reached_by.at(here));
    here = way.back().subject;
    if (here == wanted.subject) break;
  }
  std::ranges::reverse(way);
  return way;
}

}  // namespace

std::vector<Statement> premises_of(const InferredStatement& statement, const Inference& inference,
                                   const Graph& graph, const Ontology& ontology) {
  if (statement.rule == InferenceRule::transitive) {
    return shortest_way(statement.statement, inference, graph);
  }
  if (statement.rule == InferenceRule::direct) {
    return ends_behind(statement.statement, ontology, graph);
  }
  std::vector<Statement> out;
  for (const Premise& each : statement.premises) {
    if (!each.none()) out.push_back(at(each, inference, graph));
  }
  if (statement.rule == InferenceRule::same_as) {
    const Statement& from = out.front();
    const Statement& to = statement.statement;
    const bool of_subject = from.subject != to.subject;
    out.push_back({of_subject ? from.subject : from.object, graph.find_iri(owl::kSameAs),
                   of_subject ? to.subject : to.object});
  }
  return out;
}

}  // namespace dossier
