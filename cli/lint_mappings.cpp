#include "cli/lint.hpp"
#include "cli/pipeline.hpp"
#include "mapping/lint.hpp"

namespace dossier {

Expected<void> lint_mappings(const LintMappings& mappings, const Settings& settings,
                             DiagnosticSink& diagnostics) {
  CompileOptions options;
  options.source_root = mappings.source_root;
  options.allowed_root = settings.root;
  options.base = mappings.base;
  options.strict = settings.strict;
  options.copies.insert(settings.copies.begin(), settings.copies.end());
  options.limits = settings.limits;
  const auto plans = load_plans(mappings.files, options, settings, diagnostics);
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
