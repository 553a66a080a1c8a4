#include "cli/idle_shapes.hpp"

#include <fmt/format.h>

#include "base/codes/ontology.hpp"
#include "base/text.hpp"
#include "cli/places.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMostClasses = 10'000;  // that are looked through for a name that is close
constexpr std::string_view kEmbeddedFolder = "vocabulary/";

// The classes that the things of a graph have; none when there are too many.
std::vector<std::string_view> classes_of(const Graph& graph) {
  std::vector<std::string_view> out;
  TermId last;
  if (!graph.rdf_type()) return out;
  for (const Statement& each : graph.with_predicate(graph.rdf_type())) {
    if (each.object == last || !each.object.is_iri()) continue;
    last = each.object;
    if (out.size() == kMostClasses) return {};
    out.push_back(graph.text(last));
  }
  return out;
}

}  // namespace

void report_idle_shapes(const BuiltGraph& built, const Findings& findings, const Settings& settings,
                        DiagnosticSink& diagnostics) {
  const Graph* const from = built.knowledge->shapes_graph.get();
  if (findings.idle_shapes().empty() || from == nullptr) return;
  const ShapeSet& shapes = findings.shapes();
  std::vector<std::size_t> positions;
  for (const ShapeId id : findings.idle_shapes()) positions.push_back(shapes[id].position);
  Places places(*from, {}, settings);
  places.prepare(positions);
  const std::vector<std::string_view> classes = classes_of(*built.graph);
  for (const ShapeId id : findings.idle_shapes()) {
    Place place = places.place_of()(*from, shapes[id].position);
    if (place.file.starts_with(kEmbeddedFolder)) continue;
    std::string hint;
    for (const Target& target : shapes[id].targets) {
      if (target.kind != TargetKind::cls) continue;
      const std::string_view wanted = from->text(target.term);
      const auto near = nearest_name(wanted, classes);
      if (near && *near != wanted) {
        hint = fmt::format("did you mean {}?", built.prefixes.shorten(*near));
      }
    }
    diagnostics.report(
        make_diagnostic(code::shape_targets_nothing, std::move(place),
                        fmt::format("{} checks nothing: the graph has none of its targets",
                                    printable(shape_name(shapes, id, built.prefixes))),
                        std::move(hint)));
  }
}

}  // namespace dossier
