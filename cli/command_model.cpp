#include <filesystem>

#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/graph_input.hpp"
#include "cli/knowledge.hpp"
#include "cli/model_export.hpp"
#include "cli/model_pages.hpp"
#include "cli/text_files.hpp"

namespace dossier {
namespace {

struct ModelOptions {
  std::vector<std::string> arguments;
  std::vector<std::string> ontology;
  std::vector<std::string> shapes;
  std::string to;
  bool no_domain = false;
  bool domain = false;
};

// Files first; what is no file is the name of a class or property.
struct ModelQuestion {
  KnowledgeSources sources;
  std::string name;
};

// A name that is meant for a file says so: a folder, or an extension that ontologies have.
bool names_file(const std::string& argument) {
  const std::filesystem::path path = argument;
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) || path.has_parent_path() ||
         guess_format(path) || names_schema(path);
}

Expected<ModelQuestion> question_of(const ModelOptions& options) {
  ModelQuestion out;
  for (const std::string& each : options.arguments) {
    // prefix:name and IRIs are names, whatever they end in.
    if (each.find(':') == std::string::npos && names_file(each)) {
      out.sources.ontology.push_back(named_file(each));
    } else if (out.name.empty()) {
      out.name = each;
    } else {
      return fail(code::wrong_usage, {}, fmt::format("{} and {} are two names", out.name, each),
                  "ask for one at a time");
    }
  }
  // Files that are named as such stand alone, unless --domain is given.
  const bool alone = !out.sources.ontology.empty();
  out.sources.domain = !options.no_domain && (!alone || options.domain);
  for (const std::string& each : options.ontology) out.sources.ontology.push_back(named_file(each));
  for (const std::string& each : options.shapes) out.sources.shapes.push_back(named_file(each));
  return out;
}

// What a reference of the ontology is called: by its file.
std::string title_of(const ModelQuestion& question) {
  const auto& files = question.sources.ontology;
  return files.empty() ? "The domain ontology of dossier" : files.front().path.stem().string();
}

Expected<ExitCode> show_model(const ModelOptions& options, const Settings& settings,
                              Console& console, DiagnosticCollector& diagnostics) {
  const Expected<ModelQuestion> question = question_of(options);
  if (!question) return std::unexpected(question.error());
  const Expected<Knowledge> knowledge = load_knowledge(question->sources, settings, diagnostics);
  if (!knowledge) return std::unexpected(knowledge.error());
  if (!knowledge->ontology) {
    return fail(code::wrong_usage, {}, "--no-domain leaves nothing to browse",
                "name an ontology, or --ontology FILE");
  }
  console.diagnostics(diagnostics);
  const Prefixes prefixes = model_prefixes(*knowledge);
  const ModelPages pages(*knowledge->ontology, prefixes);
  ModelPages::Found found;
  if (!question->name.empty()) {
    found = pages.find(question->name);
    if (!found) {
      const auto near = pages.nearest(question->name);
      return fail(code::ontology_unknown_name, {},
                  fmt::format("the ontology has no \"{}\"", printable(question->name)),
                  near ? fmt::format("did you mean {}?", *near) : "`dossier model` lists all");
    }
  }
  if (!options.to.empty()) {
    auto written = export_model(*knowledge, options.to, found.cls, title_of(*question), settings);
    if (!written) return std::unexpected(written.error());
    return ExitCode::clean;
  }
  std::string text;
  if (found) {
    text = settings.json ? pages.page_json(found) : pages.page(found);
  } else {
    text = settings.json ? pages.overview_json() : pages.overview();
  }
  if (auto said = console.result(text); !said) return std::unexpected(said.error());
  return ExitCode::clean;
}

}  // namespace

RunVerb declare_model(VerbArguments& arguments) {
  const auto options = std::make_shared<ModelOptions>();
  arguments.positional(
      options->arguments, "what", "FILE",
      "ontologies (RDF, LinkML, FollowTheMoney), and the name of a class or property");
  arguments.option(options->ontology, {"--ontology"}, "FILE",
                   "an ontology of your own beside the one that ships");
  arguments.option(options->shapes, {"--shapes"}, "FILE", "RDF file with SHACL shapes");
  arguments.option(options->to, {"--to"}, std::string(kModelLanguages),
                   "write the ontology in another language");
  arguments.flag(options->domain, {"--domain"}, "also the ontology that ships, beside FILE");
  arguments.flag(options->no_domain, {"--no-domain"}, "without the ontology that ships");
  return with_diagnostics(
      [options](const Settings& settings, Console& console, DiagnosticCollector& diagnostics) {
        return show_model(*options, settings, console, diagnostics);
      });
}

}  // namespace dossier
