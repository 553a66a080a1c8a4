// sh:uniqueValuesFor (SHACL 1.2) and owl:hasKey: which nodes have a key that another has too.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ontology/term_space.hpp"

namespace dossier {

struct SharedKey {
  TermId node;
  TermId other;  // one that has the key too
};

// Those of `nodes` (each there once) that share a key with another, sorted, each once. A key is one
// value of each of the properties; a node that lacks one of them has none, and one with several
// values has as many keys as there are combinations. Nothing when there are more than `most` keys.
std::optional<std::vector<SharedKey>> nodes_sharing_keys(const TermSpace& terms,
                                                         std::span<const TermId> nodes,
                                                         std::span<const TermId> properties,
                                                         std::uint64_t most);

}  // namespace dossier
