// Inferred statements in words: each with its rule and what it rests on, down to the places of the
// sources. For `dossier infer --why`.
#pragma once

#include <string>

#include "cli/pipeline.hpp"
#include "ontology/inference.hpp"

namespace dossier {

// The first `most` statements in the order of `order` (numbers of inference.statements()).
std::string inferred_text(const BuiltGraph& built, const Inference& inference,
                          std::span<const std::uint32_t> order, std::size_t most,
                          const Settings& settings);
std::string inferred_json(const BuiltGraph& built, const Inference& inference,
                          std::span<const std::uint32_t> order, std::size_t most,
                          const Settings& settings);

// "rdfs:subClassOf 12, rdfs:domain 3": how much each rule gave.
std::string rule_counts(const Inference& inference);

}  // namespace dossier
