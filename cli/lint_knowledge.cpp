#include <optional>
#include <set>

#include "base/input.hpp"
#include "cli/embedded.hpp"
#include "cli/imports.hpp"
#include "cli/lint.hpp"
#include "cli/load.hpp"
#include "cli/paths.hpp"
#include "cli/text_files.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/lint.hpp"
#include "ontology/loader.hpp"
#include "ontology/names.hpp"
#include "sources/rdf.hpp"
#include "sources/schema.hpp"

namespace dossier {
namespace {

// Passes on what is said of the files that are looked at.
class OfFiles final : public DiagnosticSink {
 public:
  OfFiles(DiagnosticSink& to, const std::vector<ProjectFile>& files) : to_(to) {
    for (const ProjectFile& each : files) names_.insert(each.path.string());
  }
  void report(Diagnostic diagnostic) override {
    if (diagnostic.place.known() && !names_.contains(diagnostic.place.file)) return;
    to_.report(std::move(diagnostic));
  }

 private:
  DiagnosticSink& to_;
  std::set<std::string> names_;
};

// Looks at statements as they pass.
class KindsSink {
 public:
  bool statement(const StatementView& view) {
    const std::string_view predicate = view.predicate->text;
    const std::string_view object =
        view.object->kind == TermKind::iri ? view.object->text : std::string_view();
    if (predicate.starts_with(kShNamespace) || object.starts_with(kShNamespace)) shapes = true;
    if (is_mapping_term(predicate)) mapping = true;
    const bool declares = predicate == rdf::kType && (object.starts_with(owl::kNamespace) ||
                                                      object == iri_of(Name::rdfs_class) ||
                                                      object == iri_of(Name::rdf_property));
    if (declares && object == owl::kOntology) {
      header = true;
    } else if (declares || predicate == rdfs::kSubClassOf) {
      ontology = true;
    }
    return true;
  }
  void prefix(std::string_view, std::string_view) {}

  bool shapes = false;
  bool ontology = false;
  bool mapping = false;
  bool header = false;  // of an ontology, which shapes have too

 private:
  static bool is_mapping_term(std::string_view iri) {
    return iri.starts_with("http://w3id.org/rml/") ||
           iri.starts_with("http://www.w3.org/ns/r2rml#") ||
           iri.starts_with("http://semweb.mmlab.be/ns/rml#");
  }
};

// A mistake in a file is what was looked for; only trouble with files ends the run.
Expected<void> reported(const Expected<void>& done, DiagnosticSink& diagnostics) {
  if (done) return {};
  if (is_file_trouble(done.error())) return done;
  diagnostics.report(done.error());
  return {};
}

struct Loaded {
  TextFiles files;
  std::unique_ptr<Graph> graph;
};

Expected<void> load_files(const std::vector<ProjectFile>& named, const Settings& settings,
                          Loaded& into, DiagnosticSink& diagnostics) {
  for (const ProjectFile& each : named) {
    const auto added = into.files.add_file(each.path.string(), settings, diagnostics, each.place);
    if (auto done = reported(added, diagnostics); !done) return done;
  }
  return {};
}

Expected<void> load_domain(Loaded& into, const Settings& settings, DiagnosticSink& diagnostics) {
  for (const char* name : {"vocabulary/meta.ttl", "vocabulary/dossier.ttl"}) {
    const std::string_view text = embedded_file(name).value_or("");
    auto added = into.files.add(name, std::string(text), Format::turtle, settings, diagnostics);
    if (!added) return added;
  }
  return {};
}

// A schema is an ontology and shapes; anything else in YAML is a mapping.
Expected<std::vector<LintKind>> yaml_kinds(const std::string& path, const Settings& settings) {
  const Expected<std::string> text =
      load_file(path, settings.limits.max_yaml_bytes, settings.limits);
  if (!text) return std::unexpected(text.error());
  const auto document = YamlDocument::parse(*text, path, settings.limits);
  if (document && schema_language(document->root())) {
    return std::vector{LintKind::ontology, LintKind::shapes};
  }
  return std::vector{LintKind::mapping};
}

}  // namespace

bool is_file_trouble(const Error& error) {
  constexpr auto kFirstOfOthers = static_cast<DiagnosticCode>(100);
  return error.code < kFirstOfOthers;
}

Expected<std::vector<LintKind>> lint_kinds(const std::string& path, const Settings& settings,
                                           DiagnosticSink& diagnostics) {
  const std::string extension = std::filesystem::path(path).extension().string();
  const bool yaml = extension == ".yaml" || extension == ".yml" || extension == ".yarrrml";
  if (names_project(path) && (!yaml || std::filesystem::path(path).filename() == kProjectFile)) {
    return std::vector{LintKind::project};
  }
  if (yaml) return yaml_kinds(path, settings);
  KindsSink kinds;
  const auto read = read_rdf_file(path, settings, {.base = "file:///"}, kinds, diagnostics);
  if (!read) return std::unexpected(read.error());
  std::vector<LintKind> out;
  if (kinds.mapping) out.push_back(LintKind::mapping);
  const bool only_header = kinds.header && !kinds.shapes && !kinds.mapping;
  if (kinds.ontology || only_header) out.push_back(LintKind::ontology);
  if (kinds.shapes) out.push_back(LintKind::shapes);
  return out;
}

Expected<void> lint_knowledge(const LintKnowledge& files, const Settings& settings,
                              DiagnosticSink& diagnostics) {
  Loaded known;
  std::optional<Ontology> ontology;
  OfFiles about_ontology(diagnostics, files.ontology);
  if (files.domain) {
    if (auto done = load_domain(known, settings, diagnostics); !done) return done;
  }
  for (const auto* each : {&files.context, &files.ontology}) {
    if (auto done = load_files(*each, settings, known, diagnostics); !done) return done;
  }
  if (!known.files.empty()) {
    auto followed = follow_imports(known.files, {}, {}, settings, diagnostics);
    if (auto done = reported(followed, diagnostics); !done) return done;
    known.graph = std::make_unique<Graph>(known.files.freeze());
    const PlaceOf place_of = known.files.place_of();
    const Prefixes prefixes = known.files.shown_prefixes();
    auto loaded = load_ontology(*known.graph, about_ontology, place_of, settings.limits, prefixes);
    if (loaded) {
      ontology = std::move(*loaded);
      lint_ontology(*ontology, *known.graph, about_ontology, place_of, prefixes);
    }
  }
  if (files.shapes.empty()) return {};
  Loaded own;
  for (const ProjectFile& each : files.shapes) {
    // What is wrong with a schema has been said when it was read as an ontology.
    NoDiagnostics said;
    DiagnosticSink& to = names_schema(each.path) ? said : diagnostics;
    if (auto done = load_files({each}, settings, own, to); !done) return done;
  }
  own.graph = std::make_unique<Graph>(own.files.freeze());
  ShapeOptions options;
  options.skip_sparql = true;
  options.limits = settings.limits;
  const PlaceOf place_of = own.files.place_of();
  const Prefixes prefixes = own.files.shown_prefixes();
  const auto shapes = load_shapes(*own.graph, options, diagnostics, place_of, prefixes);
  if (shapes)
    lint_shapes(*shapes, ontology ? &*ontology : nullptr, diagnostics, place_of, prefixes);
  return {};
}

}  // namespace dossier
