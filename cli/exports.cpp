#include "cli/exports.hpp"

#include <map>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/text.hpp"
#include "cli/local_documents.hpp"
#include "cli/text_files.hpp"
#include "exporters/gexf.hpp"
#include "exporters/graphml.hpp"
#include "exporters/rdf.hpp"
#include "graph/entity_graph.hpp"

namespace dossier {
namespace {

Prefixes with(const Prefixes& prefixes, const Prefixes& more) {
  Prefixes out = prefixes;
  for (const Prefixes::Entry& each : more.entries()) out.set(each.name, each.iri);
  return out;
}

// Every statement of the graph is in exactly one of these.
std::vector<Ledger::Part> parts_of(const EntityCounts& counts) {
  return {{"types", counts.type_statements},
          {"node_attributes", counts.node_literals},
          {"edge_attributes", counts.link_literals + counts.link_resources},
          {"ends_of_edges", counts.end_statements},
          {"repeats_of_edges",
           counts.end_inverses + counts.direct_repeats + counts.repeats_in_other_graphs},
          {"edges", counts.edges_from_statements}};
}

// One entity graph for each form of links, made when it is first wanted.
class Networks {
 public:
  Networks(const BuiltGraph& built, const Settings& settings, DiagnosticSink& diagnostics)
      : built_(built), settings_(settings), diagnostics_(diagnostics) {}

  const EntityGraph& get(LinkForm links) {
    const auto found = graphs_.find(links);
    if (found != graphs_.end()) return found->second;
    // What cannot be folded is said once, whatever the number of forms.
    DiagnosticSink* const sink = graphs_.empty() ? &diagnostics_ : nullptr;
    return graphs_
        .emplace(links, EntityGraph(*built_.graph, built_.knowledge->links(*built_.graph),
                                    {.links = links, .limits = settings_.limits}, sink))
        .first->second;
  }

 private:
  const BuiltGraph& built_;
  const Settings& settings_;
  DiagnosticSink& diagnostics_;
  std::map<LinkForm, EntityGraph> graphs_;
};

Ledger::Export write_network(const ExportSpec& spec, const EntityGraph& entities,
                             const Prefixes& prefixes, const Settings& settings, ByteSink& out,
                             DiagnosticSink& diagnostics, Progress& progress) {
  NetworkOptions options;
  options.prefixes = prefixes;
  options.for_gephi = spec.for_gephi;
  options.threads = settings.threads;
  options.on_share = [&](double done) { progress.share(done); };
  const NetworkCounts counts = spec.format == Format::graphml
                                   ? write_graphml(entities, options, out, &diagnostics)
                                   : write_gexf(entities, options, out, &diagnostics);
  Ledger::Export entry;
  entry.parts = parts_of(entities.counts());
  entry.contents = {{"nodes", counts.nodes}, {"edges", counts.edges}};
  return entry;
}

}  // namespace

Expected<void> write_exports(std::span<const ExportSpec> exports, BuiltGraph& built,
                             const Settings& settings, OutputSet& outputs,
                             DiagnosticSink& diagnostics, Progress& progress) {
  Networks networks(built, settings, diagnostics);
  for (const ExportSpec& spec : exports) {
    progress.begin(fmt::format("write {}", printable(spec.file.name)));
    if (Expected<void> made = make_output_folder(spec.file.path); !made) return made;
    const Expected<ByteSink*> out = outputs.open(spec.file.path);
    if (!out) return std::unexpected(named_at(out.error(), spec.file.place));
    const Prefixes prefixes = with(built.prefixes, spec.prefixes);
    Ledger::Export entry;
    if (info(spec.format).kind == FormatKind::network) {
      const EntityGraph& entities = networks.get(spec.links.value_or(LinkForm::edges));
      entry = write_network(spec, entities, prefixes, settings, **out, diagnostics, progress);
    } else {
      RdfWriteOptions options;
      options.prefixes = prefixes;
      options.threads = settings.threads;
      options.mode = spec.mode;
      options.on_share = [&](double done) { progress.share(done); };
      if (!spec.context.empty()) {
        auto context = load_context(spec.context, settings);
        if (!context) return std::unexpected(named_at(context.error(), spec.file.place));
        options.context = std::move(*context);
      }
      const Expected<RdfWriteCounts> counts = write_rdf(*built.graph, spec.format, options, **out);
      if (!counts) return std::unexpected(named_at(counts.error(), spec.file.place));
      entry.parts = {{"statements", counts->statements}};
      entry.contents = {{"statements", counts->statements}};
    }
    entry.path = spec.file.name;
    entry.format = info(spec.format).name;
    entry.bytes = (*out)->bytes_written();
    built.ledger.exports.push_back(std::move(entry));
  }
  return {};
}

Expected<void> check_outputs(const Project& project) {
  for (const ExportSpec& spec : project.exports) {
    const FormatInfo& format = info(spec.format);
    if (format.kind == FormatKind::rdf && !can_write_rdf(spec.format)) {
      return fail(code::unknown_format, spec.file.place,
                  fmt::format("{} cannot be written yet", format.name));
    }
  }
  for (const ProjectFile* output : project.outputs()) {
    if (Expected<void> good = check_output(output->path, true); !good) {
      return std::unexpected(named_at(good.error(), output->place));
    }
  }
  return {};
}

}  // namespace dossier
