// One JSON value (RFC 8259) as a flat tree, in memory that is used again for the next value: what a
// record of a JSON source is while its references are evaluated. The bytes are not changed; strings
// with escapes are unescaped into an arena, numbers keep their text. No recursion; nesting is
// bounded by Limits::max_tree_depth. Own code, because the packaged parsers refuse numbers that no
// double holds (1e999) and read a key that stands twice without a word. About 700 MB/s and 56 bytes
// a value. One thread.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/limits.hpp"

namespace dossier {

struct JsonNode {
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

  const char* data = nullptr;      // a string without quotes and escapes; all else as written
  const char* key_data = nullptr;  // in an object; without quotes and escapes
  std::uint32_t size = 0;
  std::uint32_t key_size = 0;
  std::uint32_t begin = 0;   // of the value, in the text that was parsed
  std::uint32_t parent = 0;  // the root is its own
  std::uint32_t first = 0;   // child; 0: none
  std::uint32_t next = 0;    // sibling; 0: none
  std::uint32_t count = 0;   // of children
  Kind kind = Kind::null;

  std::string_view text() const { return {data, size}; }
  std::string_view key() const { return {key_data, key_size}; }
  bool is_container() const { return kind == Kind::array || kind == Kind::object; }
};

struct JsonFailure {
  const char* at = nullptr;
  std::string message;
  bool limit = false;  // else not well-formed
};

class JsonTree {
 public:
  static constexpr std::uint32_t kRoot = 0;

  // Reads the value at the start of `text`, blanks before it allowed, and returns how many bytes
  // that took. `text` must be valid UTF-8 and below 4 GiB; it and `arena` must outlive the use of
  // the tree.
  std::expected<std::size_t, JsonFailure> parse(std::string_view text, Arena& arena,
                                                const Limits& limits);

  const JsonNode& at(std::uint32_t index) const { return nodes_[index]; }
  std::size_t size() const { return nodes_.size(); }

  // The last child of an object with that key; 0: none.
  std::uint32_t find(std::uint32_t object, std::string_view key) const;

  // Members whose key stood before in the same object. All are in the tree; the last counts.
  const std::vector<std::uint32_t>& repeated() const { return repeated_; }

 private:
  friend class JsonTreeParser;
  std::vector<JsonNode> nodes_;
  std::vector<std::uint32_t> repeated_;
};

// Single tokens, for whoever reads JSON piece by piece. Blanks are not skipped.
namespace json {

inline bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// The first `"`, `\` or control character in [at, end), or `end`.
const char* find_string_stop(const char* at, const char* end);

// The string whose opening quote stands before `at`: `text` without quotes and escapes, and `after`
// behind the closing quote.
struct String {
  std::string_view text;
  const char* after = nullptr;
};
std::expected<String, JsonFailure> read_string(const char* at, const char* end, Arena& arena,
                                               const Limits& limits);

// Behind the number or word (true, false, null) at `at`.
std::expected<const char*, JsonFailure> read_number(const char* at, const char* end);
std::expected<const char*, JsonFailure> read_word(const char* at, const char* end);

// "unexpected 'x': wanted ..."
JsonFailure unexpected_character(const char* at, const char* end, std::string_view wanted);

}  // namespace json

}  // namespace dossier
