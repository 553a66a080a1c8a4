// The main job: sources -> graph -> validation -> all exports of a project file.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/json_writer.hpp"
#include "cli/paths.hpp"
#include "cli/pipeline.hpp"
#include "cli/reports.hpp"

namespace dossier {
namespace {

struct BuildOptions {
  std::string project;
  std::string fail_on = "violation";
};

std::string text_of(const Findings& findings, const ProjectBuild& build, Places& places,
                    bool colour) {
  ReportOptions options;
  options.prefixes = build.prefixes();
  options.place_of = places.function();
  options.line_of = [&places](const Place& place) { return places.line_of(place); };
  options.colour = colour;
  StringSink out;
  write_text_report(findings, options, out);
  return out.text();
}

std::string to_json(const ProjectBuild& build, std::uint64_t failed_checks) {
  JsonWriter json;
  json.begin_object();
  json.member("project", build.project().name);
  write_json(build.ledger(), json);
  json.begin_object("findings");
  json.member("violations", build.findings().count(Severity::violation));
  json.member("warnings", build.findings().count(Severity::warning));
  json.member("infos", build.findings().count(Severity::info));
  json.end_object();
  json.member("failed_checks", failed_checks);
  json.end_object();
  return json.text();
}

Expected<void> run(ProjectBuild& build, const std::filesystem::path& project) {
  if (auto done = build.load(project); !done) return done;
  if (auto done = build.build(); !done) return done;
  if (auto done = build.validate(); !done) return done;
  return build.write();
}

Expected<ExitCode> build_project(const BuildOptions& options, const Settings& settings,
                                 Console& console) {
  const Expected<std::filesystem::path> file = locate_project(options.project);
  if (!file) return std::unexpected(file.error());
  DiagnosticCollector diagnostics(settings.limits.max_diagnostics);
  ProjectBuild build(settings, diagnostics, console.progress());
  const Expected<void> done = run(build, *file);
  console.progress().end();
  console.diagnostics(diagnostics);
  if (!done) {
    if (done.error().code != DiagnosticCode::ledger_unbalanced)
      return std::unexpected(done.error());
    console.error(done.error());
    return ExitCode::bug;
  }
  const std::uint64_t failed_checks = diagnostics.count(DiagnosticCode::check_failed);
  if (settings.json) {
    if (auto said = console.result(to_json(build, failed_checks)); !said)
      return std::unexpected(said.error());
  } else {
    const Findings& findings = build.findings();
    if (!findings.conforms()) {
      console.note(text_of(findings, build, build.places(), settings.colour));
    }
    console.note(fmt::format("{}: {}\n{}", printable(build.project().name), summary(findings),
                             to_text(build.ledger())));
  }
  const bool bad = fails(build.findings(), *find_fail_on(options.fail_on)) || failed_checks > 0 ||
                   diagnostics.count(Severity::violation) > 0;
  return bad ? ExitCode::findings : ExitCode::clean;
}

}  // namespace

RunVerb declare_build(CLI::App& app) {
  const auto options = std::make_shared<BuildOptions>();
  app.add_option("project", options->project, "project file or its folder (default: here or above)")
      ->type_name("PROJECT");
  app.add_option("--fail-on", options->fail_on,
                 "least severity of findings that makes the exit code 1")
      ->type_name("violation|warning|info")
      ->check(one_of({"violation", "warning", "info"}))
      ->capture_default_str();
  return [options](const Settings& settings, Console& console) {
    return build_project(*options, settings, console);
  };
}

}  // namespace dossier
