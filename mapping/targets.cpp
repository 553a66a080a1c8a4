#include "mapping/targets.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "mapping/source_path.hpp"

namespace dossier {
namespace {

// All that the terms of a statement name.
std::vector<std::uint32_t> targets_of(const Plan& plan, const MapPlan& map,
                                      const StatementPlan& statement) {
  std::vector<std::uint32_t> out;
  const auto add = [&](const std::vector<std::uint32_t>& more) {
    out.insert(out.end(), more.begin(), more.end());
  };
  for (const std::uint32_t term :
       {map.subject, statement.predicate, statement.object, statement.graph}) {
    if (term < map.terms.size()) add(map.terms[term].targets);
  }
  if (statement.join != StatementPlan::kNone) add(plan.joins[statement.join].targets);
  return out;
}

bool goes_to(const std::vector<std::uint32_t>& named, std::span<const std::uint32_t> targets) {
  if (targets.empty()) return named.empty();
  return std::ranges::any_of(
      named, [&](std::uint32_t each) { return std::ranges::find(targets, each) != targets.end(); });
}

// A term that no statement needs any more is not made.
void drop_unused_terms(MapPlan& map) {
  std::vector<std::uint32_t> uses(map.terms.size(), 0);
  for (const StatementPlan& statement : map.statements) {
    for (const std::uint32_t term : {statement.predicate, statement.object, statement.graph}) {
      if (term < uses.size()) ++uses[term];
    }
  }
  uses[map.subject] = static_cast<std::uint32_t>(map.statements.size());
  for (std::size_t i = 0; i < map.terms.size(); ++i) {
    if (uses[i] > 0) {
      map.terms[i].uses = uses[i];
      continue;
    }
    TermPlan none;
    none.constant = true;
    none.default_graph = true;
    none.number = map.terms[i].number;
    map.terms[i] = std::move(none);
  }
}

}  // namespace

bool has_targets(const Plan& plan) {
  const auto named = [](const auto& each) { return !each.targets.empty(); };
  return std::ranges::any_of(plan.joins, named) ||
         std::ranges::any_of(plan.sources, [&](const SourcePlan& source) {
           return std::ranges::any_of(source.maps, [&](const MapPlan& map) {
             return std::ranges::any_of(map.terms, named);
           });
         });
}

Plan plan_for_targets(const Plan& plan, std::span<const std::uint32_t> targets) {
  Plan out = plan;
  for (SourcePlan& source : out.sources) {
    for (MapPlan& map : source.maps) {
      std::erase_if(map.statements, [&](const StatementPlan& statement) {
        return !goes_to(targets_of(plan, map, statement), targets);
      });
      drop_unused_terms(map);
    }
    std::erase_if(source.maps, [](const MapPlan& map) { return map.statements.empty(); });
  }
  return out;
}

Expected<std::filesystem::path> resolve_target_path(const LogicalTarget& target,
                                                    const CompileOptions& options) {
  const bool address = target.path.find("://") != std::string::npos;
  if (target.path.empty() || (address && !target.path.starts_with("file://"))) {
    return fail(code::mapping_unsupported, target.place,
                fmt::format("the target \"{}\" is no local file",
                            printable(target.path.empty() ? target.name : target.path)),
                "targets are files: rml:path, or a file:// address");
  }
  LogicalSource file;
  file.path = target.path;
  file.root = target.root;
  file.root_path = target.root_path;
  file.place = target.place;
  return resolve_source_path(file, options);
}

}  // namespace dossier
