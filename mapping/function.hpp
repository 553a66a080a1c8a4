// What a built-in function of mappings is: its names, typed parameters, a sentence for people and
// its body. The table is in function_table.hpp; calls are checked once, when a mapping is compiled
// (compile_function.hpp), and run for each record (row_program.hpp). Descriptions are constants,
// shared by threads; a FunctionScope belongs to one thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "mapping/row_arena.hpp"
#include "sources/records.hpp"

namespace dossier {

// Conditions are read as calls of it.
inline constexpr std::string_view kEqualFunction = "https://w3id.org/imec/idlab/function#equal";

// What a parameter takes and a function gives. Values of sources are texts; a parameter that wants
// more than a text has the value checked before the function sees it.
// `pattern`: a regular expression of RE2; `date_pattern`: see date_pattern.hpp.
enum class FunctionType : std::uint8_t {
  text,
  integer,
  number,
  boolean,
  date,
  any,
  list,
  pattern,
  date_pattern
};
std::string_view to_string(FunctionType type);

struct FunctionParameter {
  std::string_view names;  // local names, the first for people: "valueParameter valueParam"
  FunctionType type = FunctionType::text;
  bool required = true;
  bool repeated = false;  // may be given several times; all together are one list
  bool nullable = false;  // an absent value is handed in; else the result is absent
};

// What a body may ask for: memory that lives as long as the record, and a way to say that a value
// is no good.
class FunctionScope {
 public:
  Value text(std::string_view bytes, ValueType type = ValueType::text);
  Value boolean(bool value) const;
  Value integer(std::int64_t value);
  Value number(double value);
  Value list(std::span<const Value> items);
  // The call has no result; the message becomes a diagnostic with the place of the record.
  Value fail(std::string message) {
    failure_ = std::move(message);
    return {};
  }

  const std::string& failure() const { return failure_; }
  void begin_call() { failure_.clear(); }
  void begin_record() { arena_.reset(); }
  RowArena& arena() { return arena_; }

 private:
  RowArena arena_;
  std::string failure_;
};

// Arguments by position, checked: an integer parses as one. Parameters that were not given, and
// nullable ones without a value, are absent.
class Arguments {
 public:
  explicit Arguments(std::span<const Value> values) : values_(values) {}

  // Two functions may share a body: then the one with fewer parameters has no others.
  bool has(std::size_t i) const {
    return i < values_.size() && values_[i].type != ValueType::absent;
  }
  const Value& value(std::size_t i) const { return values_[i]; }
  std::string_view text(std::size_t i) const { return has(i) ? values_[i].text() : ""; }
  std::int64_t integer(std::size_t i, std::int64_t otherwise = 0) const;
  double number(std::size_t i) const;
  bool boolean(std::size_t i) const;
  std::span<const Value> list(std::size_t i) const {
    return has(i) ? values_[i].list() : std::span<const Value>();
  }

 private:
  std::span<const Value> values_;
};

using FunctionBody = Value (*)(const Arguments& arguments, FunctionScope& scope);
// For functions that give one of their arguments: which, or kNoChoice. What failed in the others
// does not matter.
using FunctionChoice = std::size_t (*)(const Arguments& arguments);
inline constexpr std::size_t kNoChoice = static_cast<std::size_t>(-1);

struct BuiltinFunction {
  std::string_view space;  // the prefix people write: "grel"
  std::string_view name;   // in that namespace
  std::string_view doc;    // one sentence
  std::span<const FunctionParameter> parameters;
  FunctionType result = FunctionType::text;
  FunctionBody body = nullptr;  // one of the two
  FunctionChoice choice = nullptr;
};

// Texts as values of these types.
bool is_true(std::string_view text);
bool fits(FunctionType type, std::string_view text);

}  // namespace dossier
