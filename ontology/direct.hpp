// The plain statements that follow from links: `owner owns asset` from an Ownership with that owner
// and that asset. They are what a query asks for and what a picture draws.
#pragma once

#include <string>
#include <vector>

#include "base/limits.hpp"
#include "ontology/model.hpp"

namespace dossier {

struct DirectOptions {
  bool symmetric = true;  // both ways for link classes that are declared symmetric
  bool inverse = false;   // also `asset ownedBy owner`, where an inverse is declared
  std::size_t max_pairs = Limits().max_link_pairs;  // of one link; one with more gives nothing
};

// IRIs that the statements need as predicates: to be interned before the graph is frozen, since
// Graph::extended adds no terms.
std::vector<std::string> direct_terms(const Ontology& ontology, const DirectOptions& options = {});

// One extension for each link class that has instances, its rule named "direct CLASS". A link with
// several things at an end gives a statement for each pair. Links whose predicate is no term of the
// graph give nothing; those with more than max_pairs pairs are put into `too_many`. Linear in
// links.
std::vector<Graph::Extension> direct_statements(const Ontology& ontology, const Graph& graph,
                                                const DirectOptions& options = {},
                                                std::vector<TermId>* too_many = nullptr);

// The two statements of one link, to its source end and to its target end, that `direct` follows
// from; empty when it follows from none. Linear in the statements that lead to an end of `direct`.
std::vector<Statement> ends_behind(const Statement& direct, const Ontology& ontology,
                                   const Graph& graph);

}  // namespace dossier
