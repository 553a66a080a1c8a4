// Function executions, of RML-FNML and of the older vocabulary. Part of the RML loader.
#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "mapping/function.hpp"
#include "mapping/rml_reader.hpp"

namespace dossier {
namespace {

constexpr std::string_view kExecutes[] = {"https://w3id.org/function/ontology#executes",
                                          "http://w3id.org/function/ontology#executes"};
// The older way to say "only where": a function that gives its value when a condition is true.
constexpr std::string_view kTrueCondition = "https://w3id.org/imec/idlab/function#trueCondition";
constexpr std::string_view kConditionParameter = "https://w3id.org/imec/idlab/function#strBoolean";
constexpr std::string_view kValueParameter = "https://w3id.org/imec/idlab/function#str";

// Whose record a value is taken from: the parent's where any part of it says so. Recursion ends
// with the depth that calls may have.
bool is_parent_side(const FunctionInput& input) {
  if (input.side == FunctionInput::Side::parent) return true;
  const auto* function = std::get_if<Function>(&input.value.expression.value);
  return function != nullptr && std::ranges::any_of((*function)->inputs, is_parent_side);
}

bool is_executes(std::string_view iri) {
  return iri == kExecutes[0] || iri == kExecutes[1];
}

}  // namespace

Function RmlReader::read_function(TermId node, const Place& place) {
  auto call = std::make_shared<FunctionCall>();
  call->place = place;
  rml_.check(node, kF, "function execution");
  if (!check_depth(++function_depth_, place, "functions")) {
    --function_depth_;
    return call;
  }
  if (const auto function = rml_.text(node, Rml::function)) {
    call->function = *function;
  } else if (const auto map = rml_.value(node, Rml::function_map)) {
    call->function = rml_.text(map->term, Rml::constant).value_or("");
  }
  if (call->function.empty()) {
    rml_.report(code::mapping_bad_value, place, "this function execution names no function",
                "add rml:function");
  }
  for (const Value& input : rml_.values(node, Rml::input)) {
    call->inputs.push_back(read_input(input));
  }
  --function_depth_;
  return call;
}

FunctionInput RmlReader::read_input(const Value& value) {
  FunctionInput input;
  input.place = rml_.place(value);
  rml_.check(value.term, kI, "function input");
  if (const auto parameter = rml_.text(value.term, Rml::parameter)) {
    input.parameter = *parameter;
  } else if (const auto map = rml_.value(value.term, Rml::parameter_map)) {
    input.parameter = rml_.text(map->term, Rml::constant).value_or("");
  }
  if (const auto constant = rml_.value(value.term, Rml::input_value)) {
    input.value = shortcut(*constant);
  } else if (const auto map = rml_.value(value.term, Rml::input_value_map)) {
    input.value = read_term_map(*map, "function input");
  }
  return input;
}

// A term map whose expression is a function.
Function RmlReader::read_condition(const Value& value) {
  const TermMap map = read_term_map(value, "condition");
  if (const auto* function = std::get_if<Function>(&map.expression.value)) return *function;
  rml_.report(code::mapping_bad_value, rml_.place(value), "a condition is a function execution",
              "give it rml:functionExecution");
  return nullptr;
}

// fnml:functionValue [ rr:predicateObjectMap [ fno:executes, the function ], [ parameter, value ] ]
Function RmlReader::read_old_function(TermId node, const Place& place) {
  auto call = std::make_shared<FunctionCall>();
  call->place = place;
  rml_.check(node, kF, "function execution");
  if (!check_depth(++function_depth_, place, "functions")) {
    --function_depth_;
    return call;
  }
  for (const Value& value : rml_.values(node, Rml::predicate_object_map)) {
    const PredicateObjectMap group = read_predicate_object(value);
    if (group.predicates.empty()) continue;
    const auto* predicate = std::get_if<ConstantTerm>(&group.predicates.front().expression.value);
    if (predicate == nullptr) continue;
    for (const ObjectMap& object : group.objects) {
      const auto* term = std::get_if<TermMap>(&object);
      if (term == nullptr) continue;
      if (is_executes(predicate->text)) {
        const auto* function = std::get_if<ConstantTerm>(&term->expression.value);
        if (function != nullptr) call->function = function->text;
        continue;
      }
      FunctionInput input;
      input.parameter = predicate->text;
      input.value = *term;
      input.place = group.place;
      for (const Value& map : rml_.values(value.term, Rml::object_map)) {
        if (rml_.has(map.term, Rml::parent_term_map)) input.side = FunctionInput::Side::parent;
      }
      call->inputs.push_back(std::move(input));
    }
  }
  --function_depth_;
  return call;
}

// equal(child's value, parent's value) is a join condition.
std::optional<JoinCondition> RmlReader::equality(const Function& call) const {
  if (call->function != kEqualFunction || call->inputs.size() != 2) return std::nullopt;
  const FunctionInput* child = &call->inputs[0];
  const FunctionInput* parent = &call->inputs[1];
  if (is_parent_side(*child)) std::swap(child, parent);
  if (is_parent_side(*child) || !is_parent_side(*parent)) return std::nullopt;
  return JoinCondition{child->value, parent->value, call->place};
}

// trueCondition(strBoolean = c, str = v) is the term v under the condition c.
void RmlReader::unwrap_condition(TermMap& map) const {
  const auto* function = std::get_if<Function>(&map.expression.value);
  if (function == nullptr || (*function)->function != kTrueCondition) return;
  const Function call = *function;
  Function condition;
  const TermMap* value = nullptr;
  for (const FunctionInput& input : call->inputs) {
    if (input.parameter == kValueParameter) value = &input.value;
    if (input.parameter != kConditionParameter) continue;
    if (const auto* inner = std::get_if<Function>(&input.value.expression.value)) {
      condition = *inner;
    }
  }
  if (!condition || value == nullptr) return;
  TermMap plain = *value;
  plain.condition = condition;
  if (map.type) plain.type = map.type;
  if (map.datatype) plain.datatype = map.datatype;
  if (map.language) plain.language = map.language;
  plain.expression.targets.insert(plain.expression.targets.end(), map.expression.targets.begin(),
                                  map.expression.targets.end());
  plain.place = map.place;
  map = std::move(plain);
}

}  // namespace dossier
