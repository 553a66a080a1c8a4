#include "graph/jsonld_values.hpp"

#include <algorithm>

namespace dossier {

bool is_value_object(const Json& value) {
  return value.is_object() && value.has("@value");
}

bool is_list_object(const Json& value) {
  return value.is_object() && value.has("@list");
}

bool is_graph_object(const Json& value) {
  return value.is_object() && value.has("@graph") &&
         std::ranges::all_of(value.members, [](const auto& member) {
           return member.first == "@graph" || member.first == "@id" || member.first == "@index" ||
                  member.first == "@context";
         });
}

Json as_array(Json value) {
  if (value.is_array()) return value;
  Json array = Json::make_array();
  array.offset = value.offset;
  array.items.push_back(std::move(value));
  return array;
}

void append_all(Json& array, Json values) {
  for (Json& each : as_array(std::move(values)).items) array.items.push_back(std::move(each));
}

void add_values(Json& object, std::string_view key, Json values) {
  Json& at = object[key];
  if (at.is_null()) at = Json::make_array();
  if (!at.is_array()) at = as_array(std::move(at));
  append_all(at, std::move(values));
}

void prepend_value(Json& object, std::string_view key, Json value) {
  Json array = as_array(std::move(value));
  if (const Json* old = object.find(key)) append_all(array, *old);
  object[key] = std::move(array);
}

Json wrap(std::string_view key, Json value) {
  Json object = Json::make_object(value.offset);
  object[key] = std::move(value);
  return object;
}

}  // namespace dossier
