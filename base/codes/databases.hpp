// The codes of section 08, databases.
#pragma once

#include "base/diagnostic.hpp"

namespace dossier::code {

#define DOSSIER_DIAGNOSTIC(name, number, severity, title, help) \
  inline constexpr DiagnosticCode name{number};
#include "base/codes/databases.def"
#undef DOSSIER_DIAGNOSTIC

}  // namespace dossier::code
