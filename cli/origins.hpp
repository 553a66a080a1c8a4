// `dossier explain` about a thing of a graph: each statement about it, and where it comes from.
#pragma once

#include <optional>
#include <string>

#include "cli/pipeline.hpp"

namespace dossier {

// What is asked: an entity, or a statement "s p o". Parts may be IRIs, prefix:name, or for objects
// the text of a literal.
struct OriginQuestion {
  std::string subject;
  std::string predicate;  // empty: all
  std::string object;     // empty: all
};
OriginQuestion parse_question(const std::string& thing);

// The statements at `positions`, each with its origins.
std::string origins_of(const BuiltGraph& built, std::span<const std::size_t> positions,
                       const Settings& settings);

// entity_unknown, with the nearest name, when nothing of the kind is in the graph.
Expected<std::string> explain_origins(const BuiltGraph& built, const OriginQuestion& question,
                                      const Settings& settings);

}  // namespace dossier
