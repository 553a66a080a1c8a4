#include <CLI/CLI.hpp>

#include "cli/command.hpp"
#include "cli/completion.hpp"

namespace dossier {

RunVerb declare_completion(CLI::App& app) {
  const auto shell = std::make_shared<std::string>();
  app.add_option("shell", *shell, "which shell")
      ->type_name("bash|zsh|fish")
      ->required()
      ->check(one_of({"bash", "zsh", "fish"}));
  return [shell](const Settings&, Console& console) -> Expected<ExitCode> {
    const CommandLine line;
    const std::string script = *shell == "bash"  ? bash_completion(line)
                               : *shell == "zsh" ? zsh_completion(line)
                                                 : fish_completion(line);
    if (Expected<void> written = console.result(script); !written) {
      return std::unexpected(written.error());
    }
    return ExitCode::clean;
  };
}

}  // namespace dossier
