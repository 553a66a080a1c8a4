// A project: sources, graph, validation, all exports. The outputs appear together or not at all.
#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "cli/accepted.hpp"
#include "cli/command.hpp"
#include "cli/exports.hpp"
#include "cli/graph_input.hpp"
#include "cli/json_writer.hpp"
#include "cli/map_targets.hpp"
#include "cli/reports.hpp"
#include "cli/text_files.hpp"
#include "ontology/report.hpp"

namespace dossier {
namespace {

struct BuildOptions {
  std::string project;
  std::string fail_on = "violation";
  ReportWishes wishes;
};

Expected<void> write_text(const ProjectFile& file, OutputSet& outputs, std::string_view text) {
  if (Expected<void> made = make_output_folder(file.path); !made) return made;
  const Expected<ByteSink*> out = outputs.open(file.path);
  if (!out) return std::unexpected(named_at(out.error(), file.place));
  (*out)->append(text);
  return {};
}

std::string ledger_json(const Ledger& ledger) {
  JsonWriter json;
  json.begin_object();
  write_json(ledger, json);
  json.end_object();
  return json.text();
}

// Everything that the project names, into `outputs`.
Expected<void> write_outputs(const Project& project, BuiltGraph& built,
                             const FindingReports& reports, const Settings& settings,
                             OutputSet& outputs, DiagnosticSink& diagnostics, Progress& progress) {
  auto written = write_exports(project.exports, built, settings, outputs, diagnostics, progress);
  if (written) written = write_targets(built.plans, settings, outputs, built.ledger, progress);
  if (!written) return written;
  for (const ProjectFile& file : project.reports) {
    if (Expected<void> made = make_output_folder(file.path); !made) return made;
    const Expected<ByteSink*> out = outputs.open(file.path);
    if (!out) return std::unexpected(named_at(out.error(), file.place));
    const ReportKind kind = report_kind(file.path).value_or(ReportKind{});
    if (auto done = reports.write(kind, **out); !done) return done;
  }
  if (!project.ledger) return {};
  return write_text(*project.ledger, outputs, ledger_json(built.ledger));
}

std::string result_json(const Project& project, const BuiltGraph& built, const Findings& findings,
                        const DiagnosticCollector& diagnostics) {
  JsonWriter json;
  json.begin_object();
  json.member("project", project.name);
  write_json(built.ledger, json);
  json.begin_object("findings");
  json.member("violations", findings.count(Severity::violation));
  json.member("warnings", findings.count(Severity::warning));
  json.member("infos", findings.count(Severity::info));
  json.end_object();
  json.member("failed_checks", diagnostics.count(code::check_failed));
  json.begin_object("diagnostics");
  for (const auto& [code, count] : diagnostics.counts()) json.member(info(code).name, count);
  json.end_object();
  json.end_object();
  return json.text();
}

Expected<std::string> result_text(const Project& project, const BuiltGraph& built,
                                  const Findings& findings, const FindingReports& reports) {
  std::string out;
  if (findings.count() > 0) {
    StringSink text;
    if (auto done = reports.write(ReportKind{}, text); !done) {
      return std::unexpected(done.error());
    }
    out = text.text() + "\n";
  }
  out += fmt::format("{}\n{}{}\n", project.title.empty() ? project.name : project.title,
                     to_text(built.ledger), summary(findings));
  return out;
}

Expected<ExitCode> build(const BuildOptions& options, const Settings& given, Console& console,
                         DiagnosticCollector& diagnostics) {
  if (auto good = check_wishes(options.wishes); !good) return std::unexpected(good.error());
  const Expected<Project> project = open_project(options.project, given, diagnostics);
  if (!project) return std::unexpected(project.error());
  const Settings settings = settings_for(*project, given);
  if (auto good = check_outputs(*project); !good) return std::unexpected(good.error());

  TerminalProgress& progress = console.progress();
  Expected<BuiltGraph> built = build_graph(*project, settings, diagnostics, progress);
  if (!built) return std::unexpected(built.error());
  Expected<Findings> findings = validate(*built, settings, progress);
  if (!findings) return std::unexpected(findings.error());
  if (project->baseline) {
    auto accepted = accept_findings(*project->baseline, *findings, settings, console);
    if (!accepted) return std::unexpected(accepted.error());
  }
  check_classes(*project, *built, diagnostics);

  const FindingReports reports(*built, *findings, settings, options.wishes);
  OutputSet outputs;
  auto written = write_outputs(*project, *built, reports, settings, outputs, diagnostics, progress);
  if (!written) return std::unexpected(written.error());
  if (const auto faults = imbalances(built->ledger); !faults.empty()) {
    for (const std::string& fault : faults) {
      console.error(make_diagnostic(code::ledger_unbalanced, {}, fault));
    }
    return ExitCode::bug;
  }
  progress.begin("commit");
  if (auto done = outputs.commit(); !done) return std::unexpected(done.error());
  progress.end();

  console.diagnostics(diagnostics);
  const Expected<std::string> result = settings.json
                                           ? result_json(*project, *built, *findings, diagnostics)
                                           : result_text(*project, *built, *findings, reports);
  if (!result) return std::unexpected(result.error());
  if (settings.json || !settings.quiet || settings.output != "-") {
    if (auto said = console.result(*result); !said) return std::unexpected(said.error());
  }
  return exit_code(diagnostics, &*findings, options.fail_on, settings.strict);
}

}  // namespace

RunVerb declare_build(VerbArguments& arguments) {
  const auto options = std::make_shared<BuildOptions>();
  arguments.positional(options->project, "project", "FILE",
                       "project file or folder (default: dossier.yaml here or above)");
  add_fail_on(arguments, options->fail_on);
  add_report_wishes(arguments, options->wishes);
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return build(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
