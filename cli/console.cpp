#include "cli/console.hpp"

#include <cstdio>
#include <map>
#include <unistd.h>

#include <fmt/format.h>

#include "base/output.hpp"
#include "base/text.hpp"

namespace dossier {
namespace {

constexpr std::size_t kExamples = 5;

void say(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fputc('\n', stderr);
}

Expected<void> write_whole(const std::string& path, std::string_view text) {
  Expected<std::unique_ptr<ByteSink>> out = open_output(path);
  if (!out) return std::unexpected(out.error());
  (*out)->append(text);
  return (*out)->finish();
}

}  // namespace

Console::Console(const Settings& settings)
    : settings_(settings),
      progress_(!settings.quiet && ::isatty(STDERR_FILENO) == 1, settings.verbose) {}

void Console::error(const Diagnostic& diagnostic) {
  progress_.clear();
  say(render(diagnostic, settings_.colour));
}

void Console::note(std::string_view text) {
  if (settings_.quiet) return;
  progress_.clear();
  say(text);
}

void Console::detail(std::string_view text) {
  if (settings_.verbose) note(text);
}

void Console::diagnostics(const DiagnosticCollector& collected) {
  progress_.clear();
  std::map<DiagnosticCode, std::size_t> shown;
  std::map<DiagnosticCode, Severity> severities;
  const Severity least = settings_.quiet     ? Severity::violation
                         : settings_.verbose ? Severity::info
                                             : Severity::warning;
  for (const Diagnostic& each : collected.sorted()) {
    severities.emplace(each.code, each.severity);
    if (each.severity < least) continue;
    if (!settings_.verbose && shown[each.code] == kExamples) continue;
    ++shown[each.code];
    say(render(each, settings_.colour));
  }
  for (const auto& [code, count] : collected.counts()) {
    const auto found = shown.find(code);
    if (found == shown.end() || found->second == count) continue;
    say(fmt::format("{}: {} more of {}: {}{}", to_string(severities[code]),
                    with_separators(count - found->second), number_of(code), info(code).title,
                    settings_.verbose ? "" : " (--verbose shows them)"));
  }
}

Expected<void> Console::result(std::string_view text) {
  progress_.end();
  return write_whole(settings_.output, text);
}

Expected<void> Console::to_stdout(std::string_view text) {
  progress_.end();
  return write_whole("-", text);
}

}  // namespace dossier
