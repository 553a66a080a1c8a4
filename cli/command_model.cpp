#include <fmt/format.h>

#include "base/codes/program.hpp"
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
    return fail(code::wrong_usage, {}, "--no-domain leaves nothing to browse",
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
      return fail(code::ontology_unknown_name, {},
                  fmt::format("the ontology has no \"{}\"", printable(options.name)),
                  near ? fmt::format("did you mean {}?", *near) : "`dossier model` lists all");
    }
    text = settings.json ? pages.page_json(found) : pages.page(found);
  }
  if (auto said = console.result(text); !said) return std::unexpected(said.error());
  return ExitCode::clean;
}

}  // namespace

RunVerb declare_model(VerbArguments& arguments) {
  const auto options = std::make_shared<ModelOptions>();
  arguments.positional(options->name, "name", "NAME",
                       "a class or property; without it, all of them");
  arguments.option(options->ontology, {"--ontology"}, "FILE",
                   "RDF file with an ontology of your own");
  arguments.flag(options->no_domain, {"--no-domain"}, "without the ontology that ships");
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return show_model(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
