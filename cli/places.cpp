#include "cli/places.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/input.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMaxExcerptBytes = std::size_t{64} << 20;
constexpr std::size_t kReadBytes = std::size_t{1} << 20;

// Counts lines and code points byte by byte; CRLF is one line end.
class PositionCounter {
 public:
  void pass(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n' && after_cr_) {
      after_cr_ = false;
      return;
    }
    after_cr_ = c == '\r';
    if (c == '\n' || c == '\r') {
      ++at_.line;
      at_.column = 1;
    } else if ((byte & 0xC0u) != 0x80u) {
      ++at_.column;
    }
  }
  const LineColumn& at() const { return at_; }

 private:
  LineColumn at_;
  bool after_cr_ = false;
};

}  // namespace

std::vector<LineColumn> line_columns(const std::string& path,
                                     std::span<const std::uint64_t> offsets, const Limits& limits) {
  std::vector<LineColumn> out(offsets.size(), LineColumn{0, 0});
  // What is read once (a pipe, a device) cannot be read again.
  std::error_code ignored;
  if (offsets.empty() || !std::filesystem::is_regular_file(path, ignored)) return out;
  const auto source = open_input(path, limits);
  if (!source) return out;
  std::vector<char> buffer(kReadBytes);
  PositionCounter counter;
  std::uint64_t offset = 0;
  std::size_t next = 0;
  while (next < offsets.size()) {
    const Expected<std::size_t> read = (*source)->read(buffer);
    if (!read) return out;
    for (std::size_t i = 0; i < *read && next < offsets.size(); ++i, ++offset) {
      for (; next < offsets.size() && offsets[next] == offset; ++next) out[next] = counter.at();
      counter.pass(buffer[i]);
    }
    if (*read < buffer.size()) break;
  }
  return out;
}

Place place_in(const std::string& path, std::uint64_t offset, const Limits& limits) {
  const LineColumn at = line_columns(path, std::span(&offset, 1), limits).front();
  return {path, at.line, at.column, {}};
}

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
    const std::vector<LineColumn> at = line_columns(path, offsets, settings_.limits);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
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
