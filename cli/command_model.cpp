#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/graph_input.hpp"
#include "cli/knowledge.hpp"
#include "cli/model_pages.hpp"

namespace dossier {
namespace {

struct ModelOptions {
  std::string name;
  std::vector<std::string> ontology;
  bool no_domain = false;
};

Expected<ExitCode> show_model(const ModelOptions& options, const Settings& settings,
                              Console& console, DiagnosticCollector& diagnostics) {
  KnowledgeSources sources;
  sources.domain = !options.no_domain;
  for (const std::string& each : options.ontology) sources.ontology.push_back(named_file(each));
  const Expected<Knowledge> knowledge = load_knowledge(sources, settings, diagnostics);
  if (!knowledge) return std::unexpected(knowledge.error());
  if (!knowledge->ontology) {
    return fail(DiagnosticCode::wrong_usage, {}, "--no-domain leaves nothing to browse",
                "name an ontology with --ontology");
  }
  console.diagnostics(diagnostics);
  const ModelPages pages(*knowledge->ontology, knowledge->prefixes);
  std::string text;
  if (options.name.empty()) {
    text = settings.json ? pages.overview_json() : pages.overview();
  } else {
    const ModelPages::Found found = pages.find(options.name);
    if (!found) {
      const auto near = pages.nearest(options.name);
      return fail(DiagnosticCode::ontology_unknown_name, {},
                  fmt::format("the ontology has no \"{}\"", printable(options.name)),
                  near ? fmt::format("did you mean {}?", *near) : "`dossier model` lists all");
    }
    text = settings.json ? pages.page_json(found) : pages.page(found);
  }
  if (auto said = console.result(text); !said) return std::unexpected(said.error());
  return ExitCode::clean;
}

}  // namespace

RunVerb declare_model(CLI::App& app) {
  const auto options = std::make_shared<ModelOptions>();
  app.add_option("name", options->name, "a class or property; without it, all of them")
      ->type_name("NAME");
  app.add_option("--ontology", options->ontology, "RDF file with an ontology of your own")
      ->type_name("FILE")
      ->expected(1)
      ->take_all();
  app.add_flag("--no-domain", options->no_domain, "without the ontology that ships");
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return show_model(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
