// The keys of the LinkML metamodel (1.8) by the kind of definition, and what becomes of each.
#pragma once

#include <span>

#include "sources/schema_reader.hpp"

namespace dossier {

std::span<const SchemaKey> linkml_schema_keys();
std::span<const SchemaKey> linkml_class_keys();
std::span<const SchemaKey> linkml_slot_keys();
std::span<const SchemaKey> linkml_enum_keys();
std::span<const SchemaKey> linkml_value_keys();  // of a permissible value
std::span<const SchemaKey> linkml_type_keys();

}  // namespace dossier
