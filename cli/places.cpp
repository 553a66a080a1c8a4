#include "cli/places.hpp"

#include <algorithm>

#include "base/input.hpp"

namespace dossier {

void Places::add_text(std::string name, std::string_view text) {
  Text& entry = texts_[std::move(name)];
  entry.text = text;
  entry.lines.reset();
}

void Places::add_mapped(const Plan& plan, const Graph& graph,
                        std::span<const std::size_t> positions) {
  mapped_ = &graph;
  for (const SourcePlan& source : plan.sources) paths_[source.shown_path] = source.path.string();
  const auto origins = Explainer(plan, graph, limits_).explain(positions);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (!origins[i].empty()) mapped_places_[positions[i]] = origins[i].front().place;
  }
}

void Places::add_findings(const Plan& plan, const Graph& graph, const Findings& findings) {
  std::vector<std::size_t> positions;
  for (const Finding& each : findings.kept()) {
    if (each.statement != kNoStatement) positions.push_back(each.statement);
  }
  std::ranges::sort(positions);
  const auto repeats = std::ranges::unique(positions);
  positions.erase(repeats.begin(), repeats.end());
  add_mapped(plan, graph, positions);
}

Place Places::place_of(const Graph& graph, std::size_t position) {
  if (&graph == mapped_) {
    const auto found = mapped_places_.find(position);
    if (found != mapped_places_.end()) return found->second;
  }
  const std::span<const EvidenceId> evidence = graph.evidence_of(position);
  if (evidence.empty()) return {};
  const EvidenceRow& row = graph.evidence(evidence.front());
  if (!row.source) return {};
  Place place{graph.sources()[row.source.index()].path};
  if (row.rule) return place;  // a record: its offset is no place in a text that a person opens
  if (const Text* text = text_of(place.file)) {
    const LineColumn at = text->lines->at(row.offset);
    place.line = at.line;
    place.column = at.column;
  }
  return place;
}

PlaceOf Places::function() {
  return [this](const Graph& graph, std::size_t position) { return place_of(graph, position); };
}

std::optional<std::string> Places::line_of(const Place& place) {
  if (place.line == 0) return std::nullopt;
  const Text* text = text_of(place.file);
  if (text == nullptr) return std::nullopt;
  const std::optional<std::string_view> line = text->lines->line(place.line);
  if (!line) return std::nullopt;
  return std::string(*line);
}

Places::Text* Places::text_of(const std::string& name) {
  const auto [at, added] = texts_.try_emplace(name);
  Text& entry = at->second;
  if (added) {
    const auto path = paths_.find(name);
    Expected<std::string> text =
        load_file(path == paths_.end() ? name : path->second, limits_.max_literal_bytes, limits_);
    if (text) {
      entry.owned = std::move(*text);
      entry.text = entry.owned;
    }
  }
  if (entry.text.empty()) return nullptr;
  if (!entry.lines) entry.lines = std::make_unique<LineIndex>(entry.text);
  return &entry;
}

}  // namespace dossier
