// Terms for people: short IRIs, literals as in Turtle.
#pragma once

#include <string>

#include "graph/graph.hpp"
#include "graph/prefixes.hpp"

namespace dossier {

// As much of a term or a cell as an explanation shows.
inline constexpr std::size_t kExplainedBytes = 500;

std::string term_text(const Graph& graph, TermId term, const Prefixes& prefixes,
                      std::size_t max_bytes = 2000);

}  // namespace dossier
