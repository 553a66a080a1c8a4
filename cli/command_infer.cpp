// What follows from a graph by its ontology. Only what is new is written, unless --with-data.
#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/graph_input.hpp"
#include "cli/inferred_text.hpp"
#include "cli/load.hpp"
#include "exporters/rdf.hpp"

namespace dossier {
namespace {

struct InferOptions {
  GraphInput input;
  std::string rules = "all";
  std::size_t max_results = 1'000;
  bool domain = false;
  bool with_data = false;
  bool why = false;
};

InferenceOptions rules_named(const std::string& name, const Limits& limits) {
  InferenceOptions out;
  out.limits = limits;
  out.rdfs = name != "links";
  out.owl = name == "owl" || name == "all";
  out.direct = name == "links" || name == "all";
  return out;
}

// In the order of subject, predicate and object: that of the output.
std::vector<std::uint32_t> sorted(const Inference& inference) {
  std::vector<std::uint32_t> order(inference.statements().size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {},
                    [&](std::uint32_t number) { return inference.statements()[number].statement; });
  return order;
}

// Hands the inferred statements to a sink.
template <class Sink>
bool pass(const Graph& graph, const Inference& inference, std::span<const std::uint32_t> order,
          Sink& sink) {
  for (const std::uint32_t number : order) {
    const Statement& each = inference.statements()[number].statement;
    const TermView subject = graph.term(each.subject);
    const TermView predicate = graph.term(each.predicate);
    const TermView object = graph.term(each.object);
    const StatementView view{&subject, &predicate, &object, nullptr, 0};
    if (!sink.statement(view)) return false;
  }
  return true;
}

Expected<void> write_statements(BuiltGraph& built, const Inference& inference,
                                std::span<const std::uint32_t> order, Format format, bool with_data,
                                const Settings& settings) {
  Expected<std::unique_ptr<ByteSink>> out = open_output(settings.output);
  if (!out) return std::unexpected(out.error());
  if (!with_data && (format == Format::ntriples || format == Format::nquads)) {
    LineWriter lines(format, **out);
    if (!pass(*built.graph, inference, order, lines) && lines.error()) {
      return std::unexpected(*lines.error());
    }
    return (*out)->finish();
  }
  RdfWriteOptions options;
  options.prefixes = built.prefixes;
  options.threads = settings.threads;
  Graph only;
  if (with_data) {
    *built.graph = std::move(*built.graph).extended(inference.extensions());
  } else {
    Builder builder;
    pass(*built.graph, inference, order, builder.shard());
    only = freeze(std::move(builder), {.threads = settings.threads});
  }
  const auto written = write_rdf(with_data ? *built.graph : only, format, options, **out);
  if (!written) return std::unexpected(written.error());
  return (*out)->finish();
}

Expected<Format> format_wanted(const Settings& settings) {
  if (settings.output == "-" && !settings.to) return Format::ntriples;
  const Expected<Format> format = format_of_output(settings.output, settings.to);
  if (format && !can_write_rdf(*format)) {
    return fail(code::unknown_format, {settings.output},
                fmt::format("statements cannot be written as {}", info(*format).name));
  }
  return format;
}

Expected<ExitCode> infer_statements(const InferOptions& options, const Settings& settings,
                                    Console& console, DiagnosticCollector& diagnostics) {
  const bool page = options.why || settings.json;
  const Expected<Format> format = page ? Format::ntriples : format_wanted(settings);
  if (!format) return std::unexpected(format.error());
  GraphInput input = options.input;
  input.domain = options.domain || input.ontology.empty();
  input.inferring = Inferring::later;
  Expected<LoadedInput> loaded = load_input(input, settings, diagnostics, console.progress());
  if (!loaded) return std::unexpected(loaded.error());
  BuiltGraph& built = loaded->built;
  if (!built.knowledge->ontology) {
    return fail(code::wrong_usage, {}, "there is no ontology to infer by",
                "name one: --ontology FILE");
  }
  console.progress().begin("infer");
  const Expected<Inference> inference =
      infer(*built.graph, *built.knowledge->ontology, rules_named(options.rules, settings.limits));
  if (!inference) return std::unexpected(inference.error());
  const std::vector<std::uint32_t> order = sorted(*inference);
  console.diagnostics(diagnostics);
  Expected<void> done;
  if (page) {
    const std::size_t most = options.why ? options.max_results : 0;
    done = console.result(settings.json ? inferred_json(built, *inference, order, most, settings)
                                        : inferred_text(built, *inference, order, most, settings));
  } else {
    done = write_statements(built, *inference, order, *format, options.with_data, settings);
  }
  if (!done) return std::unexpected(done.error());
  const std::string counts = rule_counts(*inference);
  if (!page) {
    console.note(fmt::format("{} inferred{}{}",
                             counted(inference->statements().size(), "statement"),
                             counts.empty() ? "" : ": ", counts));
  }
  return ExitCode::clean;
}

}  // namespace

RunVerb declare_infer(VerbArguments& arguments) {
  const auto options = std::make_shared<InferOptions>();
  add_graph_input(arguments, options->input,
                  "RDF files, or a project (default: the one here or above)");
  arguments.flag(options->domain, {"--domain"}, "also the ontology that ships, beside --ontology");
  arguments.option(options->rules, {"--rules"}, "rdfs|owl|links|all",
                   "rdfs: class, property, domain, range; owl: these and inverse, symmetric, "
                   "transitive, chains, hasValue; links: direct statements; all (default)");
  arguments.flag(options->with_data, {"--with-data"}, "write the statements of the data as well");
  arguments.flag(
      options->why, {"--why"},
      "as text: each inferred statement, its rule, what it rests on and where that stands");
  arguments.option(options->max_results, {"--max-results"}, "N",
                   "statements that --why shows at most (default 1000)");
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return infer_statements(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
