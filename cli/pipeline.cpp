#include "cli/pipeline.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/identity.hpp"
#include "cli/load.hpp"
#include "cli/paths.hpp"
#include "ontology/direct.hpp"

namespace dossier {
namespace {

Settings with_limits(Settings settings, const Project& project) {
  for (const auto& [name, value] : project.limits) {
    if (std::size_t* limit = find_limit(settings.limits, name)) *limit = value;
  }
  return settings;
}

std::vector<std::string> names(std::span<const ProjectFile> files) {
  std::vector<std::string> out;
  for (const ProjectFile& each : files) out.push_back(each.path.string());
  return out;
}

}  // namespace

ProjectBuild::ProjectBuild(const Settings& settings, DiagnosticSink& diagnostics,
                           Progress& progress)
    : settings_(settings),
      diagnostics_(diagnostics),
      progress_(progress),
      places_(settings.limits) {}

Expected<void> ProjectBuild::load(const std::filesystem::path& project_file) {
  progress_.begin("load the project");
  Expected<Project> project = load_project(project_file, diagnostics_, settings_.limits);
  if (!project) return std::unexpected(project.error());
  project_ = std::move(*project);
  const ModelFiles files{project_.domain_ontology, names(project_.ontology),
                         names(project_.shapes)};
  Expected<Model> model =
      load_model(files, with_limits(settings_, project_), places_, diagnostics_);
  if (!model) return std::unexpected(model.error());
  model_ = std::move(*model);
  for (const Prefixes::Entry& each : model_.prefixes.entries()) prefixes_.set(each.name, each.iri);
  for (const Prefixes::Entry& each : project_.prefixes.entries())
    prefixes_.set(each.name, each.iri);
  return load_mappings();
}

Expected<void> ProjectBuild::load_mappings() {
  std::vector<std::filesystem::path> files;
  for (const ProjectFile& each : project_.mappings) files.push_back(each.path);
  LoadOptions options;
  options.limits = settings_.limits;
  Mapping mapping;
  if (!files.empty()) {
    Expected<Mapping> loaded = load_mapping(files, options, diagnostics_);
    if (!loaded) return std::unexpected(loaded.error());
    mapping = std::move(*loaded);
  }
  CompileOptions compile_options;
  compile_options.source_root = project_.source_root;
  compile_options.allowed_root = settings_.root;
  compile_options.base = project_.base;
  compile_options.strict = settings_.strict;
  compile_options.limits = settings_.limits;
  Expected<Plan> plan = compile(std::move(mapping), std::move(compile_options), diagnostics_);
  if (!plan) return std::unexpected(plan.error());
  plan_ = std::make_unique<Plan>(std::move(*plan));
  return {};
}

Expected<void> ProjectBuild::build() {
  std::vector<SameAs> same_as;
  for (const ProjectFile& each : project_.identity) {
    auto done = load_identity(each.path, prefixes_, settings_.limits, same_as, diagnostics_);
    if (!done) return done;
  }
  Builder builder(settings_.threads);
  progress_.begin("map");
  if (auto done = run_mappings(builder); !done) return done;
  if (auto done = read_data(builder); !done) return done;
  annotate(builder);
  for (const std::string& iri : direct_terms(model_.ontology)) builder.shard().terms().iri(iri);
  progress_.begin("sort");
  FreezeCounts counts;
  graph_ = std::make_unique<Graph>(freeze(
      std::move(builder), {.threads = settings_.threads, .same_as = std::move(same_as)}, &counts));
  ledger_.duplicates = counts.duplicates;
  ledger_.terms_merged = counts.merged_terms;
  infer();
  check_classes();
  return {};
}

Expected<void> ProjectBuild::run_mappings(Builder& builder) {
  RunOptions options;
  options.threads = settings_.threads;
  options.limits = settings_.limits;
  const Expected<RunCounts> counts = run_to_builder(*plan_, builder, options, diagnostics_);
  if (!counts) return std::unexpected(counts.error());
  ledger_.from_mappings = counts->statements;
  count_sources(*counts);
  return {};
}

// A file that is read under two dialects stands in the ledger once.
void ProjectBuild::count_sources(const RunCounts& counts) {
  for (const SourceCounts& each : counts.sources) {
    const auto known = std::ranges::find(ledger_.sources, each.path, &Ledger::Source::path);
    if (known != ledger_.sources.end() && known->read == each.records_read) continue;
    ledger_.sources.push_back({each.path, each.records_read,
                               each.records_read - each.records_rejected, each.records_rejected});
    for (const auto& [code, count] : each.records_rejected_by) {
      ledger_.rejected_by[std::string(info(code).name)] += count;
    }
    for (const auto& [code, count] : each.rejected) {
      ledger_.statements_rejected_by[std::string(info(code).name)] += count;
    }
  }
}

Expected<void> ProjectBuild::read_data(Builder& builder) {
  for (std::size_t i = 0; i < project_.data.size(); ++i) {
    const std::string path = project_.data[i].path.string();
    progress_.begin("read " + project_.data[i].name, "statements");
    builder.shard().begin_source(builder.add_source({.path = path}));
    ShardSink sink(builder.shard(), prefixes_, progress_);
    RdfReadOptions options;
    options.base = project_.base;
    options.blank_scope = fmt::format("d{}-", i + 1);
    const auto read = read_rdf_file(path, settings_, options, sink, diagnostics_);
    if (!read) return std::unexpected(read.error());
    ledger_.from_files += read->statements;
  }
  return {};
}

// What the project says of its sources goes to the rows of evidence.
void ProjectBuild::annotate(Builder& builder) const {
  for (SourceInfo& source : builder.sources()) {
    for (const SourceNote& note : project_.sources) {
      if (note.info.path != source.path) continue;
      source.title = note.info.title;
      source.url = note.info.url;
      source.asserted_by = note.info.asserted_by;
      source.retrieved_at = note.info.retrieved_at;
      source.licence = note.info.licence;
    }
  }
}

void ProjectBuild::infer() {
  progress_.begin("infer");
  const std::size_t before = graph_->size();
  std::vector<Graph::Extension> extensions = direct_statements(model_.ontology, *graph_);
  graph_ = std::make_unique<Graph>(std::move(*graph_).extended(std::move(extensions)));
  ledger_.inferred = graph_->size() - before;
  ledger_.in_graph = graph_->size();
}

// Instances of the class and of all classes below it.
void ProjectBuild::check_classes() {
  for (const ClassCheck& check : project_.class_checks) {
    std::vector<TermId> things;
    const ClassNumber wanted = model_.ontology.find_class(check.iri);
    const auto add = [&](std::string_view iri) {
      for (const Statement& each : graph_->instances(graph_->find_iri(iri)))
        things.push_back(each.subject);
    };
    add(check.iri);
    for (const OntologyClass& each : model_.ontology.classes()) {
      if (wanted && each.iri != check.iri && std::ranges::binary_search(each.ancestors, wanted))
        add(each.iri);
    }
    std::ranges::sort(things);
    const auto repeats = std::ranges::unique(things);
    things.erase(repeats.begin(), repeats.end());
    const std::uint64_t count = things.size();
    if (count >= check.least.value_or(0) && count <= check.most.value_or(UINT64_MAX)) continue;
    const bool few = count < check.least.value_or(0);
    diagnostics_.report(make_diagnostic(
        DiagnosticCode::check_failed, check.place,
        fmt::format("the graph holds {} of {}, {} {} {} wanted", counted(count, "instance"),
                    check.name, few ? "at least" : "at most",
                    with_separators(few ? *check.least : *check.most),
                    (few ? *check.least : *check.most) == 1 ? "is" : "are"),
        "look at what changed in the sources, or change the check"));
  }
}

Expected<void> ProjectBuild::validate() {
  progress_.begin("validate");
  ValidationOptions options;
  options.threads = settings_.threads;
  options.strict = settings_.strict;
  options.limits = settings_.limits;
  if (!project_.base.empty()) options.own_namespaces = {project_.base};
  Expected<Findings> findings =
      dossier::validate(*graph_, &model_.ontology, model_.shapes, options);
  if (!findings) return std::unexpected(findings.error());
  findings_ = std::make_unique<Findings>(std::move(*findings));
  places_.add_findings(*plan_, *graph_, *findings_);
  return {};
}

}  // namespace dossier
