// A JSON document as a tree, with the texts of numbers and the places of values kept. For documents
// that are read as a whole (JSON-LD); records of large files are streamed (json_records.hpp).
// Nesting is bounded by a limit, so that recursion over the tree is.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/diagnostic.hpp"

namespace dossier {

enum class JsonKind : std::uint8_t { null, boolean, number, string, array, object };

// Keys of a large object -> position; built when it pays, never copied.
struct JsonKeyIndex {
  JsonKeyIndex() = default;
  JsonKeyIndex(const JsonKeyIndex&) {}
  JsonKeyIndex(JsonKeyIndex&&) noexcept = default;
  JsonKeyIndex& operator=(const JsonKeyIndex&) {
    map.reset();
    return *this;
  }
  JsonKeyIndex& operator=(JsonKeyIndex&&) noexcept = default;
  std::unique_ptr<std::unordered_map<std::string, std::size_t>> map;
};

struct Json {
  // Defined where the type is complete: clang asks for it while it is not.
  Json();
  JsonKind kind = JsonKind::null;
  bool boolean = false;
  std::size_t offset = 0;  // in the document, of the value's first byte or near it
  std::string text;        // of a string, unescaped; of a number, as written
  std::vector<Json> items;
  std::vector<std::pair<std::string, Json>>
      members;  // in the order of the document; add by operator[]
  mutable JsonKeyIndex index;

  static Json make_string(std::string_view text, std::size_t offset = 0);
  static Json make_array() { return of(JsonKind::array); }
  static Json make_object(std::size_t offset = 0);

  bool is_null() const { return kind == JsonKind::null; }
  bool is_boolean() const { return kind == JsonKind::boolean; }
  bool is_number() const { return kind == JsonKind::number; }
  bool is_string() const { return kind == JsonKind::string; }
  bool is_array() const { return kind == JsonKind::array; }
  bool is_object() const { return kind == JsonKind::object; }
  bool is_scalar() const { return is_boolean() || is_number() || is_string(); }
  bool is(std::string_view string) const { return is_string() && text == string; }

  const Json* find(std::string_view key) const;
  Json* find(std::string_view key);
  bool has(std::string_view key) const { return find(key) != nullptr; }
  Json& operator[](std::string_view key);  // added as null when it is not there
  void erase(std::string_view key);

 private:
  static Json of(JsonKind kind) {
    Json json;
    json.kind = kind;
    return json;
  }
};

bool operator==(const Json& a,
                const Json& b);  // places do not count; the order of members does not

// A key that stands twice in an object is a warning; the last one counts.
Expected<Json> parse_json(std::string_view text, const std::string& name, std::size_t max_depth,
                          DiagnosticSink& diagnostics);

// RFC 8785 (JSON Canonicalization Scheme).
std::string canonical_json(const Json& json);

// A number as ECMAScript prints it: the shortest digits that read back as the same double.
std::string ecmascript_number(double value);

}  // namespace dossier
