// Texts that were read whole (ontologies, shapes, schemas), kept for the places of what is wrong in
// them.
#pragma once

#include <deque>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/line_index.hpp"
#include "cli/settings.hpp"
#include "graph/builder.hpp"
#include "graph/prefixes.hpp"
#include "ontology/place.hpp"

namespace dossier {

using OntologyNames = std::set<std::string, std::less<>>;  // IRIs, without '#' at their end

// RDF texts on their way into one graph. One thread.
class TextFiles {
 public:
  struct Import {  // a statement owl:imports
    std::string ontology;
    Place place;
  };

  // Adds the statements of a text to the builder, its prefixes to prefixes().
  Expected<void> add(std::string name, std::string text, Format format, const Settings& settings,
                     DiagnosticSink& diagnostics);
  // The same from a file, which may be a schema in YAML (sources/schema.hpp); the failure names
  // `named_at` when it is given and the file is missing.
  Expected<void> add_file(const std::string& path, const Settings& settings,
                          DiagnosticSink& diagnostics, const Place& named_at = {});

  bool empty() const { return files_.empty(); }
  bool has_file(const std::filesystem::path& path) const;
  const std::vector<Import>& imports() const { return imports_; }
  const OntologyNames& declared() const { return declared_; }  // each owl:Ontology of the files
  const Prefixes& prefixes() const { return prefixes_; }
  // Those, and behind them the ones that everybody knows: for messages.
  Prefixes shown_prefixes() const;
  Graph freeze();

  // Places of statements of the frozen graph. Borrows this.
  PlaceOf place_of() const;

 private:
  struct File {
    std::string name;
    std::string text;
    LineIndex lines;
    File(std::string n, std::string t) : name(std::move(n)), text(std::move(t)), lines(text) {}
  };
  class Schema;
  Expected<void> add_schema(const std::string& path, const Settings& settings,
                            DiagnosticSink& diagnostics, const Place& named_at);
  void note(const StatementView& statement, const File& file);

  std::deque<File> files_;  // by SourceId
  std::vector<Import> imports_;
  OntologyNames declared_;
  Builder builder_;
  Prefixes prefixes_;
};

// The name ends in .yaml or .yml: a schema of LinkML or FollowTheMoney, where RDF is wanted.
bool names_schema(const std::filesystem::path& path);

// A file that is missing or unreadable, said again with the place that names it.
Error named_at(Error error, const Place& place);

}  // namespace dossier
