// RDF files -> canonical N-Quads with the blank node labels of RDFC-1.0, or their digest.
#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/output.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/json_writer.hpp"
#include "cli/load.hpp"
#include "graph/canon.hpp"

namespace dossier {
namespace {

struct CanonVerbOptions {
  std::vector<std::string> inputs;
  std::string base;
  std::string hash = "sha256";
  bool digest = false;
};

std::string digest_of(const std::vector<std::string>& lines, DigestKind hash) {
  Digester digester(hash);
  for (const std::string& line : lines) digester.add(line);
  return digester.finish();
}

std::string to_json(const Graph& graph, const CanonVerbOptions& options,
                    const std::string& digest) {
  JsonWriter json;
  json.begin_object();
  json.member("statements", graph.size());
  json.member("blank_nodes", graph.term_count(TermKind::blank));
  json.member("hash", options.hash);
  json.member("digest", digest);
  json.end_object();
  return json.text();
}

Expected<ExitCode> canon(const CanonVerbOptions& options, const Settings& settings,
                         Console& console, DiagnosticCollector& diagnostics) {
  if (settings.json && !options.digest && settings.output == "-") {
    return fail(code::wrong_usage, {}, "--json: stdout holds the statements",
                "name a file with -o, or ask for the --digest only");
  }
  const Expected<LoadedGraph> loaded = load_rdf_files(
      options.inputs, settings, {.base = options.base}, diagnostics, console.progress());
  if (!loaded) return std::unexpected(loaded.error());
  console.progress().begin("canonicalise");
  const DigestKind hash = options.hash == "sha384" ? DigestKind::sha384 : DigestKind::sha256;
  const Expected<CanonicalNumbers> numbers = canonical_numbers(
      loaded->graph, {.hash = hash, .max_steps = settings.limits.max_canon_steps});
  if (!numbers) return std::unexpected(numbers.error());
  const std::vector<std::string> lines = canonical_lines(loaded->graph, *numbers);
  console.diagnostics(diagnostics);
  if (!options.digest) {
    Expected<std::unique_ptr<ByteSink>> out = open_output(settings.output);
    if (!out) return std::unexpected(out.error());
    for (const std::string& line : lines) (*out)->append(line);
    if (Expected<void> done = (*out)->finish(); !done) return std::unexpected(done.error());
    if (!settings.json) {
      if (settings.output == "-") return ExitCode::clean;
      console.note(fmt::format("{} written to {}", counted(lines.size(), "statement"),
                               printable(settings.output)));
      return ExitCode::clean;
    }
  }
  const std::string digest = digest_of(lines, hash);
  const std::string text = settings.json ? to_json(loaded->graph, options, digest) : digest + "\n";
  const Expected<void> said = options.digest ? console.result(text) : console.to_stdout(text);
  if (!said) return std::unexpected(said.error());
  return ExitCode::clean;
}

}  // namespace

RunVerb declare_canon(VerbArguments& arguments) {
  const auto options = std::make_shared<CanonVerbOptions>();
  arguments.positional(options->inputs, "input", "FILE", "RDF files; - is stdin").required = true;
  arguments.option(options->base, {"--base"}, "IRI", "IRI that relative IRIs are resolved against");
  arguments.flag(options->digest, {"--digest"}, "only the digest of the canonical form");
  arguments.option(options->hash, {"--hash"}, "sha256|sha384", "digest to use (default sha256)");
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return canon(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
