// The codes of section 07, JSON, XML and YAML.
#pragma once

#include "base/diagnostic.hpp"

namespace dossier::code {

#define DOSSIER_DIAGNOSTIC(name, number, severity, title, help) \
  inline constexpr DiagnosticCode name{number};
#include "base/codes/trees.def"
#undef DOSSIER_DIAGNOSTIC

}  // namespace dossier::code
