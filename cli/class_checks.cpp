#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "cli/pipeline.hpp"

namespace dossier {
namespace {

// Subjects with the class or one below it, each once.
std::uint64_t count_instances(const BuiltGraph& built, const std::string& iri) {
  const Graph& graph = *built.graph;
  std::vector<std::string_view> names{iri};
  if (const Ontology* const ontology = built.knowledge->ontology.get()) {
    if (const ClassNumber cls = ontology->find_class(iri)) {
      for (std::uint32_t i = 0; i < ontology->classes().size(); ++i) {
        const ClassNumber each(i);
        if (each != cls && ontology->is_below(each, cls)) {
          names.push_back((*ontology)[each].iri);
        }
      }
    }
  }
  std::vector<TermId> subjects;
  for (const std::string_view name : names) {
    const TermId cls = graph.find_iri(name);
    if (!cls) continue;
    for (const Statement& each : graph.instances(cls)) subjects.push_back(each.subject);
  }
  std::ranges::sort(subjects);
  const auto repeated = std::ranges::unique(subjects);
  return static_cast<std::uint64_t>(repeated.begin() - subjects.begin());
}

std::string wanted(const ClassCheck& check) {
  if (check.least && check.most && *check.least == *check.most) {
    return fmt::format("{}", *check.least);
  }
  if (check.least && check.most) return fmt::format("{} to {}", *check.least, *check.most);
  return check.least ? fmt::format("{} or more", *check.least)
                     : fmt::format("{} or fewer", check.most.value_or(0));
}

}  // namespace

void check_classes(const Project& project, const BuiltGraph& built, DiagnosticSink& diagnostics) {
  for (const ClassCheck& check : project.class_checks) {
    const std::uint64_t found = count_instances(built, check.iri);
    if (found >= check.least.value_or(0) && found <= check.most.value_or(UINT64_MAX)) continue;
    diagnostics.report(make_diagnostic(code::check_failed, check.place,
                                       fmt::format("{}: {} found, {} wanted", printable(check.name),
                                                   counted(found, "instance"), wanted(check))));
  }
}

}  // namespace dossier
