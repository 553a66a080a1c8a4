// What the program says to people: diagnostics, notes and progress on stderr, results on stdout or
// where -o says. One thread, except for the progress.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "cli/options.hpp"
#include "cli/progress.hpp"

namespace dossier {

class Console {
 public:
  explicit Console(const Settings& settings);

  TerminalProgress& progress() { return progress_; }

  void error(const Diagnostic& diagnostic);
  void note(std::string_view text);    // not with --quiet
  void detail(std::string_view text);  // with --verbose only

  // Sorted by place. Of each code the first five, unless --verbose, and how many there are in all.
  // Infos only with --verbose, warnings not with --quiet.
  void diagnostics(const DiagnosticCollector& collected);

  // The result of a verb, to stdout or the file that -o names.
  Expected<void> result(std::string_view text);
  // Beside a result that went to a file: a summary for people or programs.
  Expected<void> to_stdout(std::string_view text);

 private:
  const Settings& settings_;
  TerminalProgress progress_;
};

}  // namespace dossier
