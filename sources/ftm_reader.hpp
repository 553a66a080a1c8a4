// FollowTheMoney schemata -> statements. IRIs are those of FollowTheMoney's own ontology:
// https://schema.followthemoney.tech/#Person for a schema, ...#Person:birthDate for a property.
// Schemata that a file names and does not hold are read from NAME.yaml beside it, as
// FollowTheMoney keeps them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/limits.hpp"
#include "sources/schema_reader.hpp"

namespace dossier {

// The IRI of a schema, of a property (Person:birthDate) or of a list of values.
std::string ftm_iri(std::string_view name);

class FtmReader {
 public:
  FtmReader(SchemaReader& reader, const Limits& limits)
      : reader_(reader), steps_left_(limits.max_hierarchy) {}

  Expected<void> read(YamlNode root);

 private:
  struct Schema {
    std::string name;
    YamlNode key;
    YamlNode body;
    std::vector<std::size_t> extends;
  };
  struct Property {
    std::string iri;
    YamlNode key;
    YamlNode body;
  };

  void add_file(YamlNode root);
  Expected<void> find_others();
  Expected<bool> find_beside(std::string_view name, YamlNode at);
  void resolve_extends();
  std::vector<std::string_view> names() const;
  const Schema* named(YamlNode at);
  std::vector<const Schema*> ancestors(const Schema& schema);
  // Of the schema or those above it; empty when there is none.
  std::string property_iri(const Schema& schema, std::string_view name);
  std::string property_at(const Schema& schema, YamlNode at);

  void say_schema(const Schema& schema);
  void say_list(const Schema& schema, std::string_view key);
  void say_required(const Schema& schema);

  // ftm_edges.cpp
  void say_edge(const Schema& schema);
  void say_direct(const Schema& schema, YamlNode edge, const std::string& source,
                  const std::string& target);
  void say_extent(const Schema& schema);

  // ftm_properties.cpp
  void say_property(const Schema& schema, const Property& property, std::size_t order);
  void say_type(const OwnedTerm& subject, const OwnedTerm& shape, const Property& property);
  void say_entity(const OwnedTerm& subject, const Property& property, const Schema& schema);
  void say_format(const OwnedTerm& shape, const Property& property);
  void say_value_lists(YamlNode root);

  SchemaReader& reader_;
  std::size_t steps_left_;
  std::vector<Schema> schemata_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
  std::map<std::string, std::string> ranges_;  // property -> class
};

}  // namespace dossier
