// From argv to the exit code: parsing, did-you-mean, and the last net for exceptions.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/interrupt.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/manual.hpp"
#include "cli/output_set.hpp"

namespace dossier {
namespace {

int to_stdout(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return static_cast<int>(ExitCode::clean);
  std::fputs("error: stdout cannot be written\n", stderr);
  return static_cast<int>(ExitCode::failed);
}

int wrong_usage(std::string_view message, std::string_view hint) {
  std::fputs(fmt::format("dossier: {}\n", printable(message)).c_str(), stderr);
  if (!hint.empty()) std::fputs(fmt::format("  {}\n", hint).c_str(), stderr);
  return static_cast<int>(ExitCode::usage);
}

int unknown_verb(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Verb& verb : all_verbs()) names.push_back(verb.name);
  const auto near = nearest_name(name, names);
  return wrong_usage(fmt::format("there is no verb \"{}\"", name),
                     near ? fmt::format("did you mean: dossier {}", *near)
                          : fmt::format("verbs are {}", fmt::join(names, ", ")));
}

// The option of `app` that an unknown one was probably meant to be.
std::string nearest_option(const CLI::App& app, std::string_view unknown) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const auto near = nearest_name(unknown.substr(0, unknown.find('=')), names);
  return near ? fmt::format("did you mean {}?", *near) : std::string();
}

int parse_error(const CLI::App& app, const CLI::ParseError& error, const std::string& verb) {
  const CLI::App& at = verb.empty() ? app : *app.get_subcommand(verb);
  const std::string try_help = fmt::format("try: dossier {}--help", verb.empty() ? "" : verb + " ");
  const std::vector<std::string> extras = at.remaining();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !extras.empty()) {
    const std::string& first = extras.front();
    if (!first.starts_with("-")) {
      return wrong_usage(fmt::format("{}: unexpected argument \"{}\"", verb, first), try_help);
    }
    const std::string near = nearest_option(at, first);
    return wrong_usage(fmt::format("{}: there is no option {}", verb, first),
                       near.empty() ? try_help : near);
  }
  return wrong_usage(verb.empty() ? error.what() : fmt::format("{}: {}", verb, error.what()),
                     try_help);
}

int finish(const Expected<ExitCode>& outcome, Console& console) {
  console.progress().end();
  if (outcome) return static_cast<int>(*outcome);
  if (outcome.error().code == DiagnosticCode::closed_pipe) return static_cast<int>(ExitCode::clean);
  console.error(outcome.error());
  const bool usage = outcome.error().code == DiagnosticCode::wrong_usage;
  return static_cast<int>(usage ? ExitCode::usage : ExitCode::failed);
}

int run_verb(const CommandLine& line, const RunVerb& run) {
  const Expected<Settings> settings = resolve(line.common);
  if (!settings) {
    return wrong_usage(settings.error().message, settings.error().hint);
  }
  Console console(*settings);
  if (Expected<void> ceiling = apply_memory_ceiling(settings->memory); !ceiling) {
    return wrong_usage(ceiling.error().message, ceiling.error().hint);
  }
  if (Expected<void> output = check_output(settings->output); !output) {
    return finish(std::unexpected(output.error()), console);
  }
  return finish(run(*settings, console), console);
}

int parse_and_run(int argc, const char* const* argv) {
  CommandLine line;
  const std::string first = argc > 1 ? argv[1] : "";
  if (first.empty()) {
    std::fputs(line.app->help().c_str(), stderr);
    return static_cast<int>(ExitCode::usage);
  }
  if (first == "--man") return to_stdout(manual_page(line));
  const bool is_verb = std::ranges::find(all_verbs(), first, &Verb::name) != all_verbs().end();
  if (!is_verb && !first.starts_with("-")) return unknown_verb(first);
  try {
    line.app->parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return to_stdout(line.app->help());
  } catch (const CLI::CallForVersion& version) {
    return to_stdout(std::string(version.what()) + "\n");
  } catch (const CLI::ParseError& error) {
    return parse_error(*line.app, error, is_verb ? first : "");
  }
  for (const auto& [sub, run] : line.verbs) {
    if (sub->parsed()) return run_verb(line, run);
  }
  return wrong_usage("a verb is wanted", "try: dossier --help");
}

}  // namespace

RunVerb with_diagnostics(
    std::function<Expected<ExitCode>(const Settings&, Console&, DiagnosticCollector&)> run) {
  return [run = std::move(run)](const Settings& settings, Console& console) {
    DiagnosticCollector diagnostics(settings.limits.max_diagnostics);
    Expected<ExitCode> outcome = run(settings, console, diagnostics);
    if (!outcome) console.diagnostics(diagnostics);
    return outcome;
  };
}

int run_program(int argc, const char* const* argv) {
  install_interrupt_handlers();
  try {
    return parse_and_run(argc, argv);
  } catch (const std::bad_alloc&) {
    // No formatting here: it would allocate.
    std::fputs(
        "error: memory is exhausted [E0009]\n"
        "  hint: raise --memory, use fewer --threads, or map and convert line by line\n",
        stderr);
    return static_cast<int>(ExitCode::failed);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: this is a bug of dossier, please report it: %s\n", error.what());
  } catch (...) {
    std::fputs("error: this is a bug of dossier, please report it\n", stderr);
  }
  return static_cast<int>(ExitCode::bug);
}

}  // namespace dossier
