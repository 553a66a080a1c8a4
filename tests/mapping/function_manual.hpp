// The table of functions as docs/functions.md has it.
#pragma once

#include <string>

#include "mapping/function_table.hpp"

namespace dossier::test {

inline std::string function_manual() {
  std::string out;
  for (const FunctionGroup& group : function_groups()) {
    out += "## " + std::string(group.title) +
           "\n\n| function | parameters | gives | |\n|---|---|---|---|\n";
    for (const BuiltinFunction& function : group.functions) {
      const std::string_view name = function.name.substr(0, function.name.find(' '));
      out += "| `" + std::string(function.space) + ":" + std::string(name) + "` | ";
      bool first = true;
      for (const FunctionParameter& each : function.parameters) {
        if (!first) out += ", ";
        first = false;
        out += "`" + std::string(first_name(each)) + "`";
        if (each.type != FunctionType::text) out += " " + std::string(to_string(each.type));
        if (!each.required) out += " (optional)";
        if (each.repeated) out += " ...";
      }
      out += " | " + std::string(to_string(function.result)) + " | " + std::string(function.doc) +
             " |\n";
    }
    out += "\n";
  }
  return out;
}

}  // namespace dossier::test
