// Which blank node of one graph is which of another: pairs of those that seem to be the same, so
// that what two graphs say differently can be shown in few lines. Three steps:
//   1. nodes are coloured by what is said of them and of what they hang together with, in rounds;
//      nodes of one colour are paired, and from each pair on along equal statements;
//   2. nodes left over are paired where one statement of the one and one of the other are equal but
//      for the node itself, and no other statement is;
//   3. the rest has no partner.
// A guess, and a sound one: no node has two partners, so graphs that are equal under the pairs are
// isomorphic. The other way round needs RDFC-1.0 (graph/canon.hpp). One thread. Cost: kMaxRounds
// passes over the statements that name a blank node, 40 bytes for each such name.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/graph.hpp"

namespace dossier {

inline constexpr std::uint32_t kNoPartner = 0xFFFF'FFFF;

// By blank index of `b`: the blank index of `a`, or kNoPartner. `to_a` gives the id of a term of
// `b` in `a`, by kind and index, no id where `a` does not have it; blank nodes and triple terms
// are not looked at.
std::vector<std::uint32_t> blank_pairs(const Graph& a, const Graph& b,
                                       const std::vector<TermId> (&to_a)[4]);

}  // namespace dossier
