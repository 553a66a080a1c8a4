// LinkML -> statements. Each class says of its slots what it declares itself: those that it lists
// in full, those of slot_usage as far as the usage goes, since shapes of classes above hold too.
// What all uses of a property have in common (domain, range, kind) is said of the property.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/limits.hpp"
#include "sources/linkml_schema.hpp"

namespace dossier {

class LinkmlReader {
 public:
  LinkmlReader(SchemaReader& reader, const Limits& limits)
      : reader_(reader), schema_(reader), steps_left_(limits.max_hierarchy) {}

  Expected<void> read(YamlNode root);

 private:
  enum class RangeKind : std::uint8_t { any, link, cls, datatype, enumeration };
  struct Range {
    RangeKind kind = RangeKind::any;
    std::string iri;  // of the class or enumeration
    const LinkmlElement* element = nullptr;
    std::vector<std::string> datatypes;
    std::vector<YamlNode> constraints;  // bodies of types, nearest first
    bool implied = false;               // the default range: nothing that a class says
  };
  // What one class says of one slot. Layers of definitions, the nearest first.
  struct Use {
    const LinkmlElement* cls = nullptr;
    std::string slot;
    std::string iri;
    std::vector<YamlNode> layers;
    YamlNode at;
    std::size_t file = 0;
    bool refines = false;  // only slot_usage of a slot of a class above
    Range range;
  };
  struct Property {
    std::string name;
    YamlNode at;
    std::size_t file = 0;
    std::vector<YamlNode> bodies;  // definitions and attributes
    std::set<std::string> domains;
    std::set<std::string> classes;       // ranges
    std::set<std::string> datatypes;     // ranges
    bool any = false;                    // a range that is neither
    std::set<std::string> alternatives;  // different ranges
  };
  struct Values {  // of an enumeration
    std::vector<OwnedTerm> terms;
    std::map<std::string, OwnedTerm, std::less<>> by_text;
    bool open = true;  // no values are listed
    bool things = true;
    bool literals = true;
  };

  // ---- linkml_reader.cpp: classes and enumerations
  const LinkmlElement* named(LinkmlKind kind, YamlNode at, std::string_view what);
  std::vector<const LinkmlElement*> parents(const LinkmlElement& element, LinkmlKind kind);
  void check_hierarchy(LinkmlKind kind, std::string_view what);
  // Itself and those above, nearest first; empty when the steps are used up.
  std::vector<const LinkmlElement*> ancestors(const LinkmlElement& element, LinkmlKind kind);
  void say_ontologies();
  void say_common(const OwnedTerm& subject, const LinkmlElement& element, bool label);
  void say_enumeration(const LinkmlElement& element);
  void say_values(const LinkmlElement& element, YamlNode values, Values& out);
  void say_class(const LinkmlElement& cls);
  void say_class_relations(const LinkmlElement& cls, const OwnedTerm& subject);
  void say_unique_keys(const LinkmlElement& cls, const OwnedTerm& subject);
  void say_link(const LinkmlElement& cls, const OwnedTerm& subject);
  void warn_same_iris(LinkmlKind kind);

  // ---- linkml_slots.cpp: slots and what they hold
  void collect_uses(const LinkmlElement& cls);
  void add_use(Use use);
  std::vector<YamlNode> definition_layers(std::string_view slot);
  std::string inherited_attribute(const LinkmlElement& cls, std::string_view name);
  void note_range(Property& property, const Range& range);
  void note_unused_slots();
  void spread_to_super_slots();
  Range resolve(const std::vector<YamlNode>& layers, std::size_t file);
  Range range_named(std::string_view name, YamlNode at);
  Range type_range(std::string_view name, YamlNode at);
  void say_property(const std::string& iri, const Property& property);
  void say_property_traits(const OwnedTerm& subject, const Property& property);
  const YamlNode* find_layer(const std::vector<YamlNode>& layers, std::string_view key) const;
  std::string slot_iri(std::string_view slot);
  bool layer_flag(const std::vector<YamlNode>& layers, std::string_view key);

  // ---- linkml_shapes.cpp: constraints
  void say_shape(const Use& use, std::size_t order);
  void say_cardinality(const OwnedTerm& shape, const Use& use);
  void say_recommended(const Use& use, const std::string& label);
  void warn_loosened(const Use& use);
  void say_value(const OwnedTerm& shape, const std::string& label,
                 const std::vector<YamlNode>& layers, const Range& range, bool with_range,
                 std::size_t file);
  void say_range(const OwnedTerm& shape, const std::string& label, YamlNode at, const Range& range);
  void say_texts(const OwnedTerm& shape, const std::string& label,
                 const std::vector<YamlNode>& layers, const Range& range);
  void say_alternatives(const OwnedTerm& shape, const std::string& label,
                        const std::vector<YamlNode>& layers, std::size_t file);
  void say_nesting(const OwnedTerm& shape, const Use& use);
  OwnedTerm value_term(YamlNode node, const Range& range);
  const Values* values_of(const Range& range) const;
  bool has_identifier(const LinkmlElement& cls);

  SchemaReader& reader_;
  LinkmlSchema schema_;
  std::size_t steps_left_;
  std::vector<Use> uses_;
  std::map<std::string, Property> properties_;  // by IRI
  std::map<const LinkmlElement*, Values> values_;
  std::map<const LinkmlElement*, std::vector<std::size_t>> uses_of_;  // of a class
  std::map<const LinkmlElement*, bool> identified_;
  std::map<std::string, std::string, std::less<>> attributes_;  // IRIs by name, the first
  std::map<std::string, std::vector<OwnedTerm>> children_;      // by is_a
};

}  // namespace dossier
