// A LinkML schema with what it imports: its files, and the classes, slots, types and enumerations
// that they define, each with its place and its IRI. Borrows the documents.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sources/schema_reader.hpp"

namespace dossier {

inline constexpr std::string_view kLinkmlAny = "https://w3id.org/linkml/Any";  // any value

struct LinkmlFile {
  std::filesystem::path path;
  YamlNode root;
  std::map<std::string, std::string, std::less<>> prefixes;
  std::string default_namespace;
  std::string default_range;
};

enum class LinkmlKind : std::uint8_t { cls, slot, type, enumeration };

struct LinkmlElement {
  std::string name;
  YamlNode key;   // where its name stands
  YamlNode body;  // may be null
  std::size_t file = 0;
  std::string iri;
};

// Elements of one kind in the order of the files.
class LinkmlElements {
 public:
  const LinkmlElement* find(std::string_view name) const;
  const std::vector<LinkmlElement>& all() const { return all_; }
  std::vector<std::string_view> names() const;
  const LinkmlElement* add(LinkmlElement element);  // the one that has the name already, else null

 private:
  std::vector<LinkmlElement> all_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
};

class LinkmlSchema {
 public:
  explicit LinkmlSchema(SchemaReader& reader) : reader_(reader) {}

  // Reads the file and, each once, those that it imports.
  Expected<void> load(YamlNode root);

  const LinkmlFile& file(std::size_t i) const { return files_[i]; }
  std::span<const LinkmlFile> files() const { return files_; }
  const LinkmlElements& of(LinkmlKind kind) const {
    return elements_[static_cast<std::size_t>(kind)];
  }

  // prefix:name or an IRI; a bare name is in the default namespace. Empty after a complaint.
  std::string expand(YamlNode at, std::string_view written, std::size_t file) const;

 private:
  Expected<void> add_file(const std::filesystem::path& path, YamlNode root);
  Expected<void> follow(YamlNode import, std::size_t file);
  void read_prefixes(LinkmlFile& file);
  void read_elements(std::size_t file);
  void add_element(LinkmlKind kind, std::string name, YamlNode key, YamlNode body,
                   std::size_t file);

  SchemaReader& reader_;
  std::vector<LinkmlFile> files_;
  LinkmlElements elements_[4];
};

// The names that LinkML makes of names: "news event" -> NewsEvent, "has part" -> has_part.
std::string linkml_class_name(std::string_view name);
std::string linkml_slot_name(std::string_view name);

// A type that comes with LinkML (linkml:types).
struct LinkmlBuiltInType {
  std::string_view name;
  std::string_view iri;  // of its datatype
};
std::span<const LinkmlBuiltInType> linkml_types();

}  // namespace dossier
