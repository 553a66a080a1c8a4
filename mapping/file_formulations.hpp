// Kinds of files that mappings name beyond those of RML itself: results of SPARQL queries, RDF,
// spreadsheets. One list for both languages.
#pragma once

#include <optional>
#include <string_view>

#include "graph/format.hpp"
#include "mapping/model.hpp"

namespace dossier {

// By a name of http://www.w3.org/ns/formats/ ("SPARQL_Results_JSON", "Turtle") or a tag of YARRRML
// ("sparql-json", "xlsx"), in any letter case.
std::optional<Formulation> find_file_formulation(std::string_view name);

// By the extension, that of a packed file taken off; nothing where it says nothing of these kinds.
std::optional<Formulation> guess_file_formulation(std::string_view path);

// Which RDF syntax a source of the kind `rdf` is in: as named, else by the extension, else Turtle.
Format rdf_format(const LogicalSource& source);

// Without the endings of compression and archives, in lower case.
std::string unpacked_name(std::string_view path);

}  // namespace dossier
