#include "cli/text_files.hpp"

#include <algorithm>

#include "base/input.hpp"
#include "cli/file_iri.hpp"
#include "cli/load.hpp"
#include "cli/paths.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

// Hands statements on to a shard, and shows each to `note`.
template <class Note>
class NotingSink {
 public:
  NotingSink(ShardSink& shard, Note note) : shard_(shard), note_(std::move(note)) {}
  bool statement(const StatementView& view) {
    note_(view);
    return shard_.statement(view);
  }
  void prefix(std::string_view name, std::string_view iri) { shard_.prefix(name, iri); }

 private:
  ShardSink& shard_;
  Note note_;
};

std::string ontology_name(std::string_view iri) {
  return std::string(iri.ends_with('#') ? iri.substr(0, iri.size() - 1) : iri);
}

}  // namespace

void TextFiles::note(const StatementView& statement, const File& file) {
  if (statement.subject->kind != TermKind::iri || statement.object->kind != TermKind::iri) return;
  const std::string_view predicate = statement.predicate->text;
  const std::string_view object = statement.object->text;
  if (predicate == owl::kImports) {
    const LineColumn at = file.lines.at(statement.offset);
    imports_.push_back({ontology_name(object), {file.name, at.line, at.column, {}}});
  } else if (predicate == rdf::kType && object == owl::kOntology) {
    declared_.insert(ontology_name(statement.subject->text));
  } else if (predicate == owl::kVersionIri) {
    declared_.insert(ontology_name(object));
  }
}

bool TextFiles::has_file(const std::filesystem::path& path) const {
  const std::string iri = file_iri(path);
  return std::ranges::any_of(files_, [&](const File& f) { return file_iri(f.name) == iri; });
}

Error named_at(Error error, const Place& place) {
  if (place.known() && !error.related.known()) error.related = place;
  return error;
}

Expected<void> TextFiles::add(std::string name, std::string text, Format format,
                              const Settings& settings, DiagnosticSink& diagnostics) {
  const File& file = files_.emplace_back(std::move(name), std::move(text));
  builder_.shard().begin_source(builder_.add_source({.path = file.name}));
  NoProgress nowhere;
  ShardSink shard(builder_.shard(), prefixes_, nowhere);
  NotingSink sink(shard, [&](const StatementView& view) { note(view, file); });
  const auto source = memory_input(file.text, file.name);
  RdfReadOptions options;
  options.blank_scope = blank_scope(files_.size() - 1, 2);
  options.base = file_iri(file.name);
  options.limits = settings.limits;
  const Expected<RdfReadCounts> read = read_rdf(*source, format, options, sink, diagnostics);
  if (!read) return std::unexpected(read.error());
  return {};
}

Expected<void> TextFiles::add_file(const std::string& path, const Settings& settings,
                                   DiagnosticSink& diagnostics, const Place& place) {
  if (Expected<void> inside = check_inside(path, settings.root, place); !inside) return inside;
  if (names_schema(path)) return add_schema(path, settings, diagnostics, place);
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

Prefixes TextFiles::shown_prefixes() const {
  Prefixes out = Prefixes::well_known();
  for (const Prefixes::Entry& each : prefixes_.entries()) out.set(each.name, each.iri);
  return out;
}

}  // namespace dossier
