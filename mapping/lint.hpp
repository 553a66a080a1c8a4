// What is suspicious in a mapping that compiles: columns that nothing uses, triples maps that make
// nothing, templates under which different things fall together, values that are not of the
// datatype that the mapping says, views whose data is not as their annotations say. The last four
// look at the first records of each source.
#pragma once

#include <cstdint>

#include "base/diagnostic.hpp"
#include "mapping/plan.hpp"

namespace dossier {

struct MappingLintOptions {
  std::uint64_t records = 1000;  // looked at, of each source
  Limits limits;
};

// A source that cannot be opened is reported, and the rest looked at.
void lint_plan(const Plan& plan, const MappingLintOptions& options, DiagnosticSink& diagnostics);

}  // namespace dossier
