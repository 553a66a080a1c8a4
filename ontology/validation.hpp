// Validation of a frozen graph: the closed-world checks of an ontology and the shapes of a shapes
// graph, in one run and one result. Work is cut into chunks of resources; the result is the same
// for any number of threads.
#pragma once

#include <string>
#include <vector>

#include "ontology/finding.hpp"
#include "ontology/model.hpp"
#include "ontology/shapes.hpp"

namespace dossier {

struct ValidationOptions {
  std::size_t threads = 1;
  std::uint64_t keep_per_rule = 100'000;  // findings kept of one rule; all are counted
  bool strict = false;                    // unknown terms are reported whatever their namespace
  // IRIs that begin so are of the graph's own making: a reference to one that is no subject
  // dangles. Empty: the namespaces of the subjects of the graph are taken.
  std::vector<std::string> own_namespaces;
  Limits limits;
};

// `ontology` may be null. `data`, `ontology` and the graph of `shapes` must outlive the findings.
// The error is a limit that was passed.
Expected<Findings> validate(const Graph& data, const Ontology* ontology, const ShapeSet& shapes,
                            const ValidationOptions& options = {});

}  // namespace dossier
