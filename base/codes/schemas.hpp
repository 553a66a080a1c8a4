// The codes of section 09, schema files.
#pragma once

#include "base/diagnostic.hpp"

namespace dossier::code {

#define DOSSIER_DIAGNOSTIC(name, number, severity, title, help) \
  inline constexpr DiagnosticCode name{number};
#include "base/codes/schemas.def"
#undef DOSSIER_DIAGNOSTIC

}  // namespace dossier::code
