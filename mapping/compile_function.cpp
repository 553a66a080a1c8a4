#include "mapping/compile_function.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "mapping/date_pattern.hpp"
#include "mapping/function_table.hpp"
#include "mapping/patterns.hpp"

namespace dossier {
namespace {

// Whether what one function gives may be handed to another that wants `wanted`.
bool can_become(FunctionType given, FunctionType wanted) {
  using enum FunctionType;
  if (given == wanted || given == text || given == any || given == list) return true;
  if (wanted == text || wanted == any || wanted == list) return true;
  return (given == integer || given == number) && (wanted == integer || wanted == number);
}

std::string_view wanted_form(FunctionType type) {
  switch (type) {
    case FunctionType::integer:
      return "a whole number such as 12";
    case FunctionType::number:
      return "a number such as 12.5";
    case FunctionType::boolean:
      return "true or false";
    case FunctionType::date:
      return "YYYY-MM-DD";
    case FunctionType::pattern:
      return "a regular expression as RE2 has it: no look-around, no back-references";
    case FunctionType::date_pattern:
      return "a pattern such as d.M.yyyy, with letters y, M, d, H, m, s, E and quoted text";
    case FunctionType::text:
    case FunctionType::any:
    case FunctionType::list:
      break;
  }
  return "";
}

class CallCompiler {
 public:
  explicit CallCompiler(TermContext& context) : context_(context) {}

  std::optional<ComputedSlot> call(const FunctionCall& call);

 private:
  using Names = std::map<std::string, ComputedSlot, std::less<>>;

  void report(const Place& place, std::string message, std::string hint) {
    context_.diagnostics.report(
        make_diagnostic(code::mapping_bad_call, place, std::move(message), std::move(hint)));
  }
  bool enter(const Place& place);
  std::optional<ComputedSlot> builtin(const BuiltinFunction& function, const FunctionCall& call);
  std::optional<ComputedSlot> own(const OwnFunction& function, const FunctionCall& call);
  void unknown(const FunctionCall& call);
  bool check_result(const BuiltinFunction& function, const FunctionCall& call);
  bool check_missing(const BuiltinFunction& function, const FunctionCall& call,
                     const std::vector<std::vector<ComputedSlot>>& given);
  std::optional<ComputedSlot> input(const FunctionInput& input, const FunctionParameter& parameter);
  bool check_type(const FunctionInput& input, const FunctionParameter& parameter,
                  const ComputedSlot& value);
  std::optional<ComputedSlot> value(const Expression& expression, const Place& place);
  ComputedSlot reference(std::string_view name);
  ComputedSlot text(const Template& given);

  TermContext& context_;
  const Names* names_ = nullptr;  // of the own function that is being opened; null: columns
  std::size_t depth_ = 0;
  std::size_t calls_ = 0;
};

bool CallCompiler::enter(const Place& place) {
  const Limits& limits = context_.limits;
  const bool deep = ++depth_ > limits.max_mapping_depth;
  if (!deep && ++calls_ <= limits.max_function_calls) return true;
  context_.diagnostics.report(make_diagnostic(
      code::limit_exceeded, place,
      deep ? fmt::format("functions are nested deeper than {} (max-mapping-depth)",
                         limits.max_mapping_depth)
           : fmt::format("this term calls functions more than {} times (max-function-calls)",
                         with_separators(limits.max_function_calls)),
      "does an own function call itself?"));
  return false;
}

void CallCompiler::unknown(const FunctionCall& call) {
  if (call.function.empty()) {
    report(call.place, "this call names no function", "");
    return;
  }
  if (const std::string_view reason = refused_function(call.function); !reason.empty()) {
    report(call.place, fmt::format("the function <{}> is not offered", printable(call.function)),
           std::string(reason));
    return;
  }
  std::vector<std::string> names;
  for (const OwnFunction& each : context_.model.functions) names.push_back(each.iri);
  const auto own = nearest_name(call.function, std::span<const std::string>(names));
  const std::string close = own ? std::string(*own) : nearest_function(call.function);
  report(call.place, fmt::format("there is no function <{}>", printable(call.function)),
         close.empty() ? "docs/functions.md lists them"
                       : fmt::format("did you mean {}?", printable(close)));
}

std::optional<ComputedSlot> CallCompiler::call(const FunctionCall& call) {
  if (!enter(call.place)) {
    --depth_;
    return std::nullopt;
  }
  std::optional<ComputedSlot> out;
  const auto own_function =
      std::ranges::find(context_.model.functions, call.function, &OwnFunction::iri);
  if (own_function != context_.model.functions.end()) {
    out = own(*own_function, call);
  } else if (const BuiltinFunction* function = find_function(call.function)) {
    out = builtin(*function, call);
  } else {
    unknown(call);
  }
  --depth_;
  return out;
}

bool CallCompiler::check_result(const BuiltinFunction& function, const FunctionCall& call) {
  if (call.result.empty() || is_output(function, call.result)) return true;
  report(call.place,
         fmt::format("{}:{} has no result <{}>", function.space,
                     function.name.substr(0, function.name.find(' ')), printable(call.result)),
         fmt::format("it gives one {}: leave the result out", to_string(function.result)));
  return false;
}

bool CallCompiler::check_missing(const BuiltinFunction& function, const FunctionCall& call,
                                 const std::vector<std::vector<ComputedSlot>>& given) {
  std::string missing;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!given[i].empty() || !function.parameters[i].required) continue;
    if (!missing.empty()) missing += ", ";
    missing += first_name(function.parameters[i]);
  }
  if (missing.empty()) return true;
  report(call.place,
         fmt::format("{}:{} is called without {}", function.space,
                     function.name.substr(0, function.name.find(' ')), missing),
         fmt::format("its parameters are {}", parameter_list(function)));
  return false;
}

std::optional<ComputedSlot> CallCompiler::builtin(const BuiltinFunction& function,
                                                  const FunctionCall& call) {
  const std::string_view name = function.name.substr(0, function.name.find(' '));
  std::vector<std::vector<ComputedSlot>> given(function.parameters.size());
  bool good = check_result(function, call);
  for (const FunctionInput& each : call.inputs) {
    const auto index = find_parameter(function, each.parameter);
    if (!index) {
      std::vector<std::string_view> names;
      for (const FunctionParameter& parameter : function.parameters)
        names.push_back(first_name(parameter));
      const std::string_view local = function_local_name(each.parameter).value_or(each.parameter);
      const auto close = nearest_name(local, std::span<const std::string_view>(names));
      report(each.place,
             fmt::format("{}:{} has no parameter <{}>", function.space, name,
                         printable(each.parameter)),
             names.empty() ? "it has none"
             : close       ? fmt::format("did you mean {}? Its parameters are {}", *close,
                                         parameter_list(function))
                           : fmt::format("its parameters are {}", parameter_list(function)));
      good = false;
      continue;
    }
    const FunctionParameter& parameter = function.parameters[*index];
    if (!given[*index].empty() && !parameter.repeated && parameter.type != FunctionType::list) {
      report(each.place,
             fmt::format("{} of {}:{} is given twice", first_name(parameter), function.space, name),
             "keep one");
      good = false;
      continue;
    }
    const auto value = input(each, parameter);
    value ? given[*index].push_back(*value) : static_cast<void>(good = false);
  }
  if (!good || !check_missing(function, call, given)) return std::nullopt;
  RowStep step;
  step.function = &function;
  step.place = call.place;
  for (const auto& values : given) {
    if (values.empty()) {
      step.arguments.push_back(RowStep::kNoArgument);
    } else if (values.size() == 1) {
      step.arguments.push_back(values.front().slot);
    } else {
      RowStep gather;
      gather.kind = RowStep::Kind::list;
      gather.place = call.place;
      for (const ComputedSlot& each : values) gather.arguments.push_back(each.slot);
      step.arguments.push_back(context_.program.add(std::move(gather)));
    }
  }
  return ComputedSlot{context_.program.add(std::move(step)), function.result};
}

// The body with the inputs in the place of its parameters.
std::optional<ComputedSlot> CallCompiler::own(const OwnFunction& function,
                                              const FunctionCall& call) {
  Names names;
  bool good = true;
  for (const FunctionInput& each : call.inputs) {
    const std::string_view local = each.parameter;
    const auto found = std::ranges::find_if(function.parameters, [&](const std::string& parameter) {
      return local == parameter || local.ends_with("#" + parameter) ||
             local.ends_with("/" + parameter);
    });
    if (found == function.parameters.end()) {
      report(each.place,
             fmt::format("the own function <{}> has no parameter <{}>", printable(function.iri),
                         printable(each.parameter)),
             fmt::format("its parameters are {}", fmt::join(function.parameters, ", ")));
      good = false;
      continue;
    }
    auto given = value(each.value.expression, each.place);
    if (!given) {
      good = false;
    } else if (!names.emplace(*found, *given).second) {
      report(each.place, fmt::format("the parameter {} is given twice", *found), "keep one");
      good = false;
    }
  }
  for (const std::string& parameter : function.parameters) {
    if (names.contains(parameter) || !good) continue;
    report(call.place,
           fmt::format("the own function <{}> is called without {}", printable(function.iri),
                       parameter),
           fmt::format("its parameters are {}", fmt::join(function.parameters, ", ")));
    good = false;
  }
  if (!good) return std::nullopt;
  const Names* const outer = names_;
  names_ = &names;
  auto out = value(function.body, function.place);
  names_ = outer;
  return out;
}

bool CallCompiler::check_type(const FunctionInput& input, const FunctionParameter& parameter,
                              const ComputedSlot& value) {
  if (const std::string* constant = context_.program.constant(value.slot)) {
    if (fits(parameter.type, *constant)) return true;
    report(input.place,
           fmt::format("\"{}\" for {} is no {}", printable(*constant, 100), first_name(parameter),
                       to_string(parameter.type)),
           parameter.type == FunctionType::pattern
               ? fmt::format("{}: wanted {}", pattern_fault(*constant), wanted_form(parameter.type))
               : fmt::format("wanted {}", wanted_form(parameter.type)));
    return false;
  }
  if (can_become(value.type, parameter.type)) return true;
  report(input.place,
         fmt::format("{} takes a value of type {}, and the function gives a {}",
                     first_name(parameter), to_string(parameter.type), to_string(value.type)),
         fmt::format("wanted {}", wanted_form(parameter.type)));
  return false;
}

std::optional<ComputedSlot> CallCompiler::input(const FunctionInput& input,
                                                const FunctionParameter& parameter) {
  auto out = value(input.value.expression, input.place);
  if (!out || !check_type(input, parameter, *out)) return std::nullopt;
  return out;
}

std::optional<ComputedSlot> CallCompiler::value(const Expression& expression, const Place& place) {
  if (const auto* function = std::get_if<Function>(&expression.value)) return call(**function);
  if (const auto* name = std::get_if<Reference>(&expression.value)) return reference(name->text);
  if (const auto* given = std::get_if<Template>(&expression.value)) return text(*given);
  if (const auto* constant = std::get_if<ConstantTerm>(&expression.value)) {
    return ComputedSlot{context_.program.add_constant(constant->text, ValueType::text),
                        FunctionType::text};
  }
  report(place, "this input has no value", "give it a reference, a constant or a function");
  return std::nullopt;
}

ComputedSlot CallCompiler::reference(std::string_view name) {
  if (names_ != nullptr) {
    if (const auto found = names_->find(name); found != names_->end()) return found->second;
  }
  return {context_.slots.slot(name), FunctionType::text};
}

ComputedSlot CallCompiler::text(const Template& given) {
  RowStep step;
  step.kind = RowStep::Kind::text;
  for (const TemplatePart& part : given.parts) {
    Piece piece;
    if (part.is_reference) {
      piece.slot = reference(part.text).slot;
    } else {
      piece.text = part.text;
    }
    step.pieces.push_back(std::move(piece));
  }
  return {context_.program.add(std::move(step)), FunctionType::text};
}

}  // namespace

std::optional<ComputedSlot> compile_call(const FunctionCall& call, TermContext& context) {
  return CallCompiler(context).call(call);
}

std::optional<std::uint32_t> compile_condition(const FunctionCall& call, TermContext& context) {
  const auto computed = compile_call(call, context);
  if (!computed) return std::nullopt;
  if (!can_become(computed->type, FunctionType::boolean)) {
    context.diagnostics.report(
        make_diagnostic(code::mapping_bad_call, call.place,
                        fmt::format("a condition is true or false, and this function gives a {}",
                                    to_string(computed->type)),
                        "compare it: idlab-fn:equal, dfn:lessThan, grel:string_contains"));
    return std::nullopt;
  }
  return computed->slot;
}

}  // namespace dossier
