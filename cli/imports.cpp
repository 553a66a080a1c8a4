#include "cli/imports.hpp"

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/text.hpp"
#include "cli/embedded.hpp"
#include "cli/file_iri.hpp"

namespace dossier {
namespace {

struct Shipped {
  std::string_view ontology;
  std::string_view file;
};
constexpr Shipped kShipped[] = {
    {"https://w3id.org/dossier/ns", "vocabulary/dossier.ttl"},
    {"https://w3id.org/dossier/meta", "vocabulary/meta.ttl"},
    {"https://w3id.org/dossier/shapes", "vocabulary/shapes.ttl"},
};

std::string_view shipped_file(std::string_view ontology) {
  for (const Shipped& each : kShipped) {
    if (each.ontology == ontology) return each.file;
  }
  return {};
}

}  // namespace

Expected<void> follow_imports(TextFiles& files, const OntologyNames& known,
                              const OntologyCatalogue& catalogue, const Settings& settings,
                              DiagnosticSink& diagnostics) {
  // Files first: one of them may declare what another one imports by its name.
  std::vector<TextFiles::Import> elsewhere;
  for (std::size_t i = 0; i < files.imports().size(); ++i) {
    const TextFiles::Import import = files.imports()[i];
    if (files.declared().contains(import.ontology) || known.contains(import.ontology)) continue;
    if (const auto copy = catalogue.find(import.ontology); copy != catalogue.end()) {
      const ProjectFile& file = copy->second;
      if (files.has_file(file.path)) continue;
      auto added = files.add_file(file.path.string(), settings, diagnostics, file.place);
      if (!added) return added;
    } else if (const std::string_view name = shipped_file(import.ontology); !name.empty()) {
      auto added = files.add(std::string(name), std::string(embedded_file(name).value_or("")),
                             Format::turtle, settings, diagnostics);
      if (!added) return added;
    } else if (const auto path = path_of_file_iri(import.ontology)) {
      if (files.has_file(*path)) continue;
      auto added = files.add_file(path->string(), settings, diagnostics, import.place);
      if (!added) return added;
    } else {
      elsewhere.push_back(import);
    }
  }
  for (const TextFiles::Import& import : elsewhere) {
    if (files.declared().contains(import.ontology)) continue;
    return fail(code::network_refused, import.place,
                fmt::format("owl:imports <{}>, which is no file here", printable(import.ontology)),
                "save it, and name the copy beside this file or under catalogue in the project; or "
                "take the import away");
  }
  return {};
}

}  // namespace dossier
