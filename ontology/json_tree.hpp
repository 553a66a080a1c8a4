// A JSON document that is put together piece by piece: members stay in the order in which they are
// set. A thin face over RapidJSON's values for the writers of schemas.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <rapidjson/document.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include "base/output.hpp"

namespace dossier {

using JsonTree = rapidjson::Value;

// Owns the memory of the values it makes.
class JsonTreeBuilder {
 public:
  JsonTree object() { return JsonTree(rapidjson::kObjectType); }
  JsonTree array() { return JsonTree(rapidjson::kArrayType); }
  JsonTree truth(bool value) { return JsonTree(value); }
  JsonTree number(std::uint64_t value) { return JsonTree(value); }
  JsonTree text(std::string_view value) {
    return JsonTree(value.data(), static_cast<rapidjson::SizeType>(value.size()), memory_);
  }
  // A number as it is written: read by RapidJSON, so that it is one; else a text.
  JsonTree raw_number(std::string_view value) {
    rapidjson::Document parsed(&memory_);
    parsed.Parse(value.data(), value.size());
    if (parsed.HasParseError() || !parsed.IsNumber()) return text(value);
    return JsonTree(parsed, memory_);
  }

  void set(JsonTree& object, const std::string& key, JsonTree value) {
    JsonTree name = text(key);
    if (const auto found = object.FindMember(name); found != object.MemberEnd()) {
      found->value = std::move(value);
    } else {
      object.AddMember(std::move(name), std::move(value), memory_);
    }
  }
  void push(JsonTree& array, JsonTree value) { array.PushBack(std::move(value), memory_); }
  // Into the array under `key`, which is made when it is missing.
  void push_member(JsonTree& object, const std::string& key, JsonTree value) {
    if (!has(object, key)) set(object, key, array());
    push(object[key.c_str()], std::move(value));
  }
  bool has(const JsonTree& object, const std::string& key) const {
    return object.HasMember(key.c_str());
  }
  std::size_t size(const JsonTree& array) const { return array.Size(); }

  void write(const JsonTree& tree, ByteSink& out) const {
    rapidjson::StringBuffer buffer;
    rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
    writer.SetIndent(' ', 2);
    tree.Accept(writer);
    out.append({buffer.GetString(), buffer.GetSize()});
    out.append('\n');
  }

 private:
  mutable rapidjson::MemoryPoolAllocator<> memory_;
};

}  // namespace dossier
