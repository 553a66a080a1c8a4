// RDF files -> one Graph, for the verbs that take files. Blank node labels of different files stay
// apart; every statement keeps the file and place that it came from as evidence.
#pragma once

#include <span>
#include <string>

#include "base/diagnostic.hpp"
#include "cli/progress.hpp"
#include "cli/settings.hpp"
#include "graph/freeze.hpp"
#include "graph/prefixes.hpp"
#include "sources/rdf.hpp"

namespace dossier {

// What a file was told to be, or what its name tells. Errors: unknown_format.
Expected<Format> format_of_input(const std::string& path, std::optional<Format> told);
Expected<Format> format_of_output(const std::string& path, std::optional<Format> told);

// Reads one file into `sink`, with the limits, the root and the threads of `settings`.
Expected<RdfReadCounts> read_rdf_file(const std::string& path, const Settings& settings,
                                      RdfReadOptions options, StatementSinkRef sink,
                                      DiagnosticSink& diagnostics);
// The same in pieces (read_rdf_pieces).
Expected<RdfReadCounts> read_rdf_file(const std::string& path, const Settings& settings,
                                      RdfReadOptions options, RdfPieceSink& sink,
                                      DiagnosticSink& diagnostics);

// What files are read into.
struct LoadTarget {
  Builder& builder;
  Prefixes& prefixes;  // as the files declare them
};
// Reads the file `info.path` as a source of the graph, into its first shard.
Expected<RdfReadCounts> read_into(const LoadTarget& into, SourceInfo info, const Settings& settings,
                                  RdfReadOptions options, DiagnosticSink& diagnostics,
                                  Progress& progress);

struct RdfLoadOptions {
  std::string base;
  bool recover = false;  // errors of syntax are reported, and reading goes on behind them
};

struct LoadedGraph {
  Graph graph;
  Prefixes prefixes;  // as the files declare them
  FreezeCounts counts;
  std::uint64_t errors = 0;  // that were passed over
};

Expected<LoadedGraph> load_rdf_files(std::span<const std::string> paths, const Settings& settings,
                                     const RdfLoadOptions& options, DiagnosticSink& diagnostics,
                                     Progress& progress);

// A StatementSink that fills a shard and keeps the prefixes it meets.
class ShardSink {
 public:
  ShardSink(Shard& shard, Prefixes& prefixes, Progress& progress)
      : shard_(shard), prefixes_(prefixes), progress_(progress) {}
  bool statement(const StatementView& view) {
    if (++count_ % kReportEach == 0) progress_.advance(kReportEach);
    return shard_.statement(view);
  }
  void prefix(std::string_view name, std::string_view iri) { prefixes_.set(name, iri); }

 private:
  static constexpr std::uint64_t kReportEach = 4096;
  Shard& shard_;
  Prefixes& prefixes_;
  Progress& progress_;
  std::uint64_t count_ = 0;
};

// What is put before the blank node labels of file number `index` of `count`.
std::string blank_scope(std::size_t index, std::size_t count);

}  // namespace dossier
