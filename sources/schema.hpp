// Schema files in YAML -> statements: LinkML (linkml.io) and FollowTheMoney
// (followthemoney.tech). Classes, slots and properties, enumerations and edges become RDFS, OWL,
// SHACL and the meta vocabulary of links, so that an ontology and shapes are loaded from them as
// from Turtle. What these have no form for is reported with its place (schema_unsupported).
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

#include "base/diagnostic.hpp"
#include "graph/statement.hpp"
#include "sources/yaml_document.hpp"

namespace dossier {

enum class SchemaLanguage : std::uint8_t { linkml, follow_the_money };

// As the keys of the root tell; nothing when they fit neither.
std::optional<SchemaLanguage> schema_language(YamlNode root);

// What a schema needs of the world: the files that it names, and where its statements go.
struct SchemaHost {
  // The document of a file that is named at `named_at`; null when there is no such file. It lives
  // until the schema has been read. The same path gives the same document.
  std::function<Expected<const YamlDocument*>(const std::filesystem::path& path,
                                              const Place& named_at)>
      open;
  // Statements from now on stand in this file (Place::file of its nodes).
  std::function<void(std::string_view file)> enter;
};

// Reads the schema and those that it imports. Offsets of statements are those of the YAML nodes
// they come from. Fails with the first error, after all have been reported. One thread; cost:
// linear in the files, and in the slots of all classes.
Expected<void> read_schema(const YamlDocument& document, const SchemaHost& host,
                           StatementSinkRef sink, DiagnosticSink& diagnostics,
                           const Limits& limits = {});

}  // namespace dossier
