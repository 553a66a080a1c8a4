#include "sources/linkml_keys.hpp"

namespace dossier {
namespace {

// Keys by what becomes of them, separated by blanks.
struct LinkmlKeyWords {
  std::string_view read;
  std::string_view note;
  std::string_view unsupported;
};

constexpr LinkmlKeyWords kCommonWords{
    "title description deprecated aliases exact_mappings close_mappings related_mappings "
    "narrow_mappings broad_mappings",
    "name id_prefixes id_prefixes_are_closed definition_uri local_names conforms_to "
    "implements instantiates annotations extensions alt_descriptions todos notes comments "
    "examples in_subset from_schema imported_from source in_language see_also "
    "deprecated_element_has_exact_replacement deprecated_element_has_possible_replacement "
    "structured_aliases created_by contributors created_on last_updated_on modified_by "
    "status rank categories keywords",
    "mappings"};
constexpr LinkmlKeyWords kSchemaWords{
    "id version license imports prefixes default_prefix default_range types enums slots "
    "classes",
    "emit_prefixes default_curi_maps subsets metamodel_version source_file "
    "source_file_date source_file_size generation_date slot_names_unique settings",
    "bindings"};
constexpr LinkmlKeyWords kClassWords{
    "is_a mixins abstract mixin slots slot_usage attributes class_uri subclass_of "
    "union_of disjoint_with children_are_mutually_disjoint tree_root unique_keys "
    "represents_relationship extra_slots",
    "slot_names_unique alias apply_to defining_slots",
    "values_from string_serialization rules classification_rules any_of exactly_one_of "
    "none_of all_of slot_conditions"};
constexpr LinkmlKeyWords kSlotWords{
    "range required recommended multivalued inlined inlined_as_list minimum_value "
    "maximum_value pattern value_presence equals_string equals_string_in equals_number "
    "exact_cardinality minimum_cardinality maximum_cardinality any_of all_of none_of "
    "exactly_one_of is_a mixins abstract mixin slot_uri alias identifier key domain "
    "symmetric asymmetric transitive irreflexive inverse subproperty_of relational_role "
    "disjoint_with",
    "singular_name inherited readonly owner domain_of is_class_field is_usage_slot "
    "usage_slot_name slot_group is_grouping_slot role apply_to shared definitional",
    "range_expression enum_range structured_pattern unit implicit_prefix "
    "equals_expression has_member all_members array bindings ifabsent "
    "list_elements_unique list_elements_ordered designates_type reflexive "
    "locally_reflexive transitive_form_of reflexive_transitive_form_of path_rule "
    "children_are_mutually_disjoint union_of type_mappings values_from "
    "string_serialization"};
constexpr LinkmlKeyWords kEnumWords{
    "enum_uri permissible_values", "",
    "code_set code_set_tag code_set_version pv_formula include minus inherits "
    "reachable_from matches concepts is_a mixins"};
constexpr LinkmlKeyWords kValueWords{"text meaning", "", "unit is_a mixins"};
constexpr LinkmlKeyWords kTypeWords{
    "typeof uri pattern minimum_value maximum_value equals_string equals_string_in "
    "equals_number",
    "base repr",
    "union_of structured_pattern unit implicit_prefix none_of exactly_one_of any_of "
    "all_of"};

void add_words(std::string_view words, KeyUse use, std::vector<SchemaKey>& into) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    into.push_back({words.substr(0, end), use});
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

std::vector<SchemaKey> linkml_keys(const LinkmlKeyWords& own) {
  std::vector<SchemaKey> out;
  for (const LinkmlKeyWords& each : {own, kCommonWords}) {
    add_words(each.read, KeyUse::read, out);
    add_words(each.note, KeyUse::note, out);
    add_words(each.unsupported, KeyUse::unsupported, out);
  }
  return out;
}

}  // namespace

std::span<const SchemaKey> linkml_schema_keys() {
  static const std::vector<SchemaKey> kKeys = linkml_keys(kSchemaWords);
  return kKeys;
}
std::span<const SchemaKey> linkml_class_keys() {
  static const std::vector<SchemaKey> kKeys = linkml_keys(kClassWords);
  return kKeys;
}
std::span<const SchemaKey> linkml_slot_keys() {
  static const std::vector<SchemaKey> kKeys = linkml_keys(kSlotWords);
  return kKeys;
}
std::span<const SchemaKey> linkml_enum_keys() {
  static const std::vector<SchemaKey> kKeys = linkml_keys(kEnumWords);
  return kKeys;
}
std::span<const SchemaKey> linkml_value_keys() {
  static const std::vector<SchemaKey> kKeys = linkml_keys(kValueWords);
  return kKeys;
}
std::span<const SchemaKey> linkml_type_keys() {
  static const std::vector<SchemaKey> kKeys = linkml_keys(kTypeWords);
  return kKeys;
}

}  // namespace dossier
