// The table of verbs. Each verb stands in one file, declares its options on a CLI11 app and gives
// back what runs it. A verb reports through its Console and returns an exit code, or the error that
// ended it (exit code 2, or 64 for wrong_usage).
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "base/diagnostic.hpp"
#include "cli/console.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"

namespace CLI {
class App;
}

namespace dossier {

using RunVerb = std::function<Expected<ExitCode>(const Settings&, Console&)>;

struct Verb {
  std::string_view name;
  std::string_view summary;
  std::string_view examples;  // lines: "dossier ...   what it does"
  OptionSet options;
  RunVerb (*declare)(CLI::App& app);
};

// In the order of the help.
std::span<const Verb> all_verbs();

RunVerb declare_init(CLI::App& app);
RunVerb declare_build(CLI::App& app);
RunVerb declare_convert(CLI::App& app);
RunVerb declare_explain(CLI::App& app);
RunVerb declare_completion(CLI::App& app);

// The whole command line: the root app with a sub-app for each verb.
struct CommandLine {
  CommandLine();
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  std::unique_ptr<CLI::App> app;
  CommonOptions common;
  std::vector<std::pair<CLI::App*, RunVerb>> verbs;
};

// Runs the program; never throws.
int run_program(int argc, const char* const* argv);

}  // namespace dossier
