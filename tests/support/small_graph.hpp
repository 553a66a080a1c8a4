// Graphs written down in tests, and statements as texts that can be compared.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/room.hpp"

namespace dossier::test {

// A statement by the N-Triples forms of its terms; the graph is empty for the default graph.
struct TextStatement {
  std::string subject, predicate, object, graph;
  friend auto operator<=>(const TextStatement&, const TextStatement&) = default;
};
std::string to_string(const TextStatement& statement);

std::vector<TextStatement> texts(const Graph& graph);

// Whether a renaming of blank nodes makes the two sets equal. Colour refinement, then trial: for
// small sets. Blank nodes inside triple terms are not renamed.
bool isomorphic(std::vector<TextStatement> a, std::vector<TextStatement> b);

// Collects statements; `freeze` gives the graph. Terms: ex:a (http://example.org/a), rdf: and xsd:
// names, <iri>, _:b, "text", "text"@en, "text"@ar--rtl, "text"^^xsd:date; the text stands between
// the first and the last quote as it is. A triple term is <<( s p o )>> of such terms without
// blanks in them.
class SmallGraph {
 public:
  SmallGraph& add(std::string_view subject, std::string_view predicate, std::string_view object,
                  std::string_view graph = {});
  // The same with terms that have no short form.
  SmallGraph& add(const TermView& subject, const TermView& predicate, const TermView& object);
  Graph freeze();

 private:
  TermId term(std::string_view text);

  Builder builder_;
};

}  // namespace dossier::test
