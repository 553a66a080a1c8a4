// What to call a thing: the value of the first caption property that it has, in the language that
// the reader likes best. Built once for a Graph (which it borrows); then a look-up costs a search
// in the statements about the thing. Any number of threads may ask.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.hpp"

namespace dossier {

class Captions {
 public:
  // `properties`: best first; when none is given rdfs:label is taken. `languages`: best first, ""
  // for literals without one; "en" also takes en-GB. Literals without a language come after the
  // listed ones, other languages last; of equals the first by text.
  Captions(const Graph& graph, std::span<const TermId> properties,
           std::span<const std::string> languages);

  // The literal, or no id when the thing has no caption property.
  TermId find(TermId resource) const;
  // Its text; without one the local name of the IRI, or "_:label".
  std::string text(TermId resource) const;

 private:
  const Graph& graph_;
  std::vector<TermId> properties_;
  std::vector<std::uint32_t> rank_of_type_;  // by literal type: the less the better
};

// What follows the last '#', '/' or ':' that has something after it; the whole when nothing does.
std::string_view local_name(std::string_view iri);

}  // namespace dossier
