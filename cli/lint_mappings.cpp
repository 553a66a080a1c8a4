#include "cli/lint.hpp"
#include "cli/pipeline.hpp"
#include "mapping/lint.hpp"

namespace dossier {

Expected<void> lint_mappings(const LintMappings& mappings, const Settings& settings,
                             DiagnosticSink& diagnostics) {
  const auto plans =
      load_plans(mappings.files, compile_options(mappings.rules, settings), settings, diagnostics);
  if (plans) {
    MappingLintOptions look;
    look.limits = settings.limits;
    for (const Plan& plan : *plans) lint_plan(plan, look, diagnostics);
    return {};
  }
  if (is_file_trouble(plans.error())) return std::unexpected(plans.error());
  diagnostics.report(plans.error());
  return {};
}

}  // namespace dossier
