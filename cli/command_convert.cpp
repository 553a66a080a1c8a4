// Statements in one syntax to statements in another: as they come where that was asked for or is
// enough, else sorted and grouped by way of a graph.
#include <filesystem>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/convert.hpp"
#include "cli/json_writer.hpp"
#include "cli/load.hpp"
#include "cli/local_documents.hpp"

namespace dossier {
namespace {

// A graph takes about twice the bytes of its lines.
constexpr std::uint64_t kMaxPrettyBytes = std::uint64_t{1} << 30;

struct ConvertOptions {
  std::vector<std::string> inputs;
  std::string base;
  std::string prefixes;
  std::string context;
  std::string mode;
  std::string fallback = "refuse";
  bool recover = false;
  bool check = false;
};

// Prefixes that a file declares; its statements are passed over.
struct PrefixesOnly {
  Prefixes prefixes;
  bool statement(const StatementView&) { return true; }
  void prefix(std::string_view name, std::string_view iri) { prefixes.set(name, iri); }
};

RdfWriteMode mode_named(const std::string& name) {
  if (name == "diff-stable") return RdfWriteMode::diff_stable;
  if (name == "canonical") return RdfWriteMode::canonical;
  return RdfWriteMode::pretty;
}

FallbackKind fallback_named(const std::string& name) {
  if (name == "skip") return FallbackKind::skip;
  if (name == "nearest") return FallbackKind::nearest;
  return FallbackKind::refuse;
}

std::uint64_t bytes_of(const std::vector<std::string>& files) {
  std::uint64_t sum = 0;
  for (const std::string& each : files) {
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(each, error);
    if (!error) sum += size;
  }
  return sum;
}

// Lines always, other formats when asked to or when the input is larger than a graph should be.
bool streams(const ConvertOptions& options, Format format, Console& console) {
  if (options.mode == "stream") return true;
  if (!options.mode.empty() || !can_convert_stream(format)) return false;
  if (is_line_format(format)) return true;
  if (bytes_of(options.inputs) <= kMaxPrettyBytes) return false;
  console.note(
      fmt::format("more than {} bytes of input: written as it comes, in bounded memory\n"
                  "  hint: --mode pretty sorts, groups and nests it all the same",
                  with_separators(kMaxPrettyBytes)));
  return true;
}

Expected<ConvertJob> job_of(const ConvertOptions& options, Format format, const Settings& settings,
                            DiagnosticSink& diagnostics) {
  ConvertJob job;
  job.inputs = options.inputs;
  job.format = format;
  job.base = options.base;
  job.mode = mode_named(options.mode);
  job.fallback = fallback_named(options.fallback);
  job.recover = options.recover;
  if (!options.prefixes.empty()) {
    PrefixesOnly wanted;
    Settings of_prefixes = settings;
    of_prefixes.from.reset();  // --from is for the input
    const Expected<RdfReadCounts> read =
        read_rdf_file(options.prefixes, of_prefixes, {}, StatementSinkRef(wanted), diagnostics);
    if (!read) return std::unexpected(read.error());
    job.prefixes = wanted.prefixes;
  }
  if (!options.context.empty()) {
    auto context = load_context(options.context, settings);
    if (!context) return std::unexpected(context.error());
    job.context = std::move(*context);
  }
  return job;
}

// What was read and what became of it.
Ledger ledger_of(const ConvertCounts& counts, const ConvertJob& job, const Settings& settings) {
  Ledger ledger;
  ledger.from_files = counts.read - counts.left_out;
  ledger.duplicates = counts.duplicates;
  ledger.in_graph = counts.written;
  if (counts.errors > 0) ledger.statements_rejected_by["syntax errors"] = counts.errors;
  if (counts.left_out > 0) ledger.statements_rejected_by["export_left_out"] = counts.left_out;
  ledger.exports.push_back({settings.output,
                            std::string(info(job.format).name),
                            counts.bytes,
                            {{"statements", counts.written}},
                            {{"statements", counts.written}}});
  return ledger;
}

std::string to_json(const ConvertCounts& counts, const Ledger* ledger) {
  JsonWriter json;
  json.begin_object();
  json.member("read", counts.read);
  json.member("errors", counts.errors);
  if (ledger != nullptr) {
    json.member("left_out", counts.left_out);
    json.member("changed", counts.changed);
    json.member("duplicates", counts.duplicates);
    json.member("written", counts.written);
    json.begin_object("ledger");
    write_json(*ledger, json);
    json.end_object();
  }
  json.end_object();
  return json.text();
}

std::string summary(const ConvertCounts& counts, const ConvertOptions& options,
                    const Settings& settings) {
  std::string out = fmt::format("{} read", counted(counts.read, "statement"));
  const auto add = [&out](std::uint64_t count, std::string_view what) {
    if (count > 0) out += fmt::format(", {} {}", with_separators(count), what);
  };
  add(counts.errors, "in error");
  add(counts.left_out, "left out");
  add(counts.changed, "changed");
  add(counts.duplicates, "equal to another");
  if (options.check) return out;
  return out + fmt::format(", {} written to {}", with_separators(counts.written),
                           printable(settings.output));
}

ExitCode exit_code_of(const ConvertCounts& counts, const Settings& settings) {
  const bool findings = counts.errors > 0 || (settings.strict && counts.left_out > 0) ||
                        (settings.strict && counts.changed > 0);
  return findings ? ExitCode::findings : ExitCode::clean;
}

Expected<ExitCode> check(const ConvertOptions& options, const Settings& settings, Console& console,
                         DiagnosticCollector& diagnostics) {
  ConvertJob job;
  job.inputs = options.inputs;
  job.base = options.base;
  job.recover = true;
  const Expected<ConvertCounts> counts = check_only(job, settings, diagnostics, console.progress());
  if (!counts) return std::unexpected(counts.error());
  console.progress().end();
  console.diagnostics(diagnostics);
  const Expected<void> said = console.result(
      settings.json ? to_json(*counts, nullptr) : summary(*counts, options, settings) + "\n");
  if (!said) return std::unexpected(said.error());
  return exit_code_of(*counts, settings);
}

Expected<Format> output_format(const ConvertOptions& options, const Settings& settings) {
  const Expected<Format> format = format_of_output(settings.output, settings.to);
  if (!format) return format;
  if (!can_write_rdf(*format)) {
    return fail(code::unknown_format, {settings.output},
                fmt::format("statements cannot be written as {}", info(*format).name),
                info(*format).kind == FormatKind::network ? "`dossier export` writes networks"
                                                          : "name another format with --to");
  }
  if (settings.json && settings.output == "-") {
    return fail(code::wrong_usage, {}, "--json: stdout holds the statements",
                "name a file with -o");
  }
  if (options.mode == "stream" && !can_convert_stream(*format)) {
    return fail(code::wrong_usage, {},
                fmt::format("--mode stream: {} needs the whole graph", info(*format).name),
                "streams are --to ntriples, nquads, turtle and trig");
  }
  if (!options.context.empty() && *format != Format::jsonld) {
    return fail(code::wrong_usage, {},
                fmt::format("--context is for JSON-LD, not for {}", info(*format).name));
  }
  return format;
}

Expected<ExitCode> convert(const ConvertOptions& options, const Settings& settings,
                           Console& console, DiagnosticCollector& diagnostics) {
  if (options.check) return check(options, settings, console, diagnostics);
  const Expected<Format> format = output_format(options, settings);
  if (!format) return std::unexpected(format.error());
  const Expected<ConvertJob> job = job_of(options, *format, settings, diagnostics);
  if (!job) return std::unexpected(job.error());
  const Expected<ConvertCounts> counts =
      streams(options, *format, console)
          ? convert_stream(*job, settings, diagnostics, console.progress())
          : convert_graph(*job, settings, diagnostics, console.progress());
  if (!counts) return std::unexpected(counts.error());
  console.progress().end();
  console.diagnostics(diagnostics);
  const Ledger ledger = ledger_of(*counts, *job, settings);
  if (const auto faults = imbalances(ledger); !faults.empty()) {
    for (const std::string& fault : faults) {
      console.error(make_diagnostic(code::ledger_unbalanced, {}, fault));
    }
    return ExitCode::bug;
  }
  if (settings.json) {
    if (auto said = console.to_stdout(to_json(*counts, &ledger)); !said) {
      return std::unexpected(said.error());
    }
  } else if (settings.output != "-") {
    console.note(summary(*counts, options, settings));
  }
  return exit_code_of(*counts, settings);
}

}  // namespace

RunVerb declare_convert(VerbArguments& arguments) {
  const auto options = std::make_shared<ConvertOptions>();
  arguments.positional(options->inputs, "input", "FILE", "RDF files; - is stdin").required = true;
  arguments.option(options->base, {"--base"}, "IRI", "IRI that relative IRIs are resolved against");
  arguments.option(options->prefixes, {"--prefixes"}, "FILE",
                   "RDF file whose prefixes are used instead of those of the input");
  arguments.option(
      options->context, {"--context"}, "FILE",
      "context that JSON-LD is compacted by, instead of one made of the prefixes; or an "
      "address that --copy gives a file");
  arguments.option(
      options->mode, {"--mode"}, "pretty|stream|diff-stable|canonical",
      "stream: as read, duplicates too, in bounded memory (default for lines and for "
      "large inputs); pretty: sorted, grouped and nested (default for others); "
      "diff-stable: the same with blank nodes named by what is said of them; canonical");
  arguments.flag(options->recover, {"--recover"},
                 "tell all errors of syntax and go on behind each (exit code 1)");
  arguments.flag(options->check, {"--check"}, "write nothing: tell all errors and count");
  arguments.option(
      options->fallback, {"--fallback"}, "refuse|skip|nearest",
      "statements that the format has no form for: refuse ends the run (default), skip "
      "leaves them out, nearest drops graph names and writes U+FFFD for characters "
      "that XML has not");
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return convert(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
