// The built-in functions by IRI. Tables by subject in functions_*.cpp; docs/functions.md is made
// from them (a test compares).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/function.hpp"

namespace dossier {

std::span<const BuiltinFunction> text_functions();
std::span<const BuiltinFunction> list_functions();
std::span<const BuiltinFunction> number_functions();
std::span<const BuiltinFunction> date_functions();
std::span<const BuiltinFunction> choice_functions();
std::span<const BuiltinFunction> code_functions();

// A part of the table with a heading, for the manual.
struct FunctionGroup {
  std::string_view title;
  std::span<const BuiltinFunction> functions;
};
std::span<const FunctionGroup> function_groups();

// Its local name when the IRI is in one of the namespaces that functions and their parameters are
// in (grel, idlab-fn in both its places, dfn).
std::optional<std::string_view> function_local_name(std::string_view iri);

// Null when there is none. A prefix does not matter: idlab-fn:toUpperCase is grel's.
const BuiltinFunction* find_function(std::string_view iri);
// The nearest name as people write it, "grel:toUpperCase"; empty when none is close.
std::string nearest_function(std::string_view iri);
// Functions that other engines have and this one will not: why. Empty for all others.
std::string_view refused_function(std::string_view iri);

// Index into the function's parameters.
std::optional<std::size_t> find_parameter(const BuiltinFunction& function, std::string_view iri);
bool is_output(const BuiltinFunction& function, std::string_view iri);
// "valueParameter, p_string_sep"
std::string parameter_list(const BuiltinFunction& function);
std::string_view first_name(const FunctionParameter& parameter);

}  // namespace dossier
