// The two ways of `dossier convert`: as statements come, in bounded memory, and by a whole graph.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "cli/fallback.hpp"
#include "cli/ledger.hpp"
#include "cli/progress.hpp"
#include "cli/settings.hpp"
#include "exporters/rdf.hpp"
#include "graph/format.hpp"
#include "graph/prefixes.hpp"
#include "sources/rdf.hpp"

namespace dossier {

struct ConvertJob {
  std::vector<std::string> inputs;
  Format format = Format::nquads;
  std::string base;
  std::optional<Prefixes> prefixes;  // instead of those of the inputs
  RdfWriteMode mode = RdfWriteMode::pretty;
  std::shared_ptr<const JsonLdContext> context;  // of JSON-LD; null: made of the prefixes
  FallbackKind fallback = FallbackKind::refuse;
  bool recover = false;

  RdfReadOptions read_options(std::size_t input) const;
};

struct ConvertCounts {
  std::uint64_t read = 0;
  std::uint64_t errors = 0;      // passed over by --recover; not in `read`
  std::uint64_t left_out = 0;    // by the fallback
  std::uint64_t changed = 0;     // by the fallback; written all the same
  std::uint64_t duplicates = 0;  // fell together with an equal one
  std::uint64_t written = 0;
  std::uint64_t bytes = 0;
};

// As they come. Line syntaxes are read and written by all threads side by side, with the same bytes
// for any number of them.
Expected<ConvertCounts> convert_stream(const ConvertJob& job, const Settings& settings,
                                       DiagnosticSink& diagnostics, Progress& progress);
bool can_convert_stream(Format to);

// Sorted and grouped, by a graph in memory.
Expected<ConvertCounts> convert_graph(const ConvertJob& job, const Settings& settings,
                                      DiagnosticSink& diagnostics, Progress& progress);

// Reads and writes nothing.
Expected<ConvertCounts> check_only(const ConvertJob& job, const Settings& settings,
                                   DiagnosticSink& diagnostics, Progress& progress);

}  // namespace dossier
