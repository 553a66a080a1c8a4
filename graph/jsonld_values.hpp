// The objects that the algorithms of JSON-LD 1.1 tell apart (JSON-LD 1.1, section 1.4), and adding
// to their members.
#pragma once

#include <string_view>

#include "base/json_document.hpp"

namespace dossier {

bool is_value_object(const Json& value);
bool is_list_object(const Json& value);
// Holds nothing but a graph, its name and its index.
bool is_graph_object(const Json& value);

// A value as an array: itself, or an array of it.
Json as_array(Json value);
void append_all(Json& array, Json values);
// object[key] as an array, with `values` behind what is there.
void add_values(Json& object, std::string_view key, Json values);
// The same before what is there.
void prepend_value(Json& object, std::string_view key, Json value);
// {key: value}
Json wrap(std::string_view key, Json value);

}  // namespace dossier
