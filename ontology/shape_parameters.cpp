#include "ontology/shape_parameters.hpp"

#include <algorithm>

namespace dossier {
namespace {

// SHACL 1.0 section 4: the syntax rules of the constraint components.
constexpr ShapeParameter kParameters[] = {
    {Name::sh_class, Component::class_, ShapeWant::iris},
    {Name::sh_datatype, Component::datatype, ShapeWant::iris, false, true},
    {Name::sh_node_kind, Component::node_kind, ShapeWant::kind, false, true},
    {Name::sh_min_count, Component::min_count, ShapeWant::count, true, true},
    {Name::sh_max_count, Component::max_count, ShapeWant::count, true, true},
    {Name::sh_min_exclusive, Component::min_exclusive, ShapeWant::literal, false, true},
    {Name::sh_min_inclusive, Component::min_inclusive, ShapeWant::literal, false, true},
    {Name::sh_max_exclusive, Component::max_exclusive, ShapeWant::literal, false, true},
    {Name::sh_max_inclusive, Component::max_inclusive, ShapeWant::literal, false, true},
    {Name::sh_min_length, Component::min_length, ShapeWant::count, false, true},
    {Name::sh_max_length, Component::max_length, ShapeWant::count, false, true},
    {Name::sh_pattern, Component::pattern, ShapeWant::string},
    {Name::sh_language_in, Component::language_in, ShapeWant::languages, false, true},
    {Name::sh_unique_lang, Component::unique_lang, ShapeWant::flag, true, true},
    {Name::sh_equals, Component::equals, ShapeWant::comparison},
    {Name::sh_disjoint, Component::disjoint, ShapeWant::comparison},
    {Name::sh_less_than, Component::less_than, ShapeWant::comparison, true},
    {Name::sh_less_than_or_equals, Component::less_than_or_equals, ShapeWant::comparison, true},
    {Name::sh_not, Component::not_, ShapeWant::shape},
    {Name::sh_and, Component::and_, ShapeWant::shapes},
    {Name::sh_or, Component::or_, ShapeWant::shapes},
    {Name::sh_xone, Component::xone, ShapeWant::shapes},
    {Name::sh_node, Component::node, ShapeWant::shape},
    {Name::sh_property, Component::property, ShapeWant::shape},
    {Name::sh_qualified_min_count, Component::qualified_min_count, ShapeWant::count, false, true},
    {Name::sh_qualified_max_count, Component::qualified_max_count, ShapeWant::count, false, true},
    {Name::sh_closed, Component::closed, ShapeWant::closed, false, true},
    {Name::sh_has_value, Component::has_value, ShapeWant::any},
    {Name::sh_in, Component::in, ShapeWant::list, false, true},
    {Name::sh_some_value, Component::some_value, ShapeWant::shape},
    {Name::sh_root_class, Component::root_class, ShapeWant::iri},
    {Name::sh_subset_of, Component::subset_of, ShapeWant::comparison},
    {Name::sh_single_line, Component::single_line, ShapeWant::flag, false, true},
    {Name::sh_min_list_length, Component::min_list_length, ShapeWant::count, false, true},
    {Name::sh_max_list_length, Component::max_list_length, ShapeWant::count, false, true},
    {Name::sh_unique_members, Component::unique_members, ShapeWant::flag, false, true},
    {Name::sh_member_shape, Component::member_shape, ShapeWant::shape},
    {Name::sh_reifier_shape, Component::reifier_shape, ShapeWant::shape, true},
    {Name::sh_unique_values_for, Component::unique_values_for, ShapeWant::properties},
};

constexpr Name kAttributes[] = {
    Name::sh_path,         Name::sh_target_class,       Name::sh_target_node,
    Name::sh_severity,     Name::sh_target_subjects_of, Name::sh_target_objects_of,
    Name::sh_message,      Name::sh_ignored_properties, Name::sh_qualified_value_shape,
    Name::sh_name,         Name::sh_description,        Name::sh_qualified_value_shapes_disjoint,
    Name::sh_flags,        Name::sh_deactivated,        Name::sh_reification_required,
    Name::sh_target_where,
};

constexpr std::string_view kSilentTerms[] = {"order",   "group",       "defaultValue", "rule",
                                             "declare", "shapesGraph", "entailment",   "prefixes"};

}  // namespace

std::span<const ShapeParameter> shape_parameters() {
  return kParameters;
}

std::span<const Name> shape_attributes() {
  return kAttributes;
}

bool is_silent_shape_term(std::string_view local_part) {
  return std::ranges::find(kSilentTerms, local_part) != std::end(kSilentTerms);
}

}  // namespace dossier
