#include "ontology/direct.hpp"

#include <algorithm>

#include "graph/prefixes.hpp"

namespace dossier {
namespace {

struct DirectLink {
  TermId source_end;
  TermId target_end;
  TermId forward;                // may be none
  std::vector<TermId> backward;  // from target to source
};

// Whether the link has not too many pairs.
bool add_pairs(const Graph& graph, const DirectLink& link, TermId node, std::size_t max_pairs,
               std::vector<Statement>& out) {
  const auto sources = graph.about(node, link.source_end);
  const auto targets = graph.about(node, link.target_end);
  if (!sources.empty() && targets.size() > max_pairs / sources.size()) return false;
  for (const Statement& source : sources) {
    for (const Statement& target : targets) {
      if (!source.object.is_resource() || !target.object.is_resource()) continue;
      // The graph that both ends stand in; the default graph when they differ.
      const TermId name = source.graph == target.graph ? source.graph : kDefaultGraph;
      if (link.forward) out.push_back({source.object, link.forward, target.object, name});
      for (const TermId predicate : link.backward) {
        out.push_back({target.object, predicate, source.object, name});
      }
    }
  }
  return true;
}

// The ends of a link of this kind between the two, if there is one.
std::vector<Statement> ends_between(const Graph& graph, const OntologyLink& link,
                                    const Ontology& ontology, TermId source, TermId target) {
  const TermId source_end = graph.find_iri(ontology[link.source_end].iri);
  const TermId target_end = graph.find_iri(ontology[link.target_end].iri);
  if (!source_end || !target_end) return {};
  for (const Statement& each : graph.with_object(source_end, source)) {
    for (const Statement& other : graph.about(each.subject, target_end)) {
      if (other.object == target) return {each, other};
    }
  }
  return {};
}

}  // namespace

std::vector<std::string> direct_terms(const Ontology& ontology, const DirectOptions& options) {
  std::vector<std::string> iris;
  for (const OntologyLink& link : ontology.links()) {
    if (!link.direct) continue;
    iris.push_back(ontology[link.direct].iri);
    if (!options.inverse) continue;
    for (const PropertyNumber each : ontology[link.direct].inverses) {
      iris.push_back(ontology[each].iri);
    }
  }
  std::ranges::sort(iris);
  const auto repeats = std::ranges::unique(iris);
  iris.erase(repeats.begin(), repeats.end());
  return iris;
}

std::vector<Graph::Extension> direct_statements(const Ontology& ontology, const Graph& graph,
                                                const DirectOptions& options,
                                                std::vector<TermId>* too_many) {
  std::vector<Graph::Extension> out;
  const auto id_of = [&](PropertyNumber number) {
    return number ? graph.find_iri(ontology[number].iri) : TermId();
  };
  for (const OntologyLink& each : ontology.links()) {
    const TermId cls = graph.find_iri(ontology[each.cls].iri);
    DirectLink link{.source_end = id_of(each.source_end),
                    .target_end = id_of(each.target_end),
                    .forward = id_of(each.direct)};
    if (each.symmetric && options.symmetric && link.forward) link.backward.push_back(link.forward);
    if (options.inverse && each.direct) {
      for (const PropertyNumber inverse : ontology[each.direct].inverses) {
        const TermId id = id_of(inverse);
        if (id && id != link.forward) link.backward.push_back(id);
      }
    }
    const bool gives = link.forward || !link.backward.empty();
    if (!cls || !link.source_end || !link.target_end || !gives) continue;
    Graph::Extension extension;
    extension.rule = {.name = "direct " + ontology[each.cls].iri, .inferred = true};
    for (const Statement& instance : graph.instances(cls)) {
      const bool fits =
          add_pairs(graph, link, instance.subject, options.max_pairs, extension.statements);
      if (!fits && too_many != nullptr) too_many->push_back(instance.subject);
    }
    if (!extension.statements.empty()) out.push_back(std::move(extension));
  }
  return out;
}

std::vector<Statement> ends_behind(const Statement& direct, const Ontology& ontology,
                                   const Graph& graph) {
  const auto is_predicate = [&](PropertyNumber number) {
    return graph.find_iri(ontology[number].iri) == direct.predicate;
  };
  for (const OntologyLink& link : ontology.links()) {
    if (!link.direct) continue;
    const bool forward = is_predicate(link.direct);
    std::vector<Statement> found;
    if (forward) found = ends_between(graph, link, ontology, direct.subject, direct.object);
    if (found.empty() && ((forward && link.symmetric) ||
                          std::ranges::any_of(ontology[link.direct].inverses, is_predicate))) {
      found = ends_between(graph, link, ontology, direct.object, direct.subject);
    }
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace dossier
