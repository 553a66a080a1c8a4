// The last step of the pipeline: exports, reports and the ledger, all or none.
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/console.hpp"
#include "cli/json_writer.hpp"
#include "cli/load.hpp"
#include "cli/pipeline.hpp"
#include "cli/reports.hpp"
#include "exporters/gexf.hpp"
#include "exporters/graphml.hpp"
#include "exporters/rdf.hpp"

namespace dossier {

Ledger::Export network_export(const std::string& path, Format format, const EntityCounts& entities,
                              const NetworkCounts& counts) {
  Ledger::Export out{path, std::string(info(format).name), counts.bytes, {}, {}};
  const auto part = [](const char* name, std::uint64_t count) { return Ledger::Part{name, count}; };
  out.parts = {part("edges", entities.edges_from_statements),
               part("link ends", entities.end_statements),
               part("inverses of link ends", entities.end_inverses),
               part("direct statements of links", entities.direct_repeats),
               part("repeats in other graphs", entities.repeats_in_other_graphs),
               part("types", entities.type_statements),
               part("attributes of nodes", entities.node_literals),
               part("attributes of edges", entities.link_literals + entities.link_resources)};
  std::erase_if(out.parts, [](const Ledger::Part& each) { return each.count == 0; });
  out.contents = {part("nodes", counts.nodes), part("edges", counts.edges)};
  return out;
}

Expected<void> ProjectBuild::make_output_folders() const {
  for (const ProjectFile* file : project_.outputs()) {
    const std::filesystem::path folder = file->path.parent_path();
    std::error_code error;
    if (!folder.empty() && !std::filesystem::is_directory(folder)) {
      std::filesystem::create_directory(folder, error);  // its own parent must be there
    }
    if (Expected<void> fine = check_output(file->path.string()); !fine) return fine;
  }
  return {};
}

Expected<void> ProjectBuild::write_export(const ExportSpec& spec, OutputSet& outputs) {
  progress_.begin("write " + spec.file.name);
  Expected<ByteSink*> sink = outputs.open(spec.file.path);
  if (!sink) return std::unexpected(sink.error());
  Prefixes prefixes = prefixes_;
  for (const Prefixes::Entry& each : spec.prefixes.entries()) prefixes.set(each.name, each.iri);
  if (info(spec.format).kind == FormatKind::rdf) {
    RdfWriteOptions options;
    options.prefixes = std::move(prefixes);
    options.threads = settings_.threads;
    options.mode = spec.mode;
    const Expected<RdfWriteCounts> counts = write_rdf(*graph_, spec.format, options, **sink);
    if (!counts) return std::unexpected(counts.error());
    ledger_.exports.push_back({spec.file.name,
                               std::string(info(spec.format).name),
                               counts->bytes,
                               {{"statements", counts->statements}},
                               {{"statements", counts->statements}}});
    return {};
  }
  EntityGraphOptions entity_options;
  entity_options.links = spec.links.value_or(LinkForm::edges);
  entity_options.limits = settings_.limits;
  const EntityGraph entities(*graph_, links(), entity_options, &diagnostics_);
  NetworkOptions options;
  options.prefixes = std::move(prefixes);
  options.for_gephi = spec.for_gephi;
  options.threads = settings_.threads;
  const NetworkCounts counts = spec.format == Format::gexf
                                   ? write_gexf(entities, options, **sink, &diagnostics_)
                                   : write_graphml(entities, options, **sink, &diagnostics_);
  ledger_.exports.push_back(network_export(spec.file.name, spec.format, entities.counts(), counts));
  return {};
}

Expected<void> ProjectBuild::write_reports(OutputSet& outputs) {
  ReportOptions options;
  options.prefixes = prefixes_;
  options.place_of = places_.function();
  options.line_of = [this](const Place& place) { return places_.line_of(place); };
  for (const ProjectFile& report : project_.reports) {
    Expected<ByteSink*> sink = outputs.open(report.path);
    if (!sink) return std::unexpected(sink.error());
    if (auto done = write_report(*findings_, options, settings_.threads, report.path, **sink);
        !done)
      return done;
  }
  return {};
}

Expected<void> ProjectBuild::write() {
  if (Expected<void> fine = make_output_folders(); !fine) return fine;
  OutputSet outputs;
  for (const ExportSpec& each : project_.exports) {
    if (auto done = write_export(each, outputs); !done) return done;
  }
  if (auto done = write_reports(outputs); !done) return done;
  const std::vector<std::string> wrong = imbalances(ledger_);
  if (!wrong.empty()) {
    return fail(DiagnosticCode::ledger_unbalanced, {project_.file.string()},
                fmt::format("{}", fmt::join(wrong, "; ")));
  }
  if (project_.ledger) {
    Expected<ByteSink*> sink = outputs.open(project_.ledger->path);
    if (!sink) return std::unexpected(sink.error());
    JsonWriter json;
    json.begin_object();
    write_json(ledger_, json);
    json.end_object();
    (*sink)->append(json.text());
  }
  progress_.begin("finish");
  return outputs.commit();
}

}  // namespace dossier
