// What the readers of schema languages share: values with their complaints, tables of keys, and
// statements with their places.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/statement_writer.hpp"
#include "sources/schema.hpp"

namespace dossier {

// What becomes of a key of a schema language.
enum class KeyUse : std::uint8_t {
  read,         // becomes statements
  note,         // documentation: left out without a word
  unsupported,  // says something that the model has no form for: left out with a warning
};
struct SchemaKey {
  std::string_view name;
  KeyUse use;
};

class SchemaReader {
 public:
  SchemaReader(const SchemaHost& host, StatementSinkRef sink, DiagnosticSink& diagnostics)
      : host_(host), sink_(sink), writer_(sink), diagnostics_(diagnostics) {}

  // ---- complaints
  void report(DiagnosticCode code, YamlNode at, std::string message, std::string hint = {});
  void unwanted(YamlNode at, std::string_view wanted);
  void unsupported(YamlNode at, std::string message, std::string hint = {});
  void aside(YamlNode at, std::string message);  // the same, not worth a warning
  // `what` is "class", "slot"; the hint is the nearest of the names.
  void unknown_name(YamlNode at, std::string_view what, std::string_view name,
                    std::span<const std::string_view> known);
  // Reports keys that the table does not have, or that are not supported. `what`: "a class".
  void check_keys(YamlNode map, std::string_view what, std::span<const SchemaKey> keys);
  // The first error, when there was one; all have been reported.
  Expected<void> outcome() const;

  // ---- values; empty or nothing after a complaint
  std::string text(YamlNode node, std::string_view wanted);
  bool truth(YamlNode node);
  std::optional<std::uint64_t> count(YamlNode node);
  // A list, or one item standing for a list of it; nothing for null.
  static std::vector<YamlNode> items(YamlNode node);
  std::string text_of(YamlNode map, std::string_view key);  // empty when there is none
  bool flag_of(YamlNode map, std::string_view key);         // false when there is none

  // ---- statements
  // A blank node label of the file that the owner stands in, so that those of two schemas stay
  // apart, and a file that two schemas import gives the same twice.
  static std::string label(std::string_view kind, YamlNode owner,
                           std::initializer_list<std::string_view> parts);
  const SchemaHost& host() const { return host_; }
  StatementSinkRef sink() const { return sink_; }
  StatementWriter& from(YamlNode at);  // what is said next stands there
  void say_text(const OwnedTerm& subject, std::string_view predicate, YamlNode map,
                std::string_view key);

 private:
  const SchemaHost& host_;
  StatementSinkRef sink_;
  StatementWriter writer_;
  DiagnosticSink& diagnostics_;
  std::string file_;
  Error first_error_;
  std::size_t errors_ = 0;
};

// IRIs of the vocabularies that schemas become, by local name.
std::string rdfs_term(std::string_view local);
std::string owl_term(std::string_view local);
std::string sh_term(std::string_view local);
std::string skos_term(std::string_view local);
std::string dm_term(std::string_view local);
std::string xsd_term(std::string_view local);

}  // namespace dossier
