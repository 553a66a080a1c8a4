// The codes of section 06, project and command line.
#pragma once

#include "base/diagnostic.hpp"

namespace dossier::code {

#define DOSSIER_DIAGNOSTIC(name, number, severity, title, help) \
  inline constexpr DiagnosticCode name{number};
#include "base/codes/program.def"
#undef DOSSIER_DIAGNOSTIC

}  // namespace dossier::code
