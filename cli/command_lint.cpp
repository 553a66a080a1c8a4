// What is wrong or suspicious in mappings, ontologies, shapes and project files, with places.
#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/graph_input.hpp"
#include "cli/json_writer.hpp"
#include "cli/lint.hpp"

namespace dossier {
namespace {

struct LintOptions {
  std::vector<std::string> files;
  std::vector<std::string> ontology;
  std::string fail_on = "violation";
  bool domain = false;
};

struct Sorted {
  LintKnowledge knowledge;
  LintMappings mappings;
};

Expected<void> add_project(const std::string& path, const Settings& settings, Sorted& into,
                           DiagnosticSink& diagnostics) {
  const Expected<Project> project = open_project(path, settings, diagnostics);
  if (!project) {
    if (is_file_trouble(project.error())) return std::unexpected(project.error());
    diagnostics.report(project.error());
    return {};
  }
  const auto append = [](std::vector<ProjectFile>& to, const std::vector<ProjectFile>& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  append(into.mappings.files, project->mappings);
  append(into.knowledge.ontology, project->ontology);
  append(into.knowledge.shapes, project->shapes);
  into.knowledge.domain |= project->domain_ontology;
  into.mappings.rules = mapping_rules(*project, settings);
  return {};
}

Expected<void> add_file(const std::string& path, const Settings& settings, Sorted& into,
                        DiagnosticSink& diagnostics) {
  const Expected<std::vector<LintKind>> kinds = lint_kinds(path, settings, diagnostics);
  if (!kinds) {
    if (is_file_trouble(kinds.error())) return std::unexpected(kinds.error());
    diagnostics.report(kinds.error());
    return {};
  }
  for (const LintKind kind : *kinds) {
    switch (kind) {
      case LintKind::project:
        if (auto done = add_project(path, settings, into, diagnostics); !done) return done;
        break;
      case LintKind::mapping:
        into.mappings.files.push_back(named_file(path));
        break;
      case LintKind::ontology:
        into.knowledge.ontology.push_back(named_file(path));
        break;
      case LintKind::shapes:
        into.knowledge.shapes.push_back(named_file(path));
        break;
    }
  }
  if (kinds->empty()) {
    return fail(code::unknown_format, {path},
                "the file holds no mapping, ontology or shapes, and is no project",
                "`dossier validate` checks data");
  }
  return {};
}

std::string counts_of(const DiagnosticCollector& found) {
  std::string out;
  for (const Severity each :
       {Severity::error, Severity::violation, Severity::warning, Severity::info}) {
    const std::size_t count = found.count(each);
    if (count == 0) continue;
    const std::string_view noun = each == Severity::info ? "note" : to_string(each);
    out += (out.empty() ? "" : ", ") + counted(count, noun);
  }
  return out.empty() ? "nothing to complain of" : out;
}

std::string to_text(const DiagnosticCollector& found, const Settings& settings) {
  std::string out;
  for (const Diagnostic& each : found.sorted()) {
    if (settings.quiet && each.severity < Severity::violation) continue;
    out += render(each, settings.colour && settings.output == "-") + "\n";
  }
  if (!settings.quiet) out += counts_of(found) + "\n";
  return out;
}

std::string to_json(const DiagnosticCollector& found) {
  JsonWriter json;
  json.begin_object();
  json.begin_object("counts");
  for (const Severity each :
       {Severity::error, Severity::violation, Severity::warning, Severity::info}) {
    json.member(to_string(each), std::uint64_t{found.count(each)});
  }
  json.end_object();
  json.begin_array("findings");
  for (const Diagnostic& each : found.sorted()) {
    json.begin_object();
    json.member("code", number_of(each.code));
    json.member("rule", info(each.code).name);
    json.member("severity", to_string(each.severity));
    json.member("message", each.message);
    if (!each.hint.empty()) json.member("hint", each.hint);
    if (each.place.known()) {
      json.member("file", each.place.file);
      json.member("line", each.place.line);
      json.member("column", each.place.column);
    }
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.text();
}

Expected<ExitCode> lint(const LintOptions& options, const Settings& settings, Console& console,
                        DiagnosticCollector& found) {
  Sorted files;
  files.knowledge.domain = options.domain;
  for (const std::string& each : options.ontology) {
    files.knowledge.context.push_back(named_file(each));
  }
  std::vector<std::string> named = options.files;
  if (named.empty()) named.emplace_back();
  for (const std::string& each : named) {
    Expected<void> added = each.empty() ? add_project(each, settings, files, found)
                                        : add_file(each, settings, files, found);
    if (!added) return std::unexpected(added.error());
  }
  if (auto done = lint_knowledge(files.knowledge, settings, found); !done) {
    return std::unexpected(done.error());
  }
  if (!files.mappings.files.empty()) {
    if (auto done = lint_mappings(files.mappings, settings, found); !done) {
      return std::unexpected(done.error());
    }
  }
  auto said = console.result(settings.json ? to_json(found) : to_text(found, settings));
  if (!said) return std::unexpected(said.error());
  return exit_code(found, nullptr, options.fail_on, settings.strict);
}

}  // namespace

RunVerb declare_lint(VerbArguments& arguments) {
  const auto options = std::make_shared<LintOptions>();
  arguments.positional(
      options->files, "file", "FILE",
      "mappings, ontologies, shapes or projects (default: the project here or above)");
  arguments.option(options->ontology, {"--ontology"}, "FILE",
                   "an ontology that shapes may refer to; it is not looked at itself");
  arguments.flag(options->domain, {"--domain"}, "the ontology that ships is known as well");
  add_fail_on(arguments, options->fail_on);
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return lint(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
