// A YAML file as a tree, for mappings (YARRRML) and project files: small files written by people,
// so every node knows its place. Plain scalars are read by the YAML 1.2 core schema: `NO` and
// `1:30` are texts, `012` is twelve. Refused, with a place: a key twice in a mapping, keys that are
// no scalars, an alias inside its own anchor, several documents, tags other than those of the core
// schema, tabs as indentation.
//
// The document owns all bytes; nodes are handles of one pointer, valid until it dies (moving it
// keeps them valid). Immutable, so any number of threads may read. An alias shares the node of its
// anchor, but Limits::max_yaml_nodes and max_yaml_depth count as if it were copied, so that whoever
// walks the tree ends. libyaml does the parsing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "base/diagnostic.hpp"
#include "base/limits.hpp"

namespace dossier {

// What a scalar means by the core schema; `none` for collections.
enum class YamlType : std::uint8_t { none, null, boolean, integer, real, text };

// The type of a plain scalar: YAML 1.2.2, section 10.3.2.
YamlType yaml_core_type(std::string_view plain);

struct YamlEntry;

class YamlNode {
 public:
  struct Data;
  YamlNode() = default;  // no node: null, without a place
  explicit YamlNode(const Data* data) : data_(data) {}

  bool is_null() const { return type() == YamlType::null; }  // `null`, `~` or nothing
  bool is_scalar() const;                                    // a scalar that is not null
  bool is_sequence() const;
  bool is_mapping() const;
  YamlType type() const;

  std::string_view text() const;  // of a scalar; a null as written; empty for collections
  bool is_plain() const;          // a scalar without quotes that is no block scalar

  std::span<const YamlNode> items() const;     // of a sequence, else empty
  std::span<const YamlEntry> entries() const;  // of a mapping in the order of the file, else empty
  // The value of a key of a mapping; null when there is none. Linear.
  const YamlNode* find(std::string_view key) const;

  Place place() const;
  std::uint64_t offset() const;  // in bytes of UTF-8 from the start of the text

 private:
  const Data* data_ = nullptr;
};

// Keys are scalars.
struct YamlEntry {
  YamlNode key;
  YamlNode value;
};

class YamlDocument {
 public:
  // `name` is the file's, for places. An empty text is a null at its beginning.
  static Expected<YamlDocument> parse(std::string_view text, std::string_view name,
                                      const Limits& limits = {});
  YamlDocument(YamlDocument&&) noexcept;
  YamlDocument& operator=(YamlDocument&&) noexcept;
  ~YamlDocument();

  YamlNode root() const;

 private:
  struct Storage;
  explicit YamlDocument(std::unique_ptr<Storage> storage);
  std::unique_ptr<Storage> storage_;
};

// UTF-8, or UTF-16 with a byte order mark; "-" is stdin.
Expected<YamlDocument> load_yaml(const std::filesystem::path& path, const Limits& limits = {});

}  // namespace dossier
