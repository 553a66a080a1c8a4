// What the program tells the shell that started it (docs/cli.md).
#pragma once

namespace dossier {

enum class ExitCode : int {
  clean = 0,
  findings = 1,  // the data has findings at or above --fail-on
  failed = 2,    // the run could not be done: input, I/O, a limit
  usage = 64,    // wrong usage
  bug = 70,      // a bug of ours
};

}  // namespace dossier
