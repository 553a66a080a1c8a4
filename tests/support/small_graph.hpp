// Graphs written down in tests.
#pragma once

#include <string>
#include <string_view>

#include "graph/room.hpp"

namespace dossier::test {

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
