// From argv to the exit code: parsing, did-you-mean, and the last net for exceptions.
#include "base/codes/program.hpp"

#include <cstdio>
#include <exception>
#include <new>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/interrupt.hpp"
#include "base/text.hpp"
#include "cli/command_line.hpp"
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

int say_wrong_usage(std::string_view message, std::string_view hint) {
  std::fputs(fmt::format("dossier: {}\n", printable(message)).c_str(), stderr);
  if (!hint.empty()) std::fputs(fmt::format("  {}\n", hint).c_str(), stderr);
  return static_cast<int>(ExitCode::usage);
}

int finish(const Expected<ExitCode>& outcome, Console& console) {
  console.progress().end();
  if (outcome) return static_cast<int>(*outcome);
  if (outcome.error().code == code::closed_pipe) return static_cast<int>(ExitCode::clean);
  console.error(outcome.error());
  const bool usage = outcome.error().code == code::wrong_usage;
  return static_cast<int>(usage ? ExitCode::usage : ExitCode::failed);
}

int run_verb(const CommandLine& line, const RunVerb& run) {
  const Expected<Settings> settings = resolve(line.common());
  if (!settings) {
    return say_wrong_usage(settings.error().message, settings.error().hint);
  }
  Console console(*settings);
  if (Expected<void> ceiling = apply_memory_ceiling(settings->memory); !ceiling) {
    return say_wrong_usage(ceiling.error().message, ceiling.error().hint);
  }
  if (Expected<void> output = check_output(settings->output); !output) {
    return finish(std::unexpected(output.error()), console);
  }
  return finish(run(*settings, console), console);
}

int parse_and_run(int argc, const char* const* argv) {
  CommandLine line;
  if (argc < 2) {
    std::fputs(line.help().c_str(), stderr);
    return static_cast<int>(ExitCode::usage);
  }
  if (std::string_view(argv[1]) == "--man") return to_stdout(manual_page(line));
  const CommandLine::Parsed parsed = line.parse(argc, argv);
  switch (parsed.what) {
    case CommandLine::What::run:
      return run_verb(line, parsed.entry->run);
    case CommandLine::What::text:
      return to_stdout(parsed.text);
    case CommandLine::What::wrong_usage:
      break;
  }
  return say_wrong_usage(parsed.text, parsed.hint);
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
  } catch (const std::system_error& error) {
    // No thread could be started: the machine is short of memory or of processes.
    if (error.code() == std::errc::resource_unavailable_try_again) {
      std::fputs(
          "error: the machine refused another thread [E0009]\n"
          "  hint: raise --memory, or use --threads 1\n",
          stderr);
      return static_cast<int>(ExitCode::failed);
    }
    std::fprintf(stderr, "error: this is a bug of dossier, please report it: %s\n", error.what());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: this is a bug of dossier, please report it: %s\n", error.what());
  } catch (...) {
    std::fputs("error: this is a bug of dossier, please report it\n", stderr);
  }
  return static_cast<int>(ExitCode::bug);
}

}  // namespace dossier
