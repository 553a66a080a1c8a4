#include "cli/text_files.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "base/input.hpp"
#include "base/text.hpp"
#include "cli/embedded.hpp"
#include "cli/load.hpp"
#include "cli/paths.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

// Where relative IRIs of a file begin: the file's own address. They stay inside the program.
std::string base_of(const std::string& path) {
  std::error_code ignored;
  return "file://" + std::filesystem::absolute(path, ignored).lexically_normal().generic_string();
}

// Where the program itself has an ontology.
struct Shipped {
  std::string_view iri;
  std::string_view name;
};
constexpr Shipped kShipped[] = {{"https://w3id.org/dossier/meta", "vocabulary/meta.ttl"},
                                {"https://w3id.org/dossier/ns", "vocabulary/dossier.ttl"}};

}  // namespace

// Passes statements on and keeps what they say of ontologies and imports.
class TextFiles::Reader {
 public:
  Reader(TextFiles& files, ShardSink sink) : files_(files), sink_(sink) {}
  bool statement(const StatementView& view) {
    if (view.predicate->text == owl::kImports && view.object->kind == TermKind::iri) {
      files_.imports_.push_back(
          {std::string(view.object->text), files_.files_.size() - 1, view.offset});
    } else if (view.predicate->text == rdf::kType && view.object->text == owl::kOntology) {
      files_.there_.emplace(view.subject->text);
    }
    return sink_.statement(view);
  }
  void prefix(std::string_view name, std::string_view iri) { sink_.prefix(name, iri); }

 private:
  TextFiles& files_;
  ShardSink sink_;
};

Error named_at(Error error, const Place& place) {
  if (place.known() && !error.related.known()) error.related = place;
  return error;
}

Expected<void> TextFiles::add(std::string name, std::string text, Format format,
                              const Settings& settings, DiagnosticSink& diagnostics) {
  const File& file = files_.emplace_back(std::move(name), std::move(text));
  builder_.shard().begin_source(builder_.add_source({.path = file.name}));
  NoProgress nowhere;
  there_.insert(base_of(file.name));
  Reader sink(*this, ShardSink(builder_.shard(), prefixes_, nowhere));
  const auto source = memory_input(file.text, file.name);
  RdfReadOptions options;
  options.blank_scope = blank_scope(files_.size() - 1, 2);
  options.base = base_of(file.name);
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

Place TextFiles::place_of(const Import& import) const {
  const File& file = files_[import.file];
  const LineColumn at = file.lines.at(import.offset);
  return {file.name, at.line, at.column, {}};
}

Expected<void> TextFiles::follow(const Import& import, const Settings& settings,
                                 DiagnosticSink& diagnostics) {
  if (there_.contains(import.iri)) return {};
  for (const Shipped& each : kShipped) {
    if (each.iri != import.iri) continue;
    return add(std::string(each.name), std::string(embedded_file(each.name).value_or("")),
               Format::turtle, settings, diagnostics);
  }
  constexpr std::string_view kFile = "file://";
  if (import.iri.starts_with(kFile)) {
    std::error_code ignored;
    const std::filesystem::path path(import.iri.substr(kFile.size()));
    return add_file(path.lexically_proximate(std::filesystem::current_path(ignored)).string(),
                    settings, diagnostics, place_of(import));
  }
  return fail(DiagnosticCode::network_refused, place_of(import),
              fmt::format("the import <{}> is on the network", printable(import.iri)),
              "save it to a file and name that beside this one: what declares this ontology counts "
              "as imported");
}

// By index: what is imported may import in turn.
Expected<void> TextFiles::follow_imports(const Settings& settings, DiagnosticSink& diagnostics) {
  for (std::size_t i = 0; i < imports_.size(); ++i) {
    const Import import = imports_[i];
    if (auto followed = follow(import, settings, diagnostics); !followed) return followed;
  }
  return {};
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
