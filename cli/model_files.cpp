#include "cli/model_files.hpp"

#include <fmt/format.h>

#include "cli/embedded.hpp"
#include "cli/load.hpp"
#include "graph/freeze.hpp"
#include "ontology/loader.hpp"

namespace dossier {
namespace {

// Where relative IRIs of a file begin: the file's own address.
std::string base_of(const std::string& path) {
  std::error_code ignored;
  return "file://" + std::filesystem::absolute(path, ignored).lexically_normal().generic_string();
}

class GraphLoader {
 public:
  GraphLoader(const Settings& settings, Places& places, Prefixes& prefixes,
              DiagnosticSink& diagnostics)
      : settings_(settings), places_(places), prefixes_(prefixes), diagnostics_(diagnostics) {}

  Expected<void> add_embedded(std::string_view name) {
    const std::string_view text = embedded_file(name).value_or("");
    places_.add_text(std::string(name), text);
    const std::unique_ptr<ByteSource> source = memory_input(text, std::string(name));
    builder_.shard().begin_source(builder_.add_source({.path = std::string(name)}));
    ShardSink sink(builder_.shard(), prefixes_, progress_);
    const auto read =
        read_rdf(*source, Format::turtle, options(std::string(name)), sink, diagnostics_);
    if (!read) return std::unexpected(read.error());
    return {};
  }

  Expected<void> add_file(const std::string& path) {
    builder_.shard().begin_source(builder_.add_source({.path = path}));
    ShardSink sink(builder_.shard(), prefixes_, progress_);
    const auto read = read_rdf_file(path, settings_, options(path), sink, diagnostics_);
    if (!read) return std::unexpected(read.error());
    return {};
  }

  std::unique_ptr<Graph> finish() {
    return std::make_unique<Graph>(freeze(std::move(builder_), {.threads = settings_.threads}));
  }

 private:
  RdfReadOptions options(const std::string& path) {
    RdfReadOptions out;
    out.base = base_of(path);
    out.blank_scope = fmt::format("m{}-", ++files_);
    out.limits = settings_.limits;
    return out;
  }

  const Settings& settings_;
  Places& places_;
  Prefixes& prefixes_;
  DiagnosticSink& diagnostics_;
  NoProgress progress_;
  Builder builder_;
  std::size_t files_ = 0;
};

}  // namespace

Expected<Model> load_model(const ModelFiles& files, const Settings& settings, Places& places,
                           DiagnosticSink& diagnostics) {
  Model model;
  GraphLoader ontology(settings, places, model.prefixes, diagnostics);
  GraphLoader shapes(settings, places, model.prefixes, diagnostics);
  if (files.domain) {
    for (const std::string_view name : {"vocabulary/dossier.ttl", "vocabulary/meta.ttl"}) {
      if (auto done = ontology.add_embedded(name); !done) return std::unexpected(done.error());
    }
    if (auto done = shapes.add_embedded("vocabulary/shapes.ttl"); !done)
      return std::unexpected(done.error());
  }
  for (const std::string& path : files.ontology) {
    if (auto done = ontology.add_file(path); !done) return std::unexpected(done.error());
  }
  for (const std::string& path : files.shapes) {
    if (auto done = shapes.add_file(path); !done) return std::unexpected(done.error());
  }
  model.ontology_graph = ontology.finish();
  model.shapes_graph = shapes.finish();
  Expected<Ontology> loaded = load_ontology(*model.ontology_graph, diagnostics, places.function());
  if (!loaded) return std::unexpected(loaded.error());
  model.ontology = std::move(*loaded);
  ShapeOptions options;
  options.skip_sparql = true;
  options.limits = settings.limits;
  Expected<ShapeSet> set =
      load_shapes(*model.shapes_graph, options, diagnostics, places.function());
  if (!set) return std::unexpected(set.error());
  model.shapes = std::move(*set);
  return model;
}

}  // namespace dossier
