#include "cli/mapping_look.hpp"

#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/places.hpp"
#include "cli/term_text.hpp"
#include "graph/freeze.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

constexpr std::size_t kShownBytes = 200;  // of a term

// Statements by the evidence that made them, in the order of source, record and rule.
std::map<std::uint32_t, std::vector<std::size_t>> by_evidence(const Graph& graph) {
  std::map<std::uint32_t, std::vector<std::size_t>> out;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    for (const EvidenceId id : graph.evidence_of(i)) out[id.value()].push_back(i);
  }
  return out;
}

std::string record_heading(const Plan& plan, const Graph& graph, const EvidenceRow& row,
                           const Limits& limits) {
  const std::string& path = graph.sources()[row.source.index()].path;
  Place place{path};
  for (const SourcePlan& source : plan.sources) {
    if (source.shown_path != path) continue;
    const std::uint64_t offsets[] = {row.offset};
    place.line = line_columns(source.path.string(), offsets, limits).front().line;
  }
  const std::string_view rule =
      row.rule ? std::string_view(graph.rules()[row.rule.index()].name) : std::string_view{};
  return fmt::format("{}  ({})\n", printable(to_string(place)), printable(rule));
}

std::string look(const Plan& plan, const Graph& graph, const Prefixes& prefixes,
                 const Limits& limits) {
  std::string out;
  for (const auto& [evidence, positions] : by_evidence(graph)) {
    if (!out.empty()) out += '\n';
    out += record_heading(plan, graph, graph.evidence(EvidenceId(evidence)), limits);
    for (const std::size_t position : positions) {
      const Statement& s = graph.statements()[position];
      out += fmt::format("  {}  {}  {}", term_text(graph, s.subject, prefixes, kShownBytes),
                         s.predicate == graph.rdf_type()
                             ? "a"
                             : term_text(graph, s.predicate, prefixes, kShownBytes),
                         term_text(graph, s.object, prefixes, kShownBytes));
      if (s.graph) out += fmt::format("  in {}", term_text(graph, s.graph, prefixes, kShownBytes));
      out += '\n';
    }
  }
  return out;
}

}  // namespace

Expected<std::string> mapping_look(std::span<const Plan> plans, std::uint64_t records,
                                   const Settings& settings, DiagnosticSink& diagnostics) {
  std::string out;
  for (const Plan& plan : plans) {
    Builder builder;
    RunOptions options;
    options.limits = settings.limits;
    options.max_records = records;
    const Expected<RunCounts> counts = run_to_builder(plan, builder, options, diagnostics);
    if (!counts) return std::unexpected(counts.error());
    const Graph graph = freeze(std::move(builder));
    Prefixes prefixes = Prefixes::well_known();
    for (const auto& [name, iri] : plan.model.prefixes) prefixes.set(name, iri);
    out += look(plan, graph, prefixes, settings.limits);
  }
  if (out.empty()) out = "No record made a statement.\n";
  return out;
}

}  // namespace dossier
