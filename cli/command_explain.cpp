#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/finding_page.hpp"
#include "cli/graph_input.hpp"
#include "cli/json_writer.hpp"
#include "cli/origins.hpp"

namespace dossier {
namespace {

// "E0202", "e202" or "csv_ragged_row".
const DiagnosticInfo* code_named(const std::string& thing) {
  if (const DiagnosticInfo* found = find_diagnostic(thing)) return found;
  if (thing.size() < 2 || thing.size() > 5 || (thing[0] != 'E' && thing[0] != 'e')) return nullptr;
  const bool digits =
      std::all_of(thing.begin() + 1, thing.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? find_diagnostic(fmt::format("E{:0>4}", thing.substr(1))) : nullptr;
}

std::string page(const DiagnosticInfo& entry) {
  return fmt::format("{} {} ({})\n\n{}\n\n{}\n", number_of(entry.code), entry.title,
                     to_string(entry.severity), entry.help, entry.name);
}

std::string page_json(const DiagnosticInfo& entry) {
  JsonWriter json;
  json.begin_object();
  json.member("code", number_of(entry.code));
  json.member("name", entry.name);
  json.member("severity", to_string(entry.severity));
  json.member("title", entry.title);
  json.member("help", entry.help);
  json.end_object();
  return json.text();
}

struct ExplainOptions {
  std::string thing;
  GraphInput input;
  bool domain = false;
};

Expected<std::string> finding_text(const BuiltGraph& built, std::uint32_t number,
                                   const Settings& settings, Progress& progress) {
  const Expected<Findings> findings = validate(built, settings, progress);
  if (!findings) return std::unexpected(findings.error());
  return explain_finding(built, *findings, number, settings);
}

Expected<ExitCode> explain(const ExplainOptions& options, const Settings& settings,
                           Console& console, DiagnosticCollector& diagnostics) {
  if (const DiagnosticInfo* entry = code_named(options.thing)) {
    if (auto said = console.result(settings.json ? page_json(*entry) : page(*entry)); !said) {
      return std::unexpected(said.error());
    }
    return ExitCode::clean;
  }
  const std::uint32_t number = finding_number(options.thing);
  GraphInput input = options.input;
  // As `dossier validate` has it, so that the numbers are the same.
  if (number > 0) input.domain = options.domain || (input.ontology.empty() && input.shapes.empty());
  const Expected<LoadedInput> loaded = load_input(input, settings, diagnostics, console.progress());
  if (!loaded) return std::unexpected(loaded.error());
  const Expected<std::string> text =
      number > 0 ? finding_text(loaded->built, number, settings, console.progress())
                 : explain_origins(loaded->built, parse_question(options.thing), settings);
  if (!text) return std::unexpected(text.error());
  console.diagnostics(diagnostics);
  if (auto said = console.result(*text); !said) return std::unexpected(said.error());
  return ExitCode::clean;
}

}  // namespace

RunVerb declare_explain(VerbArguments& arguments) {
  const auto options = std::make_shared<ExplainOptions>();
  arguments
      .positional(options->thing, "thing", "THING",
                  "an error code, an entity (IRI or prefix:name), a statement in quotes, or the "
                  "number of a finding")
      .required = true;
  add_graph_input(arguments, options->input,
                  "RDF files, or a project (default: the one here or above)");
  arguments.option(options->input.shapes, {"--shapes"}, "FILE",
                   "of a finding: the shapes that it was validated with");
  arguments.flag(options->domain, {"--domain"}, "of a finding: as for validate");
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return explain(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
