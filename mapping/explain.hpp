// Where statements of a Graph come from: the cells of the records that made them. The evidence of a
// statement says which record and which triples map; the cell is found by reading the record again
// and running the triples map on it. A batch costs two reads of each source that it needs, whatever
// the number of statements: ask for thousands at once, not one by one.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "graph/graph.hpp"
#include "mapping/plan.hpp"

namespace dossier {

// One cell that a statement was made from.
struct Origin {
  std::string source;        // as the mapping names it
  std::uint64_t offset = 0;  // of the record in the decompressed source
  Place place;               // of the cell; only the file when the cell could not be found
  std::string reference;     // the column; empty when the statement depends on no value
  std::string text;          // of the cell
  std::string rule;          // the triples map
  Place rule_place;          // in the mapping file
};

class Explainer {
 public:
  // Both must outlive it. The graph was built by run_to_builder from a plan of the same mapping.
  Explainer(const Plan& plan, const Graph& graph, const Limits& limits = {});

  // For each position of Graph::statements(), in order: the cells of the object; where the object
  // is the same for all records, those of the subject. Evidence that is not of this plan gives
  // nothing.
  std::vector<std::vector<Origin>> explain(std::span<const std::size_t> positions) const;

 private:
  struct Rule {
    const SourcePlan* source = nullptr;
    const MapPlan* map = nullptr;
  };
  // A record that is wanted, and for which statement.
  struct Wanted {
    std::uint64_t offset = 0;
    const MapPlan* map = nullptr;
    std::size_t position = 0;  // of the statement in the graph
    std::size_t answer = 0;    // index into the result
  };

  void explain_source(const SourcePlan& source, std::vector<Wanted> wanted,
                      std::vector<std::vector<Origin>>& out) const;

  const Plan& plan_;
  const Graph& graph_;
  Limits limits_;
  Rule rule_of(const EvidenceRow& row) const;

  std::vector<std::vector<Rule>> rules_;  // by RuleId
};

}  // namespace dossier
