#include "cli/knowledge.hpp"

#include <algorithm>
#include <string_view>

#include "cli/embedded.hpp"
#include "cli/imports.hpp"
#include "cli/text_files.hpp"
#include "ontology/loader.hpp"

namespace dossier {
namespace {

Expected<void> add_embedded(TextFiles& files, std::string_view name, const Settings& settings,
                            DiagnosticSink& diagnostics) {
  const std::string_view text = embedded_file(name).value_or("");
  return files.add(std::string(name), std::string(text), Format::turtle, settings, diagnostics);
}

Expected<void> add_files(TextFiles& files, const std::vector<ProjectFile>& named,
                         const Settings& settings, DiagnosticSink& diagnostics) {
  for (const ProjectFile& each : named) {
    Expected<void> added = files.add_file(each.path.string(), settings, diagnostics, each.place);
    if (!added) return added;
  }
  return {};
}

void add_prefixes(Prefixes& into, const Prefixes& from) {
  for (const Prefixes::Entry& each : from.entries()) into.set(each.name, each.iri);
}

// `known` gets the names of the ontologies that were read.
Expected<void> load_ontology_files(const KnowledgeSources& sources, const Settings& settings,
                                   Knowledge& out, OntologyNames& known,
                                   DiagnosticSink& diagnostics) {
  TextFiles files;
  if (sources.domain) {
    for (const char* name : {"vocabulary/meta.ttl", "vocabulary/dossier.ttl"}) {
      if (auto added = add_embedded(files, name, settings, diagnostics); !added) return added;
    }
  }
  if (auto added = add_files(files, sources.ontology, settings, diagnostics); !added) return added;
  if (files.empty()) return {};
  if (auto done = follow_imports(files, known, sources.catalogue, settings, diagnostics); !done)
    return done;
  known = files.declared();
  out.ontology_graph = std::make_unique<Graph>(files.freeze());
  Expected<Ontology> ontology = load_ontology(*out.ontology_graph, diagnostics, files.place_of(),
                                              settings.limits, files.shown_prefixes());
  if (!ontology) return std::unexpected(ontology.error());
  out.ontology = std::make_unique<Ontology>(std::move(*ontology));
  add_prefixes(out.prefixes, files.prefixes());
  return {};
}

Expected<void> load_shape_files(const KnowledgeSources& sources, const Settings& settings,
                                Knowledge& out, const OntologyNames& known,
                                DiagnosticSink& diagnostics) {
  TextFiles files;
  if (sources.domain) {
    auto added = add_embedded(files, "vocabulary/shapes.ttl", settings, diagnostics);
    if (!added) return added;
  }
  if (auto added = add_files(files, sources.shapes, settings, diagnostics); !added) return added;
  // What is wrong with a schema has been said when it was read as an ontology.
  NoDiagnostics said;
  for (const ProjectFile& each : sources.ontology) {
    if (!names_schema(each.path)) continue;
    auto added = files.add_file(each.path.string(), settings, said, each.place);
    if (!added) return added;
  }
  if (files.empty()) return {};
  if (auto done = follow_imports(files, known, sources.catalogue, settings, diagnostics); !done)
    return done;
  out.shapes_graph = std::make_unique<Graph>(files.freeze());
  ShapeOptions options;
  options.skip_sparql = true;  // said with a warning; the rest of the shapes is of use
  options.limits = settings.limits;
  Expected<ShapeSet> shapes = load_shapes(*out.shapes_graph, options, diagnostics, files.place_of(),
                                          files.shown_prefixes());
  if (!shapes) return std::unexpected(shapes.error());
  out.shapes = std::move(*shapes);
  add_prefixes(out.prefixes, files.prefixes());
  return {};
}

}  // namespace

LinkSchema Knowledge::links(const Graph& graph) const {
  return ontology ? link_schema(*ontology, graph) : LinkSchema{};
}

Expected<Knowledge> load_knowledge(const KnowledgeSources& named, const Settings& settings,
                                   DiagnosticSink& diagnostics) {
  Knowledge out;
  // A schema is an ontology and shapes at once, wherever it is named.
  KnowledgeSources sources = named;
  const auto schemas = std::ranges::stable_partition(
      sources.shapes, [](const ProjectFile& each) { return !names_schema(each.path); });
  sources.ontology.insert(sources.ontology.end(), schemas.begin(), schemas.end());
  sources.shapes.erase(schemas.begin(), schemas.end());
  OntologyNames known;
  if (auto done = load_ontology_files(sources, settings, out, known, diagnostics); !done) {
    return std::unexpected(done.error());
  }
  if (auto done = load_shape_files(sources, settings, out, known, diagnostics); !done) {
    return std::unexpected(done.error());
  }
  return out;
}

}  // namespace dossier
