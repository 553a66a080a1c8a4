// Where statements of a graph stand in the sources: the cell for those that a mapping made, line
// and column for those of RDF files. Asked for in one batch, since each source is read again for
// it; a single look-up afterwards costs a search.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.hpp"
#include "cli/line_columns.hpp"
#include "cli/settings.hpp"
#include "graph/graph.hpp"
#include "mapping/explain.hpp"
#include "ontology/place.hpp"

namespace dossier {

// An origin of a statement, whatever kind of source it is.
struct StatementOrigin {
  Place place;
  std::string reference;  // the column
  std::string text;       // of the cell
  std::string rule;       // the triples map, or the rule of an inferred statement
  Place rule_place;
  SourceId source;  // none for inferred statements
  bool inferred = false;
};

class Places {
 public:
  // All must outlive it.
  Places(const Graph& graph, std::span<const Plan> plans, const Settings& settings)
      : graph_(graph), plans_(plans), settings_(settings) {}

  // Finds the origins of the statements at `positions`, those of each in a fixed order.
  void prepare(std::span<const std::size_t> positions);
  std::span<const StatementOrigin> origins(std::size_t position) const;

  // The line that a place is in, for an excerpt; nothing for very long lines, and for those of
  // large files that are no RDF.
  std::optional<std::string> line_of(const Place& place);

  // The first known place of prepared statements, only the file for others. Borrows this.
  PlaceOf place_of() const;

 private:
  void add_mapped(std::span<const std::size_t> positions);
  void add_others(std::span<const std::size_t> positions);

  struct Text {
    std::string bytes;
    std::vector<std::size_t> starts;  // of lines
  };
  const Text* text_of(const std::string& name);

  const Graph& graph_;
  std::span<const Plan> plans_;
  const Settings& settings_;
  std::unordered_map<std::size_t, std::vector<StatementOrigin>> known_;
  std::map<std::string, Text> texts_;                                  // by the name in places
  std::map<std::string, std::map<std::uint64_t, std::string>> lines_;  // of RDF files, by number
};

}  // namespace dossier
