// sh:uniqueValuesFor (SHACL 1.2): which nodes have a key that another has too.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ontology/term_space.hpp"

namespace dossier {

// Those of `nodes` (each there once) that share a key with another, sorted. A key is one value of
// each of the properties; a node that lacks one of them has none, and one with several values has
// as many keys as there are combinations. Nothing when there are more than `most` keys.
std::optional<std::vector<TermId>> nodes_sharing_keys(const TermSpace& terms,
                                                      std::span<const TermId> nodes,
                                                      std::span<const TermId> properties,
                                                      std::uint64_t most);

}  // namespace dossier
