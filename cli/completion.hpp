// Completion scripts for shells, made from the table of options: nothing is listed by hand.
#pragma once

#include <string>

namespace dossier {

class CommandLine;

std::string bash_completion(const CommandLine& line);
std::string zsh_completion(const CommandLine& line);
std::string fish_completion(const CommandLine& line);

}  // namespace dossier
