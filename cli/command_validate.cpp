#include <optional>
#include <unistd.h>

#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "cli/accepted.hpp"
#include "cli/command.hpp"
#include "cli/graph_input.hpp"
#include "cli/idle_shapes.hpp"
#include "cli/output_set.hpp"
#include "cli/reports.hpp"
#include "ontology/baseline.hpp"

namespace dossier {
namespace {

struct ValidateOptions {
  GraphInput input;
  std::string report;
  std::string baseline;
  std::string write_baseline;
  std::string fail_on = "violation";
  ReportWishes wishes;
  bool domain = false;
};

Expected<void> write_report(const FindingReports& reports, const std::string& path) {
  OutputSet outputs;
  const Expected<ByteSink*> out = outputs.open(path);
  if (!out) return std::unexpected(out.error());
  const ReportKind kind = report_kind(path).value_or(ReportKind{});
  if (auto done = reports.write(kind, **out); !done) return done;
  return outputs.commit();
}

Expected<void> keep_baseline(const std::string& path, const Findings& findings) {
  OutputSet outputs;
  const Expected<ByteSink*> out = outputs.open(path);
  if (!out) return std::unexpected(out.error());
  write_baseline(findings, **out);
  return outputs.commit();
}

Expected<ExitCode> validate_input(const ValidateOptions& options, const Settings& settings,
                                  Console& console, DiagnosticCollector& diagnostics) {
  if (auto good = check_wishes(options.wishes); !good) return std::unexpected(good.error());
  if (!options.report.empty()) {
    if (!report_kind(options.report)) {
      return fail(
          code::wrong_usage, {},
          fmt::format("--report {}: the name must end in {}", options.report, kReportNames));
    }
    if (auto good = check_output(options.report); !good) return std::unexpected(good.error());
  }
  GraphInput input = options.input;
  // Shapes or an ontology of one's own stand alone, unless --domain is given.
  input.domain = options.domain || (input.ontology.empty() && input.shapes.empty());
  Expected<LoadedInput> loaded = load_input(input, settings, diagnostics, console.progress());
  if (!loaded) return std::unexpected(loaded.error());
  Expected<Findings> findings = validate(loaded->built, settings, console.progress());
  if (!findings) return std::unexpected(findings.error());
  report_idle_shapes(loaded->built, *findings, settings, diagnostics);
  if (loaded->project) check_classes(*loaded->project, loaded->built, diagnostics);
  if (!options.write_baseline.empty()) {
    if (auto done = keep_baseline(options.write_baseline, *findings); !done) {
      return std::unexpected(done.error());
    }
  }
  std::optional<ProjectFile> baseline;
  if (loaded->project) baseline = loaded->project->baseline;
  if (!options.baseline.empty()) baseline = named_file(options.baseline);
  if (baseline) {
    if (auto done = accept_findings(*baseline, *findings, settings, console); !done) {
      return std::unexpected(done.error());
    }
  }

  const FindingReports reports(loaded->built, *findings, settings, options.wishes);
  if (!options.report.empty()) {
    if (auto done = write_report(reports, options.report); !done) {
      return std::unexpected(done.error());
    }
  }
  console.diagnostics(diagnostics);
  if (settings.json || !settings.quiet) {
    StringSink text;
    const bool colour = settings.colour && settings.output == "-" && ::isatty(STDOUT_FILENO) == 1;
    auto done =
        reports.write(settings.json ? ReportKind{ReportForm::json} : ReportKind{}, text, colour);
    if (!done) return std::unexpected(done.error());
    if (auto said = console.result(text.text()); !said) return std::unexpected(said.error());
  }
  return exit_code(diagnostics, &*findings, options.fail_on, settings.strict);
}

}  // namespace

RunVerb declare_validate(VerbArguments& arguments) {
  const auto options = std::make_shared<ValidateOptions>();
  add_graph_input(arguments, options->input,
                  "RDF files, or a project (default: the one here or above)");
  arguments.option(options->input.shapes, {"--shapes"}, "FILE", "RDF file with SHACL shapes");
  arguments.flag(options->domain, {"--domain"},
                 "also the ontology and shapes that ship, beside --shapes and --ontology");
  arguments.option(
      options->report, {"--report"}, "FILE",
      "also write a report: .txt, .html, .json, .sarif, or SHACL in an RDF syntax (.ttl)");
  arguments.option(options->baseline, {"--baseline"}, "FILE",
                   "findings that are known and accepted: only others are reported and counted");
  arguments.option(options->write_baseline, {"--write-baseline"}, "FILE",
                   "write the findings of this run as such a file");
  add_fail_on(arguments, options->fail_on);
  add_report_wishes(arguments, options->wishes);
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return validate_input(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
