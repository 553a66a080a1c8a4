// RDF Dataset Canonicalization, RDFC-1.0 (W3C Recommendation of 2024): names for blank nodes that
// depend on nothing but what the dataset says, and the canonical N-Quads with them. Datasets that
// say the same have the same canonical form.
//
// RDFC-1.0 knows RDF 1.1 only. Blank nodes inside triple terms are treated alike: they are replaced
// in the statements that are hashed, and their position is the path to them ("o", then "s" or "o").
//
// Cost: one digest for each blank node whose statements tell it apart; for groups of alike ones a
// search, whose steps Limits::max_canon_steps bounds: graphs that are made to be hard ("poison")
// are refused with limit_exceeded. Memory: two texts of digest length a blank node.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/limits.hpp"
#include "graph/digest.hpp"
#include "graph/graph.hpp"

namespace dossier {

struct CanonOptions {
  DigestKind hash = DigestKind::sha256;
  std::size_t max_steps = Limits{}.max_canon_steps;
};

// By index of TermKind::blank: number n stands for the label "c14n<n>".
using CanonicalNumbers = std::vector<std::uint32_t>;
Expected<CanonicalNumbers> canonical_numbers(const Graph& graph, const CanonOptions& options = {});

// The statements in canonical N-Quads, each line with its line end, in the order of code points.
std::vector<std::string> canonical_lines(const Graph& graph, const CanonicalNumbers& numbers);

// The digest of all the lines: one text that is the same for all datasets that say the same.
Expected<std::string> canonical_hash(const Graph& graph, const CanonOptions& options = {});

}  // namespace dossier
