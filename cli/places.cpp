#include "cli/places.hpp"

#include <algorithm>
#include <map>

#include "base/input.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMaxExcerptBytes = std::size_t{64} << 20;

}  // namespace

void Places::prepare(std::span<const std::size_t> positions) {
  std::vector<std::size_t> fresh(positions.begin(), positions.end());
  std::ranges::sort(fresh);
  const auto repeated = std::ranges::unique(fresh);
  fresh.erase(repeated.begin(), repeated.end());
  std::erase_if(fresh, [&](std::size_t each) { return known_.contains(each); });
  if (fresh.empty()) return;
  for (const std::size_t each : fresh) known_[each];
  add_mapped(fresh);
  add_others(fresh);
}

void Places::add_mapped(std::span<const std::size_t> positions) {
  std::map<std::string, SourceId> ids;
  for (std::uint32_t i = 0; i < graph_.sources().size(); ++i) {
    ids.emplace(graph_.sources()[i].path, SourceId(i));
  }
  for (const Plan& plan : plans_) {
    const Explainer explainer(plan, graph_, settings_.limits);
    const std::vector<std::vector<Origin>> found = explainer.explain(positions);
    for (std::size_t i = 0; i < positions.size(); ++i) {
      for (const Origin& origin : found[i]) {
        const auto id = ids.find(origin.source);
        known_[positions[i]].push_back({origin.place, origin.reference, origin.text, origin.rule,
                                        origin.rule_place,
                                        id == ids.end() ? SourceId() : id->second, false});
      }
    }
  }
}

// Inferred statements, and those of RDF files: evidence with a source and without a rule.
void Places::add_others(std::span<const std::size_t> positions) {
  std::map<SourceId, std::vector<std::pair<std::uint64_t, std::size_t>>> by_source;
  for (const std::size_t position : positions) {
    for (const EvidenceId id : graph_.evidence_of(position)) {
      const EvidenceRow& row = graph_.evidence(id);
      if (row.rule && graph_.rules()[row.rule.index()].inferred) {
        StatementOrigin origin;
        origin.rule = graph_.rules()[row.rule.index()].name;
        origin.inferred = true;
        known_[position].push_back(std::move(origin));
      } else if (row.source && !row.rule) {
        by_source[row.source].emplace_back(row.offset, position);
      }
    }
  }
  for (auto& [source, wanted] : by_source) {
    std::ranges::sort(wanted);
    std::vector<std::uint64_t> offsets;
    for (const auto& [offset, position] : wanted) offsets.push_back(offset);
    const std::string& path = graph_.sources()[source.index()].path;
    std::vector<std::string> lines;
    const std::vector<LineColumn> at = line_columns(path, offsets, settings_.limits, &lines);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (!lines[i].empty()) lines_[path].try_emplace(at[i].line, std::move(lines[i]));
      StatementOrigin origin;
      origin.place = {path, at[i].line, at[i].column, {}};
      origin.source = source;
      known_[wanted[i].second].push_back(std::move(origin));
    }
  }
}

std::span<const StatementOrigin> Places::origins(std::size_t position) const {
  const auto found = known_.find(position);
  if (found == known_.end()) return {};
  return found->second;
}

// Empty for files that cannot be read again or are large: an excerpt is not worth their memory.
const Places::Text* Places::text_of(const std::string& name) {
  const auto [at, added] = texts_.try_emplace(name);
  Text& text = at->second;
  if (!added) return &text;
  std::string path = name;
  for (const Plan& plan : plans_) {
    for (const SourcePlan& source : plan.sources) {
      if (source.shown_path == name) path = source.path.string();
    }
  }
  if (path == "-") return &text;
  Expected<std::string> bytes = load_file(path, kMaxExcerptBytes, settings_.limits);
  if (!bytes) return &text;
  text.bytes = std::move(*bytes);
  text.starts.push_back(0);
  for (std::size_t i = 0; i < text.bytes.size(); ++i) {
    const char c = text.bytes[i];
    const bool crlf = c == '\r' && i + 1 < text.bytes.size() && text.bytes[i + 1] == '\n';
    if (c == '\n' || (c == '\r' && !crlf)) text.starts.push_back(i + 1);
  }
  return &text;
}

std::optional<std::string> Places::line_of(const Place& place) {
  if (const auto file = lines_.find(place.file); file != lines_.end()) {
    const auto line = file->second.find(place.line);
    return line == file->second.end() ? std::nullopt : std::optional(line->second);
  }
  const Text* const text = text_of(place.file);
  if (place.line == 0 || place.line > text->starts.size()) return std::nullopt;
  return std::string(line_at(text->bytes, text->starts[place.line - 1]));
}

PlaceOf Places::place_of() const {
  return [this](const Graph& graph, std::size_t position) -> Place {
    for (const StatementOrigin& origin : origins(position)) {
      if (origin.place.known()) return origin.place;
    }
    return source_of(graph, position);
  };
}

}  // namespace dossier
