#include "cli/command_line.hpp"
#include "cli/completion.hpp"

namespace dossier {

RunVerb declare_completion(VerbArguments& arguments) {
  const auto shell = std::make_shared<std::string>();
  arguments.positional(*shell, "shell", "bash|zsh|fish", "which shell").required = true;
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
