// The table of verbs. Each verb stands in one file, declares its options and gives back what runs
// it. A verb reports through its Console and returns an exit code, or the error that ended it (exit
// code 2, or 64 for wrong_usage).
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "base/diagnostic.hpp"
#include "cli/arguments.hpp"
#include "cli/console.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/settings.hpp"

namespace dossier {

using RunVerb = std::function<Expected<ExitCode>(const Settings&, Console&)>;

// For verbs that collect diagnostics: those of a run that failed are printed before its error.
RunVerb with_diagnostics(
    std::function<Expected<ExitCode>(const Settings&, Console&, DiagnosticCollector&)> run);

struct Verb {
  std::string_view name;
  std::string_view summary;
  std::string_view examples;  // lines: "dossier ...   # what it does"
  OptionSet options;
  RunVerb (*declare)(VerbArguments& arguments);
};

// In the order of the help.
std::span<const Verb> all_verbs();
const Verb* find_verb(std::string_view name);  // null when there is none

RunVerb declare_init(VerbArguments& arguments);
RunVerb declare_build(VerbArguments& arguments);
RunVerb declare_map(VerbArguments& arguments);
RunVerb declare_validate(VerbArguments& arguments);
RunVerb declare_infer(VerbArguments& arguments);
RunVerb declare_lint(VerbArguments& arguments);
RunVerb declare_suggest(VerbArguments& arguments);
RunVerb declare_convert(VerbArguments& arguments);
RunVerb declare_canon(VerbArguments& arguments);
RunVerb declare_equal(VerbArguments& arguments);
RunVerb declare_export(VerbArguments& arguments);
RunVerb declare_stats(VerbArguments& arguments);
RunVerb declare_model(VerbArguments& arguments);
RunVerb declare_explain(VerbArguments& arguments);
RunVerb declare_completion(VerbArguments& arguments);

// Runs the program; never throws.
int run_program(int argc, const char* const* argv);

}  // namespace dossier
