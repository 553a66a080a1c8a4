// JSONPath (RFC 9535): the syntax tree and its parser. Complete but for the two functions with
// regular expressions, match() and search(), which are refused by name. A path is parsed once when
// a source is opened and then used by many threads.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct JsonFilter;

struct JsonSelector {
  enum class Kind : std::uint8_t { name, wildcard, index, slice, filter };
  Kind kind = Kind::wildcard;
  std::string name;
  std::int64_t index = 0;  // of an index; the start of a slice
  std::optional<std::int64_t> start;
  std::optional<std::int64_t> end;
  std::int64_t step = 1;
  std::shared_ptr<const JsonFilter> filter;
};

struct JsonSegment {
  bool descendant = false;  // ..
  std::vector<JsonSelector> selectors;
};

struct JsonPath {
  std::string text;       // as written
  bool relative = false;  // begins at the node under test (@), in filters only
  std::vector<JsonSegment> segments;

  // Gives one node at most: names and indices only.
  bool singular() const;
};

// [logical-expr] of a filter. Which members count is said by `op`.
struct JsonFilter {
  enum class Op : std::uint8_t {
    any_of,    // children
    all_of,    // children
    negation,  // children[0]
    exists,    // query
    equal,     // children[0], children[1]: operands
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    // operands
    literal,  // literal
    query,    // query, singular
    length,   // children[0]: an operand
    count,    // query
    value,    // query
  };
  enum class Literal : std::uint8_t { null, boolean, number, string };

  Op op = Op::literal;
  std::vector<JsonFilter> children;
  JsonPath query;
  Literal literal = Literal::null;
  bool boolean = false;
  double number = 0;
  std::string string;
};

struct JsonPathError {
  std::string message;
  std::size_t offset = 0;  // in the text
};

// A path as the standard has it: begins with `$`.
std::expected<JsonPath, JsonPathError> parse_json_path(std::string_view text,
                                                       std::size_t max_depth = 1000);

// A reference as mappings have it. What does not begin with `$` is read with one in front, and its
// names may hold anything but '.' and '[': `name`, `a.b`, `@id`, `first name`, `friends[*].name`.
std::expected<JsonPath, JsonPathError> parse_json_reference(std::string_view text,
                                                            std::size_t max_depth = 1000);

}  // namespace dossier
