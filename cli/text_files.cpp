#include "cli/text_files.hpp"

#include "base/input.hpp"
#include "cli/load.hpp"
#include "cli/paths.hpp"

namespace dossier {

Error named_at(Error error, const Place& place) {
  if (place.known() && !error.related.known()) error.related = place;
  return error;
}

Expected<void> TextFiles::add(std::string name, std::string text, Format format,
                              const Settings& settings, DiagnosticSink& diagnostics) {
  const File& file = files_.emplace_back(std::move(name), std::move(text));
  builder_.shard().begin_source(builder_.add_source({.path = file.name}));
  NoProgress nowhere;
  ShardSink sink(builder_.shard(), prefixes_, nowhere);
  const auto source = memory_input(file.text, file.name);
  RdfReadOptions options;
  options.blank_scope = blank_scope(files_.size() - 1, 2);
  options.limits = settings.limits;
  const Expected<RdfReadCounts> read = read_rdf(*source, format, options, sink, diagnostics);
  if (!read) return std::unexpected(read.error());
  return {};
}

Expected<void> TextFiles::add_file(const std::string& path, const Settings& settings,
                                   DiagnosticSink& diagnostics, const Place& place) {
  if (Expected<void> inside = check_inside(path, settings.root, place); !inside) return inside;
  const Expected<Format> format = format_of_input(path, std::nullopt);
  if (!format) return std::unexpected(named_at(format.error(), place));
  Expected<std::string> text = load_file(path, SIZE_MAX, settings.limits);
  if (!text) return std::unexpected(named_at(text.error(), place));
  return add(path, std::move(*text), *format, settings, diagnostics);
}

Graph TextFiles::freeze() {
  return dossier::freeze(std::move(builder_));
}

PlaceOf TextFiles::place_of() const {
  return [this](const Graph& graph, std::size_t position) -> Place {
    for (const EvidenceId id : graph.evidence_of(position)) {
      const EvidenceRow& row = graph.evidence(id);
      if (!row.source || row.source.index() >= files_.size()) continue;
      const File& file = files_[row.source.index()];
      const LineColumn at = file.lines.at(row.offset);
      return {file.name, at.line, at.column, {}};
    }
    return {};
  };
}

}  // namespace dossier
