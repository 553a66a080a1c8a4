#include "cli/completion.hpp"

#include <fmt/format.h>

#include "cli/command_line.hpp"

namespace dossier {
namespace {

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  return fmt::format("{}", fmt::join(words, separator));
}

std::vector<std::string> verb_names() {
  std::vector<std::string> names;
  for (const Verb& verb : all_verbs()) names.emplace_back(verb.name);
  return names;
}

// `text` inside single quotes of a shell.
std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

// What bash offers for the value of an option or a positional.
std::string bash_values(const OptionItem& item) {
  switch (item.kind) {
    case ValueKind::choice:
      return fmt::format("COMPREPLY=($(compgen -W {} -- \"$word\"))",
                         shell_quoted(joined(item.choices, " ")));
    case ValueKind::file:
      return "COMPREPLY=($(compgen -f -- \"$word\"))";
    case ValueKind::folder:
      return "COMPREPLY=($(compgen -d -- \"$word\"))";
    case ValueKind::none:
    case ValueKind::any:
      return "COMPREPLY=()";
  }
  return "";
}

// _arguments has its own escapes for brackets and colons.
std::string zsh_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_action(const OptionItem& item) {
  switch (item.kind) {
    case ValueKind::choice:
      return fmt::format(":{}:({})", zsh_escaped(item.value), joined(item.choices, " "));
    case ValueKind::file:
      return fmt::format(":{}:_files", item.value);
    case ValueKind::folder:
      return fmt::format(":{}:_files -/", item.value);
    case ValueKind::any:
      return fmt::format(":{}: ", zsh_escaped(item.value));
    case ValueKind::none:
      return "";
  }
  return "";
}

}  // namespace

std::string bash_completion(const CommandLine& line) {
  std::string out =
      "# bash completion for dossier; made by `dossier completion bash`\n"
      "_dossier() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n";
  out += fmt::format("    COMPREPLY=($(compgen -W {} -- \"$word\"))\n    return\n  fi\n",
                     shell_quoted(joined(verb_names(), " ") + " --help --version"));
  out += "  case ${COMP_WORDS[1]} in\n";
  for (std::size_t i = 0; i < line.verbs().size(); ++i) {
    std::string values;
    std::string positional = "COMPREPLY=()";
    std::vector<std::string> names;
    for (const OptionItem& item : line.verbs()[i]->items()) {
      if (item.positional) {
        positional = bash_values(item);
        continue;
      }
      names.insert(names.end(), item.names.begin(), item.names.end());
      if (item.value.empty()) continue;
      values +=
          fmt::format("        {}) {}; return ;;\n", joined(item.names, "|"), bash_values(item));
    }
    out += fmt::format("    {})\n      case $before in\n{}      esac\n",
                       line.verbs()[i]->verb->name, values.empty() ? "        *) ;;\n" : values);
    out += fmt::format(
        "      if [[ $word == -* ]]; then\n        COMPREPLY=($(compgen -W {} -- \"$word\"))\n"
        "      else\n        {}\n      fi ;;\n",
        shell_quoted(joined(names, " ")), positional);
  }
  return out + "  esac\n}\ncomplete -o filenames -F _dossier dossier\n";
}

std::string zsh_completion(const CommandLine& line) {
  std::string out =
      "#compdef dossier\n# zsh completion for dossier; made by `dossier completion zsh`\n"
      "_dossier() {\n  local -a verbs\n  verbs=(\n";
  for (const Verb& verb : all_verbs()) {
    out += fmt::format("    {}\n",
                       shell_quoted(fmt::format("{}:{}", verb.name, zsh_escaped(verb.summary))));
  }
  out +=
      "  )\n  if (( CURRENT == 2 )); then\n    _describe verb verbs\n    return\n  fi\n"
      "  local verb=${words[2]}\n  shift words; (( CURRENT-- ))\n  case $verb in\n";
  for (std::size_t i = 0; i < line.verbs().size(); ++i) {
    out += fmt::format("    {})\n      _arguments", line.verbs()[i]->verb->name);
    for (const OptionItem& item : line.verbs()[i]->items()) {
      if (item.positional) {
        out += fmt::format(" \\\n        {}", shell_quoted("*" + zsh_action(item)));
        continue;
      }
      for (const std::string& name : item.names) {
        out += fmt::format(" \\\n        {}",
                           shell_quoted(fmt::format("{}[{}]{}", name, zsh_escaped(item.description),
                                                    zsh_action(item))));
      }
    }
    out += " ;;\n";
  }
  return out + "  esac\n}\n_dossier \"$@\"\n";
}

std::string fish_completion(const CommandLine& line) {
  std::string out =
      "# fish completion for dossier; made by `dossier completion fish`\n"
      "complete -c dossier -f\n";
  for (std::size_t i = 0; i < line.verbs().size(); ++i) {
    const Verb& verb = *line.verbs()[i]->verb;
    out += fmt::format("complete -c dossier -n __fish_use_subcommand -a {} -d {}\n", verb.name,
                       shell_quoted(verb.summary));
    const std::string when =
        fmt::format("complete -c dossier -n {}",
                    shell_quoted(fmt::format("__fish_seen_subcommand_from {}", verb.name)));
    for (const OptionItem& item : line.verbs()[i]->items()) {
      std::string names;
      for (const std::string& name : item.names) {
        names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      }
      std::string values;
      if (item.kind == ValueKind::choice) values = " -a " + shell_quoted(joined(item.choices, " "));
      if (item.kind == ValueKind::file || item.kind == ValueKind::folder) values = " -F";
      const bool required = !item.positional && !item.value.empty();
      out += fmt::format("{}{}{}{} -d {}\n", when, names, required ? " -r" : "", values,
                         shell_quoted(item.description));
    }
  }
  return out;
}

}  // namespace dossier
