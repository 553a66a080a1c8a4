#include "cli/model_export.hpp"

#include "cli/load.hpp"
#include "exporters/rdf.hpp"
#include "graph/freeze.hpp"
#include "ontology/schema_writers.hpp"

namespace dossier {
namespace {

Expected<void> write_statements(const ClassSlots& slots, bool shapes, const Prefixes& prefixes,
                                const Settings& settings, ByteSink& out) {
  Builder builder;
  builder.shard().begin_source(builder.add_source({.path = "<model>"}));
  if (shapes) {
    write_shacl(slots, builder.shard());
  } else {
    write_owl(slots, builder.shard());
  }
  Format format = Format::turtle;
  if (settings.output != "-") {
    const Expected<Format> named = format_of_output(settings.output, std::nullopt);
    if (!named) return std::unexpected(named.error());
    format = *named;
  }
  RdfWriteOptions options;
  options.prefixes = prefixes;
  options.threads = settings.threads;
  options.mode = RdfWriteMode::diff_stable;
  const auto written = write_rdf(freeze(std::move(builder)), format, options, out);
  if (!written) return std::unexpected(written.error());
  return {};
}

}  // namespace

Prefixes model_prefixes(const Knowledge& knowledge) {
  Prefixes out = Prefixes::well_known();
  for (const Prefixes::Entry& each : knowledge.prefixes.entries()) out.set(each.name, each.iri);
  return out;
}

Expected<void> export_model(const Knowledge& knowledge, std::string_view language, ClassNumber root,
                            std::string_view title, const Settings& settings) {
  const Prefixes prefixes = model_prefixes(knowledge);
  const ClassSlots slots(*knowledge.ontology, knowledge.shapes);
  Expected<std::unique_ptr<ByteSink>> out = open_output(settings.output);
  if (!out) return std::unexpected(out.error());
  if (language == "json-schema") {
    write_json_schema(slots, root, prefixes, **out);
  } else if (language == "jsonld-context") {
    write_jsonld_context(slots, prefixes, **out);
  } else if (language == "markdown") {
    write_markdown(slots, prefixes, title, **out);
  } else {
    const auto done = write_statements(slots, language == "shacl", prefixes, settings, **out);
    if (!done) return done;
  }
  return (*out)->finish();
}

}  // namespace dossier
