// The functions of a source's mappings, compiled: steps that are run on each record and put their
// results into slots behind those of the source, so that terms, keys and conditions take computed
// values as they take columns. Equal calls are one step. A RowProgram belongs to a plan and is
// shared; a RowEvaluator belongs to one thread. A source without functions has no steps and its
// records are not copied.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "mapping/function.hpp"
#include "mapping/piece.hpp"

namespace dossier {

struct RowStep {
  enum class Kind : std::uint8_t {
    call,  // a built-in function
    text,  // a template
    list   // several inputs of one parameter, absent ones left out
  };
  static constexpr std::uint32_t kNoArgument = 0xFFFF'FFFF;

  Kind kind = Kind::call;
  const BuiltinFunction* function = nullptr;
  std::vector<std::uint32_t> arguments;  // slots; of a call, one for each parameter
  std::vector<Piece> pieces;             // of a text
  Place place;

  friend bool operator==(const RowStep& a, const RowStep& b);  // but for the place
};

class RowProgram {
 public:
  // While a mapping is compiled the number of a source's slots is not known: computed slots count
  // from here, until `place_behind`.
  static constexpr std::uint32_t kComputed = 0x8000'0000;
  static bool is_computed(std::uint32_t slot) {
    return slot >= kComputed && slot != Piece::kConstant;
  }

  // Slots of a constant and of a step's result; the one that is there when it is the same.
  std::uint32_t add_constant(std::string_view text, ValueType type);
  std::uint32_t add(RowStep step);
  // The text of a slot that is constant; null for others.
  const std::string* constant(std::uint32_t slot) const;

  // Computed slots begin behind `source_slots`: steps are rewritten. Once.
  void place_behind(std::size_t source_slots);
  static std::uint32_t placed(std::uint32_t slot, std::size_t source_slots) {
    return is_computed(slot) ? slot - kComputed + static_cast<std::uint32_t>(source_slots) : slot;
  }

  bool empty() const { return slots_.empty(); }

  // After place_behind: the slots of the source that a slot depends on, itself when it is one.
  std::vector<std::uint32_t> origins(std::uint32_t slot) const;
  std::span<const RowStep> steps() const { return steps_; }

 private:
  friend class RowEvaluator;
  // What a computed slot holds: a constant, or the result of a step.
  struct Slot {
    bool is_constant = false;
    std::size_t index = 0;
  };
  struct Constant {
    std::string text;
    ValueType type = ValueType::text;
  };

  std::vector<Slot> slots_;
  std::vector<Constant> constants_;
  std::vector<RowStep> steps_;
  std::size_t source_slots_ = 0;
};

// What went wrong in a record.
struct RowFailure {
  const RowStep* step = nullptr;
  std::string message;
};

class RowEvaluator {
 public:
  explicit RowEvaluator(const RowProgram& program);

  // The record's values, then the computed ones. Valid until the next call.
  std::span<const Value> extend(std::span<const Value> row) {
    return program_.empty() ? row : run(row);
  }
  // Why a slot of the last record has no value; null when nothing failed.
  const RowFailure* failure(std::uint32_t slot) const;

 private:
  std::span<const Value> run(std::span<const Value> row);
  void run_step(const RowStep& step, std::size_t result);
  Value join_text(const RowStep& step);
  Value gather(const RowStep& step);
  Value call(const RowStep& step, std::size_t result);
  bool collect(const RowStep& step, std::size_t result, bool& lists);
  Value call_once(const RowStep& step, std::span<const Value> values, std::size_t result);
  Value call_each(const RowStep& step, std::size_t result);
  void fail(const RowStep& step, std::size_t result, std::string message);
  std::uint32_t failed(std::uint32_t slot) const {
    return slot < program_.source_slots_ ? 0 : failed_[slot - program_.source_slots_];
  }

  const RowProgram& program_;
  FunctionScope scope_;
  std::vector<Value> row_;
  std::vector<Value> arguments_;
  std::vector<std::uint32_t> failed_;  // by computed slot: 0, or 1 + index into failures_
  std::vector<RowFailure> failures_;
  ByteBuffer text_;
};

}  // namespace dossier
