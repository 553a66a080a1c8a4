// Where statements go when the mapping says so (RML-IO, logical targets). A statement goes to every
// target that one of its terms names, and to the output of the run when none does. A plan is cut
// into one plan for each target, so the engine knows nothing of targets; a source is read once for
// each target that its triples maps write to. A mapping without targets costs nothing.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/plan.hpp"

namespace dossier {

bool has_targets(const Plan& plan);

// The plan with the statements that go to one of `targets` (indices into MappingModel::targets);
// none: with those that go to no target. Its other terms are not made.
Plan plan_for_targets(const Plan& plan, std::span<const std::uint32_t> targets);

// The plan with the statements that go to `targets`, all of which depend on the record: the name of
// the graph of each statement ends in the path of its target, for `lines_by_target`. Errors:
// mapping_unsupported for graphs that are blank nodes.
Expected<Plan> plan_for_record_targets(const Plan& plan, std::span<const std::uint32_t> targets);

// The N-Quads that such a plan made, by the path of the target, as they are without it. What a
// value puts into a path stays one name: its slashes are percent-encoded.
std::map<std::string, std::string> lines_by_target(std::string_view lines);

// The file that a target names: relative to the working directory, or as its root says. Errors:
// network_refused, outside_root, mapping_unsupported for what is no file.
Expected<std::filesystem::path> resolve_target_path(const LogicalTarget& target,
                                                    const CompileOptions& options);

}  // namespace dossier
