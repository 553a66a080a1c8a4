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

// entity_unknown, with the nearest name, when nothing of the kind is in the graph.
Expected<std::string> explain_origins(const BuiltGraph& built, const OriginQuestion& question,
                                      const Settings& settings);

}  // namespace dossier
