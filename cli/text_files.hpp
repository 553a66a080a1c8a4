// Texts that were read whole (ontologies, shapes), kept for the places of what is wrong in them.
#pragma once

#include <deque>
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

// RDF texts on their way into one graph. One thread.
class TextFiles {
 public:
  // Adds the statements of a text to the builder, its prefixes to prefixes().
  Expected<void> add(std::string name, std::string text, Format format, const Settings& settings,
                     DiagnosticSink& diagnostics);
  // The same from a file; the failure names `named_at` when it is given and the file is missing.
  Expected<void> add_file(const std::string& path, const Settings& settings,
                          DiagnosticSink& diagnostics, const Place& named_at = {});

  // Reads what the texts so far import (owl:imports), and what that imports: files next to them,
  // and the ontologies that ship. Each is read once, also where imports go round in a circle; one
  // whose ontology a text declares is there already. Others are network_refused at the import.
  Expected<void> follow_imports(const Settings& settings, DiagnosticSink& diagnostics);

  bool empty() const { return files_.empty(); }
  const Prefixes& prefixes() const { return prefixes_; }
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
  struct Import {
    std::string iri;
    std::size_t file = 0;
    std::uint64_t offset = 0;
  };
  class Reader;

  Place place_of(const Import& import) const;
  Expected<void> follow(const Import& import, const Settings& settings,
                        DiagnosticSink& diagnostics);

  std::deque<File> files_;  // by SourceId
  std::vector<Import> imports_;
  std::set<std::string, std::less<>>
      there_;  // addresses of files, and ontologies that they declare
  Builder builder_;
  Prefixes prefixes_;
};

// A file that is missing or unreadable, said again with the place that names it.
Error named_at(Error error, const Place& place);

}  // namespace dossier
