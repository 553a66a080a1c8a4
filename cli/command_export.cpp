#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exports.hpp"
#include "cli/graph_input.hpp"
#include "cli/json_writer.hpp"
#include "cli/load.hpp"

namespace dossier {
namespace {

struct ExportOptions {
  GraphInput input;
  std::string links;
  std::string reader;
};

Expected<ExportSpec> export_spec(const ExportOptions& options, const Settings& settings) {
  const Expected<Format> format = format_of_output(settings.output, settings.to);
  if (!format) return std::unexpected(format.error());
  if (info(*format).kind != FormatKind::network) {
    return fail(code::wrong_usage, {}, fmt::format("{} is no network format", info(*format).name),
                "`dossier convert` writes statements");
  }
  ExportSpec spec;
  spec.file = named_file(settings.output);
  spec.format = *format;
  spec.for_gephi = options.reader == "gephi";
  if (options.links == "nodes") spec.links = LinkForm::nodes;
  if (options.links == "both") spec.links = LinkForm::both;
  return spec;
}

std::string to_json(const Ledger::Export& entry) {
  JsonWriter json;
  json.begin_object();
  for (const Ledger::Part& part : entry.contents) json.member(part.name, part.count);
  json.member("bytes", entry.bytes);
  json.end_object();
  return json.text();
}

Expected<ExitCode> export_graph(const ExportOptions& options, const Settings& settings,
                                Console& console, DiagnosticCollector& diagnostics) {
  const Expected<ExportSpec> spec = export_spec(options, settings);
  if (!spec) return std::unexpected(spec.error());
  if (settings.json && settings.output == "-") {
    return fail(code::wrong_usage, {}, "--json: stdout holds the network", "name a file with -o");
  }
  Expected<LoadedInput> loaded =
      load_input(options.input, settings, diagnostics, console.progress());
  if (!loaded) return std::unexpected(loaded.error());
  OutputSet outputs;
  auto written =
      write_exports({&*spec, 1}, loaded->built, settings, outputs, diagnostics, console.progress());
  if (!written) return std::unexpected(written.error());
  if (auto done = outputs.commit(); !done) return std::unexpected(done.error());
  console.diagnostics(diagnostics);
  const Ledger::Export& entry = loaded->built.ledger.exports.front();
  if (settings.json) {
    if (auto said = console.to_stdout(to_json(entry)); !said) {
      return std::unexpected(said.error());
    }
  } else if (settings.output != "-") {
    console.note(fmt::format("{} and {} written to {}", counted(entry.contents[0].count, "node"),
                             counted(entry.contents[1].count, "edge"), printable(settings.output)));
  }
  return ExitCode::clean;
}

}  // namespace

RunVerb declare_export(VerbArguments& arguments) {
  const auto options = std::make_shared<ExportOptions>();
  add_graph_input(arguments, options->input,
                  "RDF files, or a project (default: the one here or above)");
  arguments.option(options->links, {"--links"}, "edges|nodes|both",
                   "links become edges (default), nodes, or both");
  arguments.option(options->reader, {"--for"}, "gephi|any", "write what this program reads best");
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return export_graph(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
