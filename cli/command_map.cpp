// Mappings alone, streaming: statements go out as lines in the order of the input, and no graph is
// built.
#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/graph_input.hpp"
#include "cli/json_writer.hpp"
#include "cli/load.hpp"
#include "cli/map_targets.hpp"
#include "cli/mapping_look.hpp"
#include "cli/mapping_rules.hpp"
#include "cli/output_set.hpp"
#include "cli/pipeline.hpp"
#include "mapping/targets.hpp"

namespace dossier {
namespace {

struct MapOptions {
  std::vector<std::string> mappings;
  std::string base;
  std::string source_root;
  std::string fail_on = "violation";
  std::uint64_t test = 0;
  bool keep_duplicates = false;
  bool rdf_star = false;
  bool allow_empty_joins = false;
  bool no_ledger = false;
};

Expected<std::vector<Plan>> plans_of(const MapOptions& options, const Settings& settings,
                                     DiagnosticSink& diagnostics) {
  MappingRules rules;
  rules.source_root = options.source_root;
  rules.base = options.base;
  rules.allow_network = settings.allow_network;
  CompileOptions compiling = compile_options(rules, settings);
  compiling.rdf_star = options.rdf_star && options.test == 0;  // a look is at a graph
  std::vector<ProjectFile> files;
  for (const std::string& each : options.mappings) files.push_back(named_file(each));
  return load_plans(files, compiling, settings, diagnostics);
}

// Lines as written make the graph of this ledger: no other step changes their number.
Expected<Ledger> map_lines(std::span<const Plan> plans, Format format, const MapOptions& options,
                           const Settings& settings, DiagnosticSink& diagnostics,
                           Progress& progress) {
  OutputSet outputs;
  const Expected<ByteSink*> out = outputs.open(settings.output);
  if (!out) return std::unexpected(out.error());
  RunOptions run;
  run.threads = settings.threads;
  run.format = format;
  run.keep_duplicates = options.keep_duplicates;
  run.joins_must_match = !options.allow_empty_joins;
  run.memory = settings.memory;
  run.limits = settings.limits;
  run.on_records = [&](std::uint64_t records) { progress.advance(records); };
  progress.begin("map", "records");
  Ledger ledger;
  std::uint64_t written = 0;
  std::uint64_t in_targets = 0;
  const auto add = [&](const RunCounts& counts) {
    add_to_ledger(counts, ledger);
    ledger.duplicates += counts.duplicates;
    return counts.written();
  };
  for (const Plan& plan : plans) {
    const auto targets = target_files(plan);
    if (!targets) return std::unexpected(targets.error());
    run.on_share = {};
    if (plans.size() == 1 && targets->empty()) {
      run.on_share = [&](double done) { progress.share(done); };
    }
    const Expected<RunCounts> counts =
        targets->empty() ? run_to_lines(plan, **out, run, diagnostics)
                         : run_to_lines(plan_for_targets(plan, {}), **out, run, diagnostics);
    if (!counts) return std::unexpected(counts.error());
    written += add(*counts);
    for (const TargetFile& file : *targets) {
      const auto of_target = write_target(plan, file, run, settings, outputs, diagnostics);
      if (!of_target) return std::unexpected(of_target.error());
      in_targets += add(of_target->counts);
      for (const WrittenFile& each : of_target->files) {
        ledger.exports.push_back({each.path.string(),
                                  file.serialization,
                                  0,
                                  {{"statements", each.statements}},
                                  {{"statements", each.statements}}});
      }
    }
  }
  if (auto done = outputs.commit(); !done) return std::unexpected(done.error());
  ledger.in_graph = written + in_targets;
  ledger.exports.push_back({settings.output,
                            std::string(info(format).name),
                            (*out)->bytes_written(),
                            {{"statements", written}},
                            {{"statements", written}}});
  // Each statement that was made is in one of the files; to the others it is elsewhere.
  for (Ledger::Export& file : ledger.exports) {
    const std::uint64_t elsewhere = ledger.in_graph - file.contents.front().count;
    if (elsewhere > 0) file.parts.push_back({"elsewhere", elsewhere});
  }
  return ledger;
}

std::string to_json(const Ledger& ledger) {
  JsonWriter json;
  json.begin_object();
  write_json(ledger, json);
  json.end_object();
  return json.text();
}

Expected<ExitCode> map_statements(const MapOptions& options, const Settings& settings,
                                  Console& console, DiagnosticCollector& diagnostics) {
  if (settings.json && settings.output == "-") {
    return fail(code::wrong_usage, {}, "--json: stdout holds the statements",
                "name a file with -o");
  }
  Expected<Format> format = Format::nquads;
  // A name without an extension (a device, a pipe) tells nothing: lines as on stdout.
  const bool named = std::filesystem::path(settings.output).has_extension();
  if (settings.to || (settings.output != "-" && named)) {
    format = format_of_output(settings.output, settings.to);
  }
  if (!format) return std::unexpected(format.error());
  if (*format != Format::ntriples && *format != Format::nquads) {
    return fail(code::wrong_usage, {},
                fmt::format("map writes lines, and {} is no line format", info(*format).name),
                "write ntriples or nquads, then convert; or build a project");
  }
  const auto plans = plans_of(options, settings, diagnostics);
  if (!plans) return std::unexpected(plans.error());
  if (options.test > 0) {
    const auto look = mapping_look(*plans, options.test, settings, diagnostics);
    if (!look) return std::unexpected(look.error());
    console.diagnostics(diagnostics);
    if (auto said = console.result(*look); !said) return std::unexpected(said.error());
    return exit_code(diagnostics, nullptr, options.fail_on, settings.strict);
  }
  const Expected<Ledger> ledger =
      map_lines(*plans, *format, options, settings, diagnostics, console.progress());
  if (!ledger) return std::unexpected(ledger.error());
  console.progress().end();
  console.diagnostics(diagnostics);
  if (const auto faults = imbalances(*ledger); !faults.empty()) {
    for (const std::string& fault : faults) {
      console.error(make_diagnostic(code::ledger_unbalanced, {}, fault));
    }
    return ExitCode::bug;
  }
  if (settings.json) {
    if (auto said = console.to_stdout(to_json(*ledger)); !said) {
      return std::unexpected(said.error());
    }
  } else if (!options.no_ledger) {
    std::string text = to_text(*ledger);
    text.pop_back();  // a note ends with a line end of its own
    console.note(text);
  }
  return exit_code(diagnostics, nullptr, options.fail_on, settings.strict);
}

}  // namespace

RunVerb declare_map(VerbArguments& arguments) {
  const auto options = std::make_shared<MapOptions>();
  arguments.positional(options->mappings, "mapping", "FILE", "RML (.ttl) or YARRRML (.yaml) files")
      .required = true;
  arguments.option(options->test, {"--test"}, "N",
                   "write nothing; show the first N records of each source and what they make");
  arguments.option(options->base, {"--base"}, "IRI",
                   "IRI for relative IRIs where the mapping names none");
  arguments.option(options->source_root, {"--source-root"}, "DIR",
                   "folder where paths of sources begin (default: that of the mapping)");
  arguments.flag(options->keep_duplicates, {"--keep-duplicates"},
                 "write equal statements as often as they are made");
  arguments.flag(options->allow_empty_joins, {"--allow-empty-joins"},
                 "go on where none of the keys of a join is among the parents");
  arguments.flag(options->rdf_star, {"--rdf-star"},
                 "write statements as terms << s p o >>, subjects included, as before RDF 1.2");
  arguments.flag(options->no_ledger, {"--no-ledger"}, "do not show the ledger");
  add_fail_on(arguments, options->fail_on);
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return map_statements(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
