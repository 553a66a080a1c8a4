// Identity files: CSV tables of judgements that two IRIs are one thing, reviewable as text. Columns
// keep and merge (an IRI or prefix:name each); any others are notes for people.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/limits.hpp"
#include "graph/freeze.hpp"
#include "graph/prefixes.hpp"

namespace dossier {

// Appends the judgements of `file` to `into`. Rows that say nothing usable are reported
// (identity_bad_row) and the failure counts them: a judgement is never left out silently.
Expected<void> load_identity(const std::filesystem::path& file, const Prefixes& prefixes,
                             const Limits& limits, std::vector<SameAs>& into,
                             DiagnosticSink& diagnostics);

}  // namespace dossier
