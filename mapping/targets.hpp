// Where statements go when the mapping says so (RML-IO, logical targets). A statement goes to every
// target that one of its terms names, and to the output of the run when none does. A plan is cut
// into one plan for each target, so the engine knows nothing of targets; a source is read once for
// each target that its triples maps write to. A mapping without targets costs nothing.
#pragma once

#include <span>
#include <vector>

#include "mapping/plan.hpp"

namespace dossier {

bool has_targets(const Plan& plan);

// The plan with the statements that go to one of `targets` (indices into MappingModel::targets);
// none: with those that go to no target. Its other terms are not made.
Plan plan_for_targets(const Plan& plan, std::span<const std::uint32_t> targets);

// The file that a target names: relative to the working directory, or as its root says. Errors:
// network_refused, outside_root, mapping_unsupported for what is no file.
Expected<std::filesystem::path> resolve_target_path(const LogicalTarget& target,
                                                    const CompileOptions& options);

}  // namespace dossier
