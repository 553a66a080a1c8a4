// Whether two RDF files say the same but for the labels of blank nodes, and if not, what only one
// of them says, each statement with its place.
#include <algorithm>

#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/json_writer.hpp"
#include "cli/load.hpp"
#include "cli/places.hpp"
#include "cli/term_text.hpp"
#include "graph/blank_pairs.hpp"
#include "graph/difference.hpp"

namespace dossier {
namespace {

constexpr std::size_t kShown = 20;  // statements of each file, unless --verbose or --json

struct EqualOptions {
  std::string a;
  std::string b;
  std::string base;
};

// One of the files, and what the other does not say.
struct Side {
  std::string path;
  LoadedGraph loaded;
  std::vector<std::size_t> only;
  std::vector<std::string> labels;  // of blank nodes, by index: the same in both for the same node
};

Expected<Side> load_side(const std::string& path, const EqualOptions& options,
                         const Settings& settings, DiagnosticSink& diagnostics,
                         Progress& progress) {
  Expected<LoadedGraph> loaded =
      load_rdf_files(std::span(&path, 1), settings, {.base = options.base}, diagnostics, progress);
  if (!loaded) return std::unexpected(loaded.error());
  return Side{.path = path, .loaded = std::move(*loaded), .only = {}, .labels = {}};
}

// Nodes keep the labels of the first file; those that only the second has get a mark, so that they
// are not taken for others.
void label_blanks(Side& a, Side& b, std::span<const std::uint32_t> partners) {
  const auto own = [](const Graph& graph) {
    std::vector<std::string> out;
    for (std::uint32_t i = 0; i < graph.term_count(TermKind::blank); ++i) {
      out.push_back("_:" + printable(graph.text(TermId(TermKind::blank, i))));
    }
    return out;
  };
  a.labels = own(a.loaded.graph);
  b.labels = own(b.loaded.graph);
  std::vector<bool> shared(a.labels.size());
  for (std::size_t i = 0; i < partners.size(); ++i) {
    if (partners[i] == kNoPartner) {
      b.labels[i] += " (of " + printable(b.path) + ")";
    } else {
      b.labels[i] = a.labels[partners[i]];
      shared[partners[i]] = true;
    }
  }
  for (std::size_t i = 0; i < shared.size(); ++i) {
    if (!shared[i]) a.labels[i] += " (of " + printable(a.path) + ")";
  }
}

std::string term_of(const Side& side, TermId term) {
  if (term.is_blank()) return side.labels[term.index()];
  return term_text(side.loaded.graph, term, side.loaded.prefixes);
}

std::string statement_text(const Side& side, const Statement& s) {
  std::string out = fmt::format("{} {} {}", term_of(side, s.subject), term_of(side, s.predicate),
                                term_of(side, s.object));
  if (s.graph) out += fmt::format(" in {}", term_of(side, s.graph));
  return out;
}

Place place_of(const Places& places, std::size_t position) {
  for (const StatementOrigin& origin : places.origins(position)) {
    if (origin.place.known()) return origin.place;
  }
  return {};
}

std::span<const std::size_t> shown(const Side& side, const Settings& settings) {
  const bool all = settings.verbose || settings.json;
  return std::span(side.only).first(all ? side.only.size() : std::min(side.only.size(), kShown));
}

std::string listing(const Side& side, char sign, const Settings& settings) {
  const Graph& graph = side.loaded.graph;
  Places places(graph, {}, settings);
  const auto some = shown(side, settings);
  places.prepare(some);
  std::string out;
  for (const std::size_t position : some) {
    out += fmt::format("{} {}    {}\n", sign, statement_text(side, graph.statements()[position]),
                       to_string(place_of(places, position)));
  }
  if (some.size() < side.only.size()) {
    out += fmt::format("{} ... and {} more (--verbose shows all)\n", sign,
                       with_separators(side.only.size() - some.size()));
  }
  return out;
}

void write_side(const Side& side, std::string_view name, const Settings& settings,
                JsonWriter& json) {
  const Graph& graph = side.loaded.graph;
  Places places(graph, {}, settings);
  places.prepare(side.only);
  json.begin_object(name);
  json.member("file", side.path);
  json.member("statements", graph.size());
  json.begin_array("only");
  for (const std::size_t position : side.only) {
    const Place place = place_of(places, position);
    json.begin_object();
    json.member("statement", statement_text(side, graph.statements()[position]));
    json.member("line", place.line);
    json.member("column", place.column);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

std::string to_json(const Side& a, const Side& b, bool equal, const Settings& settings) {
  JsonWriter json;
  json.begin_object();
  json.member("equal", equal);
  write_side(a, "a", settings, json);
  write_side(b, "b", settings, json);
  json.end_object();
  return json.text();
}

std::string to_text(const Side& a, const Side& b, bool equal, const Settings& settings) {
  if (equal) {
    return fmt::format("equal: both say the same {}\n",
                       counted(a.loaded.graph.size(), "statement"));
  }
  return fmt::format("different: {} only in {}, {} only in {}\n",
                     counted(a.only.size(), "statement"), printable(a.path),
                     with_separators(b.only.size()), printable(b.path)) +
         listing(a, '-', settings) + listing(b, '+', settings);
}

Expected<ExitCode> equal(const EqualOptions& options, const Settings& settings, Console& console,
                         DiagnosticCollector& diagnostics) {
  if (options.a == "-" && options.b == "-") {
    return fail(code::wrong_usage, {}, "stdin can be read once only");
  }
  Expected<Side> a = load_side(options.a, options, settings, diagnostics, console.progress());
  if (!a) return std::unexpected(a.error());
  Expected<Side> b = load_side(options.b, options, settings, diagnostics, console.progress());
  if (!b) return std::unexpected(b.error());
  console.progress().begin("compare");
  GraphDifference found = difference(a->loaded.graph, b->loaded.graph);
  const Expected<bool> same = are_isomorphic(a->loaded.graph, b->loaded.graph, found,
                                             {.max_steps = settings.limits.max_canon_steps});
  if (!same) return std::unexpected(same.error());
  label_blanks(*a, *b, found.partners);
  if (!*same) {
    a->only = std::move(found.only_a);
    b->only = std::move(found.only_b);
  }
  console.progress().end();
  console.diagnostics(diagnostics);
  const Expected<void> said = console.result(settings.json ? to_json(*a, *b, *same, settings)
                                                           : to_text(*a, *b, *same, settings));
  if (!said) return std::unexpected(said.error());
  return *same ? ExitCode::clean : ExitCode::findings;
}

}  // namespace

RunVerb declare_equal(VerbArguments& arguments) {
  const auto options = std::make_shared<EqualOptions>();
  arguments.positional(options->a, "a", "FILE", "an RDF file; - is stdin").required = true;
  arguments.positional(options->b, "b", "FILE", "the one to compare it with").required = true;
  arguments.option(options->base, {"--base"}, "IRI", "IRI that relative IRIs are resolved against");
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return equal(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
