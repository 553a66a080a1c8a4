#include "cli/pipeline.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "cli/identity.hpp"
#include "cli/load.hpp"
#include "cli/mapping_rules.hpp"
#include "cli/paths.hpp"
#include "cli/text_files.hpp"
#include "ontology/direct.hpp"
#include "ontology/inference.hpp"
#include "ontology/validation.hpp"

namespace dossier {
namespace {

bool is_yarrrml(const std::filesystem::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".yaml" || extension == ".yml" || extension == ".yarrrml";
}

std::map<std::string, SourceInfo> source_notes(const Project& project) {
  std::map<std::string, SourceInfo> notes;
  for (const SourceNote& note : project.sources) {
    std::string path = note.info.path;
    if (path.starts_with("./")) path.erase(0, 2);
    notes.emplace(std::move(path), note.info);
  }
  return notes;
}

// Notes about a source that nothing reads are a slip of the keyboard.
void report_idle_notes(const Project& project, const Graph& graph, DiagnosticSink& diagnostics) {
  std::vector<std::string> read;
  for (const SourceInfo& source : graph.sources()) {
    read.push_back(source.path.starts_with("./") ? source.path.substr(2) : source.path);
  }
  for (const SourceNote& note : project.sources) {
    std::string path = note.info.path;
    if (path.starts_with("./")) path.erase(0, 2);
    if (std::ranges::find(read, path) != read.end()) continue;
    const auto near = nearest_name(path, read);
    diagnostics.report(
        make_diagnostic(code::project_idle_source, note.place,
                        fmt::format("nothing reads a source \"{}\"", printable(note.info.path)),
                        near ? fmt::format("did you mean {}?", *near) : std::string()));
  }
}

Expected<void> run_mappings(const Project& project, const Settings& settings, BuiltGraph& built,
                            Builder& builder, DiagnosticSink& diagnostics, Progress& progress) {
  RunOptions options;
  options.threads = settings.threads;
  options.limits = settings.limits;
  options.sources = source_notes(project);
  options.joins_must_match = !project.allow_empty_joins;
  options.on_records = [&](std::uint64_t records) { progress.advance(records); };
  progress.begin("map", "records");
  if (built.plans.size() == 1) options.on_share = [&](double done) { progress.share(done); };
  for (const Plan& plan : built.plans) {
    const Expected<RunCounts> counts = run_to_builder(plan, builder, options, diagnostics);
    if (!counts) return std::unexpected(counts.error());
    add_to_ledger(*counts, built.ledger);
  }
  return {};
}

struct DataFile {
  std::string path;
  SourceInfo info;
  Place place;
};

Expected<void> read_data(std::span<const DataFile> files, const std::string& base,
                         const Settings& settings, BuiltGraph& built, Builder& builder,
                         DiagnosticSink& diagnostics, Progress& progress) {
  if (files.empty()) return {};
  progress.begin("read", "statements");
  for (std::size_t i = 0; i < files.size(); ++i) {
    SourceInfo info = files[i].info;
    info.path = files[i].path;
    RdfReadOptions options;
    options.base = base;
    options.blank_scope = blank_scope(i, files.size());
    const Expected<RdfReadCounts> read =
        read_into({builder, built.prefixes}, std::move(info), settings, std::move(options),
                  diagnostics, progress);
    if (!read) return std::unexpected(named_at(read.error(), files[i].place));
    built.ledger.from_files += read->statements;
  }
  return {};
}

// IRIs that inferred statements need.
std::vector<std::string> terms_for(Inferring inferring, const Ontology* ontology) {
  if (ontology == nullptr || inferring == Inferring::nothing) return {};
  return inferring == Inferring::links ? direct_terms(*ontology) : inference_terms(*ontology);
}

void finish_graph(Builder&& builder, std::vector<SameAs> same_as, Inferring inferring,
                  const Settings& settings, BuiltGraph& built, Progress& progress) {
  const Ontology* const ontology = built.knowledge->ontology.get();
  for (const std::string& iri : terms_for(inferring, ontology)) builder.shard().terms().iri(iri);
  progress.begin("sort");
  FreezeCounts counts;
  built.graph = std::make_unique<Graph>(freeze(
      std::move(builder), {.threads = settings.threads, .same_as = std::move(same_as)}, &counts));
  built.ledger.duplicates = counts.duplicates;
  built.ledger.terms_merged = counts.merged_terms;
  if (inferring == Inferring::links && ontology != nullptr) {
    progress.begin("infer");
    const std::size_t before = built.graph->size();
    std::vector<Graph::Extension> direct = direct_statements(*ontology, *built.graph);
    *built.graph = std::move(*built.graph).extended(std::move(direct));
    built.ledger.inferred = built.graph->size() - before;
  }
  built.ledger.in_graph = built.graph->size();
}

Prefixes merged(std::initializer_list<const Prefixes*> later_wins) {
  Prefixes out;
  for (const Prefixes* each : later_wins) {
    for (const Prefixes::Entry& entry : each->entries()) out.set(entry.name, entry.iri);
  }
  return out;
}

}  // namespace

Settings settings_for(const Project& project, const Settings& settings) {
  Settings out = settings;
  set_limits(out.limits, project.limits);
  set_limits(out.limits, settings.named_limits);
  out.copies.insert(project.copies.begin(), project.copies.end());
  return out;
}

Expected<std::vector<Plan>> load_plans(std::span<const ProjectFile> mappings,
                                       const CompileOptions& options, const Settings& settings,
                                       DiagnosticSink& diagnostics) {
  struct Group {
    std::filesystem::path folder;
    bool yarrrml = false;
    std::vector<std::filesystem::path> files;
  };
  std::vector<Group> groups;
  for (const ProjectFile& each : mappings) {
    if (auto inside = check_inside(each.path, settings.root, each.place); !inside) {
      return std::unexpected(inside.error());
    }
    const std::filesystem::path folder = each.path.parent_path();
    const bool yarrrml = is_yarrrml(each.path);
    auto group = std::ranges::find_if(groups, [&](const Group& known) {
      return known.folder == folder && known.yarrrml == yarrrml;
    });
    if (group == groups.end()) group = groups.insert(groups.end(), {folder, yarrrml, {}});
    group->files.push_back(each.path);
  }
  LoadOptions load_options;
  load_options.limits = settings.limits;
  std::vector<Plan> plans;
  for (const Group& group : groups) {
    Expected<Mapping> mapping = load_mapping(group.files, load_options, diagnostics);
    if (!mapping) {
      const auto named = std::ranges::find(mappings, mapping.error().place.file,
                                           [](const ProjectFile& f) { return f.path.string(); });
      return std::unexpected(
          named_at(mapping.error(), named == mappings.end() ? Place{} : named->place));
    }
    Expected<Plan> plan = compile(std::move(*mapping), options, diagnostics);
    if (!plan) return std::unexpected(plan.error());
    plans.push_back(std::move(*plan));
  }
  return plans;
}

void add_to_ledger(const RunCounts& counts, Ledger& ledger) {
  for (const SourceCounts& source : counts.sources) {
    for (const auto& [code, count] : source.rejected) {
      ledger.statements_rejected_by[std::string(info(code).name)] += count;
    }
    const auto same = std::ranges::find(ledger.sources, source.path, &Ledger::Source::path);
    if (same != ledger.sources.end() && same->read == source.records_read) continue;
    ledger.sources.push_back({source.path, source.records_read,
                              source.records_read - source.records_rejected,
                              source.records_rejected});
    for (const auto& [code, count] : source.records_rejected_by) {
      ledger.rejected_by[std::string(info(code).name)] += count;
    }
  }
  ledger.from_mappings += counts.statements;
}

Expected<BuiltGraph> build_graph(const Project& project, const Settings& given,
                                 DiagnosticSink& diagnostics, Progress& progress,
                                 Inferring inferring) {
  const Settings settings = settings_for(project, given);
  BuiltGraph built;
  built.base = project.base;
  progress.begin("load");
  Expected<Knowledge> knowledge =
      load_knowledge({project.domain_ontology, project.ontology, project.shapes, project.catalogue},
                     settings, diagnostics);
  if (!knowledge) return std::unexpected(knowledge.error());
  built.knowledge = std::make_unique<Knowledge>(std::move(*knowledge));

  auto plans =
      load_plans(project.mappings, compile_options(mapping_rules(project, settings), settings),
                 settings, diagnostics);
  if (!plans) return std::unexpected(plans.error());
  built.plans = std::move(*plans);

  std::vector<SameAs> same_as;
  for (const ProjectFile& file : project.identity) {
    Expected<void> loaded = check_inside(file.path, settings.root, file.place);
    if (loaded) {
      loaded = load_identity(file.path, project.prefixes, settings.limits, same_as, diagnostics);
    }
    if (!loaded) return std::unexpected(named_at(loaded.error(), file.place));
  }

  Builder builder(settings.threads);
  if (auto run = run_mappings(project, settings, built, builder, diagnostics, progress); !run) {
    return std::unexpected(run.error());
  }
  const auto notes = source_notes(project);
  std::vector<DataFile> data;
  for (const ProjectFile& file : project.data) {
    const auto note = notes.find(file.name);
    data.push_back(
        {file.path.string(), note == notes.end() ? SourceInfo{} : note->second, file.place});
  }
  auto read = read_data(data, project.base, settings, built, builder, diagnostics, progress);
  if (!read) return std::unexpected(read.error());
  finish_graph(std::move(builder), std::move(same_as), inferring, settings, built, progress);
  built.prefixes = merged({&built.knowledge->prefixes, &built.prefixes, &project.prefixes});
  report_idle_notes(project, *built.graph, diagnostics);
  return built;
}

Expected<BuiltGraph> read_graph(std::span<const std::string> paths, const std::string& base,
                                const KnowledgeSources& knowledge_sources, Inferring inferring,
                                const Settings& settings, DiagnosticSink& diagnostics,
                                Progress& progress) {
  BuiltGraph built;
  Expected<Knowledge> knowledge = load_knowledge(knowledge_sources, settings, diagnostics);
  if (!knowledge) return std::unexpected(knowledge.error());
  built.knowledge = std::make_unique<Knowledge>(std::move(*knowledge));
  std::vector<DataFile> data;
  for (const std::string& path : paths) data.push_back({path, {}, {}});
  Builder builder;
  auto read = read_data(data, base, settings, built, builder, diagnostics, progress);
  if (!read) return std::unexpected(read.error());
  finish_graph(std::move(builder), {}, inferring, settings, built, progress);
  built.prefixes = merged({&built.knowledge->prefixes, &built.prefixes});
  return built;
}

Expected<Findings> validate(const BuiltGraph& built, const Settings& settings, Progress& progress) {
  progress.begin("validate");
  ValidationOptions options;
  options.threads = settings.threads;
  options.strict = settings.strict;
  options.limits = settings.limits;
  options.keep_per_rule = settings.limits.max_diagnostics;
  if (!built.base.empty()) options.own_namespaces = {built.base};
  return validate(*built.graph, built.knowledge->ontology.get(), built.knowledge->shapes, options);
}

}  // namespace dossier
