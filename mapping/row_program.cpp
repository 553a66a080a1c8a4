#include "mapping/row_program.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "mapping/function_table.hpp"
#include "mapping/row_values.hpp"

namespace dossier {

bool operator==(const RowStep& a, const RowStep& b) {
  return a.kind == b.kind && a.function == b.function && a.arguments == b.arguments &&
         std::ranges::equal(a.pieces, b.pieces, [](const Piece& x, const Piece& y) {
           return x.slot == y.slot && x.escape == y.escape && x.text == y.text;
         });
}

// ---- RowProgram

std::uint32_t RowProgram::add_constant(std::string_view text, ValueType type) {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (!slots_[i].is_constant) continue;
    const Constant& known = constants_[slots_[i].index];
    if (known.text == text && known.type == type) return kComputed + static_cast<std::uint32_t>(i);
  }
  slots_.push_back({true, constants_.size()});
  constants_.push_back({std::string(text), type});
  return kComputed + static_cast<std::uint32_t>(slots_.size() - 1);
}

std::uint32_t RowProgram::add(RowStep step) {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (!slots_[i].is_constant && steps_[slots_[i].index] == step) {
      return kComputed + static_cast<std::uint32_t>(i);
    }
  }
  slots_.push_back({false, steps_.size()});
  steps_.push_back(std::move(step));
  return kComputed + static_cast<std::uint32_t>(slots_.size() - 1);
}

const std::string* RowProgram::constant(std::uint32_t slot) const {
  if (!is_computed(slot)) return nullptr;
  const Slot& found = slots_[slot - kComputed];
  return found.is_constant ? &constants_[found.index].text : nullptr;
}

void RowProgram::place_behind(std::size_t source_slots) {
  source_slots_ = source_slots;
  for (RowStep& step : steps_) {
    for (std::uint32_t& slot : step.arguments) {
      if (slot != RowStep::kNoArgument) slot = placed(slot, source_slots);
    }
    for (Piece& piece : step.pieces) piece.slot = placed(piece.slot, source_slots);
  }
}

std::vector<std::uint32_t> RowProgram::origins(std::uint32_t slot) const {
  std::vector<std::uint32_t> out;
  std::vector<std::uint32_t> open = {slot};
  while (!open.empty()) {
    const std::uint32_t each = open.back();
    open.pop_back();
    if (each == Piece::kConstant) continue;
    if (each < source_slots_) {
      if (std::ranges::find(out, each) == out.end()) out.push_back(each);
      continue;
    }
    const Slot& found = slots_[each - source_slots_];
    if (found.is_constant) continue;
    const RowStep& step = steps_[found.index];
    // Backwards, so that the first argument is looked at first.
    for (auto at = step.pieces.rbegin(); at != step.pieces.rend(); ++at) open.push_back(at->slot);
    open.insert(open.end(), step.arguments.rbegin(), step.arguments.rend());
  }
  return out;
}

// ---- RowEvaluator

RowEvaluator::RowEvaluator(const RowProgram& program)
    : program_(program), failed_(program.slots_.size(), 0) {}

const RowFailure* RowEvaluator::failure(std::uint32_t slot) const {
  if (failures_.empty() || slot == Piece::kConstant || slot < program_.source_slots_)
    return nullptr;
  const std::uint32_t index = failed_[slot - program_.source_slots_];
  return index == 0 ? nullptr : &failures_[index - 1];
}

std::span<const Value> RowEvaluator::run(std::span<const Value> row) {
  scope_.begin_record();
  if (!failures_.empty()) {
    failures_.clear();
    std::ranges::fill(failed_, 0);
  }
  row_.assign(row.begin(), row.end());
  row_.resize(program_.source_slots_ + program_.slots_.size());
  for (std::size_t i = 0; i < program_.slots_.size(); ++i) {
    const RowProgram::Slot& slot = program_.slots_[i];
    if (slot.is_constant) {
      const RowProgram::Constant& constant = program_.constants_[slot.index];
      row_[program_.source_slots_ + i] = Value::of(constant.text, constant.type);
    } else {
      run_step(program_.steps_[slot.index], i);
    }
  }
  return row_;
}

void RowEvaluator::fail(const RowStep& step, std::size_t result, std::string message) {
  failures_.push_back({&step, std::move(message)});
  failed_[result] = static_cast<std::uint32_t>(failures_.size());
}

void RowEvaluator::run_step(const RowStep& step, std::size_t result) {
  Value& out = row_[program_.source_slots_ + result];
  switch (step.kind) {
    case RowStep::Kind::call:
      out = call(step, result);
      return;
    case RowStep::Kind::text:
      for (const Piece& piece : step.pieces) {
        if (piece.slot != Piece::kConstant && failed(piece.slot) != 0) {
          failed_[result] = failed(piece.slot);
          return;
        }
      }
      out = join_text(step);
      return;
    case RowStep::Kind::list:
      for (const std::uint32_t slot : step.arguments) {
        if (failed(slot) == 0) continue;
        failed_[result] = failed(slot);
        return;
      }
      out = gather(step);
      return;
  }
}

Value RowEvaluator::join_text(const RowStep& step) {
  switch (presence(step.pieces, row_)) {
    case Presence::absent:
      return {};
    case Presence::present:
      return scope_.text(lexical(step.pieces, row_, text_));
    case Presence::list:
      break;
  }
  std::vector<Value> texts;
  for_each_combination(std::span<const Piece>(step.pieces), std::span<const Value>(row_),
                       [&](std::span<const Value> values) {
                         texts.push_back(scope_.text(lexical(step.pieces, values, text_)));
                       });
  return scope_.list(texts);
}

Value RowEvaluator::gather(const RowStep& step) {
  std::vector<Value> items;
  for (const std::uint32_t slot : step.arguments) {
    const Value& value = row_[slot];
    if (value.type == ValueType::list) {
      for (const Value& each : value.list()) {
        if (each.type != ValueType::absent && each.type != ValueType::list) items.push_back(each);
      }
    } else if (value.type != ValueType::absent) {
      items.push_back(value);
    }
  }
  return scope_.list(items);
}

// Puts the arguments of a call into arguments_. False when it has no result: a value is absent, or
// failed before.
bool RowEvaluator::collect(const RowStep& step, std::size_t result, bool& lists) {
  const auto parameters = step.function->parameters;
  arguments_.assign(step.arguments.size(), Value{});
  for (std::size_t i = 0; i < step.arguments.size(); ++i) {
    const std::uint32_t slot = step.arguments[i];
    if (slot == RowStep::kNoArgument) continue;
    if (failed(slot) != 0) {
      // A choice looks only at the argument that it decides by.
      if (step.function->choice != nullptr && i > 0) continue;
      failed_[result] = failed(slot);
      return false;
    }
    Value value = row_[slot];
    if (value.type == ValueType::list && value.list().empty() &&
        parameters[i].type != FunctionType::list) {
      value = {};
    }
    if (value.type == ValueType::absent) {
      if (parameters[i].nullable) continue;
      if (step.function->choice != nullptr && i > 0) continue;
      return false;
    }
    if (parameters[i].type == FunctionType::list) {
      if (value.type != ValueType::list) value = scope_.list(std::span(&value, 1));
    } else if (value.type == ValueType::list && step.function->choice == nullptr) {
      lists = true;
    }
    arguments_[i] = value;
  }
  return true;
}

Value RowEvaluator::call_once(const RowStep& step, std::span<const Value> values,
                              std::size_t result) {
  const auto parameters = step.function->parameters;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const FunctionType type = parameters[i].type;
    const bool checked =
        type != FunctionType::text && type != FunctionType::any && type != FunctionType::list;
    if (!checked || values[i].type == ValueType::absent) continue;
    if (fits(type, values[i].text())) continue;
    fail(step, result,
         fmt::format("\"{}\" for {} is no {}", printable(values[i].text(), 100),
                     first_name(parameters[i]), to_string(type)));
    return {};
  }
  const Arguments arguments(values);
  if (step.function->choice != nullptr) {
    const std::size_t chosen = step.function->choice(arguments);
    if (chosen == kNoChoice || chosen >= values.size()) return {};
    if (step.arguments[chosen] != RowStep::kNoArgument && failed(step.arguments[chosen]) != 0) {
      failed_[result] = failed(step.arguments[chosen]);
    }
    return values[chosen];
  }
  scope_.begin_call();
  const Value made = step.function->body(arguments, scope_);
  if (scope_.failure().empty()) return made;
  fail(step, result, scope_.failure());
  return {};
}

// A function of single values, given lists: called for each combination, the results are a list.
Value RowEvaluator::call_each(const RowStep& step, std::size_t result) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    if (step.function->parameters[i].type == FunctionType::list) continue;
    Piece piece;
    piece.slot = static_cast<std::uint32_t>(i);
    pieces.push_back(std::move(piece));
  }
  const std::vector<Value> arguments = arguments_;
  std::vector<Value> results;
  for_each_combination(std::span<const Piece>(pieces), std::span<const Value>(arguments),
                       [&](std::span<const Value> values) {
                         if (failed_[result] != 0) return;
                         const Value one = call_once(step, values, result);
                         if (one.type == ValueType::list) {
                           results.insert(results.end(), one.list().begin(), one.list().end());
                         } else if (one.type != ValueType::absent) {
                           results.push_back(one);
                         }
                       });
  return failed_[result] != 0 ? Value{} : scope_.list(results);
}

Value RowEvaluator::call(const RowStep& step, std::size_t result) {
  bool lists = false;
  if (!collect(step, result, lists)) return {};
  return lists ? call_each(step, result) : call_once(step, arguments_, result);
}

}  // namespace dossier
