// Which namespaces a Turtle or TriG file will use, found before it is written, because prefixes are
// declared at its top. Cost: one pass over the statements, 2 to 5 ns each.
#pragma once

#include "exporters/annotations.hpp"
#include "exporters/namespaces.hpp"
#include "exporters/nesting.hpp"
#include "exporters/turtle_term_writer.hpp"
#include "graph/graph.hpp"

namespace dossier {

void mark_used_namespaces(const Graph& graph, const Nesting& nesting,
                          const Annotations& annotations, const TurtleTermWriter& terms,
                          Namespaces& namespaces);

}  // namespace dossier
