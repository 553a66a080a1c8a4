// A function call of a mapping -> steps of its source's RowProgram, with every check that can be
// made without a record: the function, its parameters, their number, the types of constants and of
// nested calls, the wanted result. Part of `compile` (plan.hpp).
#pragma once

#include <optional>

#include "mapping/compile_term.hpp"
#include "mapping/function.hpp"

namespace dossier {

struct ComputedSlot {
  std::uint32_t slot = 0;
  FunctionType type = FunctionType::text;
};

// Nothing when the call is wrong: then it has been reported.
std::optional<ComputedSlot> compile_call(const FunctionCall& call, TermContext& context);
// The slot of a call that gives a boolean.
std::optional<std::uint32_t> compile_condition(const FunctionCall& call, TermContext& context);

}  // namespace dossier
