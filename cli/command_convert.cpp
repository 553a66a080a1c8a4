// Statements in one syntax to statements in another. Line formats are written as they are read, in
// bounded memory; the others need the whole graph.
#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/json_writer.hpp"
#include "cli/load.hpp"
#include "exporters/rdf.hpp"

namespace dossier {
namespace {

struct ConvertOptions {
  std::vector<std::string> inputs;
  std::string base;
  std::string prefixes;
  std::string mode;
};

struct ConvertCounts {
  std::uint64_t read = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t written = 0;
};

bool is_line_format(Format format) {
  return format == Format::ntriples || format == Format::nquads;
}

// Counts what passes through and stops the reader at the first error of the writer.
class CountingLines {
 public:
  CountingLines(Format format, ByteSink& out, Progress& progress)
      : writer_(format, out), out_(out), progress_(progress) {}
  bool statement(const StatementView& view) {
    if (++count_ % 4096 == 0) {
      progress_.advance(4096);
      if (out_.failed()) return false;  // a full disk or a closed pipe: no use in reading on
    }
    return writer_.statement(view);
  }
  void prefix(std::string_view, std::string_view) {}
  const LineWriter& writer() const { return writer_; }

 private:
  LineWriter writer_;
  ByteSink& out_;
  Progress& progress_;
  std::uint64_t count_ = 0;
};

Expected<ConvertCounts> stream(const ConvertOptions& options, Format format,
                               const Settings& settings, Console& console,
                               DiagnosticSink& diagnostics) {
  Expected<std::unique_ptr<ByteSink>> out = open_output(settings.output);
  if (!out) return std::unexpected(out.error());
  console.progress().begin("convert", "statements");
  CountingLines sink(format, **out, console.progress());
  ConvertCounts counts;
  for (std::size_t i = 0; i < options.inputs.size(); ++i) {
    RdfReadOptions read_options;
    read_options.base = options.base;
    read_options.blank_scope = blank_scope(i, options.inputs.size());
    const Expected<RdfReadCounts> read =
        read_rdf_file(options.inputs[i], settings, read_options, sink, diagnostics);
    if (sink.writer().error()) return std::unexpected(*sink.writer().error());
    if (!read) return std::unexpected(read.error());
    counts.read += read->statements;
    if ((*out)->failed()) break;
  }
  if (Expected<void> done = (*out)->finish(); !done) return std::unexpected(done.error());
  counts.written = sink.writer().count();
  return counts;
}

// Prefixes that a file declares; its statements are passed over.
struct PrefixesOnly {
  Prefixes prefixes;
  bool statement(const StatementView&) { return true; }
  void prefix(std::string_view name, std::string_view iri) { prefixes.set(name, iri); }
};

Expected<ConvertCounts> build(const ConvertOptions& options, Format format, RdfWriteMode mode,
                              const Settings& settings, Console& console,
                              DiagnosticSink& diagnostics) {
  Expected<LoadedGraph> loaded =
      load_rdf_files(options.inputs, settings, options.base, diagnostics, console.progress());
  if (!loaded) return std::unexpected(loaded.error());
  RdfWriteOptions write_options;
  write_options.prefixes = loaded->prefixes;
  write_options.threads = settings.threads;
  write_options.mode = mode;
  if (!options.prefixes.empty()) {
    PrefixesOnly wanted;
    const Expected<RdfReadCounts> read =
        read_rdf_file(options.prefixes, settings, {}, wanted, diagnostics);
    if (!read) return std::unexpected(read.error());
    write_options.prefixes = wanted.prefixes;
  }
  console.progress().begin("write");
  Expected<std::unique_ptr<ByteSink>> out = open_output(settings.output);
  if (!out) return std::unexpected(out.error());
  const Expected<RdfWriteCounts> written = write_rdf(loaded->graph, format, write_options, **out);
  if (!written) return std::unexpected(written.error());
  if (Expected<void> done = (*out)->finish(); !done) return std::unexpected(done.error());
  return ConvertCounts{loaded->counts.statements_in, loaded->counts.duplicates,
                       written->statements};
}

RdfWriteMode mode_named(const std::string& name) {
  if (name == "diff-stable") return RdfWriteMode::diff_stable;
  if (name == "canonical") return RdfWriteMode::canonical;
  return RdfWriteMode::pretty;
}

std::string to_json(const ConvertCounts& counts) {
  JsonWriter json;
  json.begin_object();
  json.member("read", counts.read);
  json.member("duplicates", counts.duplicates);
  json.member("written", counts.written);
  json.end_object();
  return json.text();
}

Expected<ExitCode> convert(const ConvertOptions& options, const Settings& settings,
                           Console& console, DiagnosticCollector& diagnostics) {
  const Expected<Format> format = format_of_output(settings.output, settings.to);
  if (!format) return std::unexpected(format.error());
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
  const bool lines = is_line_format(*format);
  if (options.mode == "stream" && !lines) {
    return fail(code::wrong_usage, {},
                fmt::format("--mode stream: {} needs the whole graph", info(*format).name),
                "streams are --to ntriples and --to nquads");
  }
  const bool streams = lines && (options.mode.empty() || options.mode == "stream");
  const Expected<ConvertCounts> counts =
      streams ? stream(options, *format, settings, console, diagnostics)
              : build(options, *format, mode_named(options.mode), settings, console, diagnostics);
  if (!counts) return std::unexpected(counts.error());
  console.diagnostics(diagnostics);
  if (settings.json) {
    if (Expected<void> said = console.to_stdout(to_json(*counts)); !said) {
      return std::unexpected(said.error());
    }
  } else if (settings.output != "-") {
    console.note(fmt::format("{} read, {} written to {}", counted(counts->read, "statement"),
                             with_separators(counts->written), printable(settings.output)));
  }
  return ExitCode::clean;
}

}  // namespace

RunVerb declare_convert(VerbArguments& arguments) {
  const auto options = std::make_shared<ConvertOptions>();
  arguments.positional(options->inputs, "input", "FILE", "RDF files; - is stdin").required = true;
  arguments.option(options->base, {"--base"}, "IRI", "IRI that relative IRIs are resolved against");
  arguments.option(options->prefixes, {"--prefixes"}, "FILE",
                   "RDF file whose prefixes are used instead of those of the input");
  arguments.option(options->mode, {"--mode"}, "pretty|stream|diff-stable|canonical",
                   "stream: as read, duplicates too (default for lines); pretty: sorted and "
                   "grouped (default for others); diff-stable; canonical");
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return convert(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
