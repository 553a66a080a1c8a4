// Runs a plan. Two ways out, with the same readers, plans and term formatting:
//   run_to_builder  statements and evidence into a Builder's shards, one for each worker thread; an
//                   evidence row for each record and triples map, shared by their statements;
//   run_to_lines    N-Triples or N-Quads bytes in the order of the input; no graph is built.
// A source is read block by block by one thread at a time, and parsed and mapped by all of them.
// Bad values are reported with their place in the source, their statements rejected and counted,
// and the work goes on. The result is the same for any number of threads.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/output.hpp"
#include "graph/builder.hpp"
#include "graph/format.hpp"
#include "mapping/plan.hpp"

namespace dossier {

struct RunOptions {
  std::size_t threads = 1;
  Format format = Format::nquads;  // of lines; N-Triples refuses named graphs
  bool keep_duplicates = false;    // of lines; a Builder's fall together in `freeze`
  // What the process may take, in bytes; 0: no bound. Joins and the search for equal lines keep to
  // their share and go on in temporary files.
  std::uint64_t memory = 0;
  // Of lines: tables from this size on are looked at for subjects that repeat before they are
  // mapped (mapping/subject_scan.hpp), so that only these take memory.
  std::uint64_t look_from_bytes = std::uint64_t{2} << 20;
  // Of a Builder: what is known of sources as a whole, by their path without a leading "./".
  std::map<std::string, SourceInfo> sources;
  // Of a Builder: so many records of each source, for a look; needs one thread.
  std::uint64_t max_records = UINT64_MAX;
  // A join that finds none of the parents that there are ends the run; else it is warned of.
  bool joins_must_match = false;
  std::function<void(std::uint64_t records)> on_records;  // as records are done, by one thread
  // How much of all sources is done, from 0 to 1; silent where a source does not tell its size
  // (packed files, pipes, databases).
  std::function<void(double done)> on_share;
  Limits limits;
};

// What happened in one source. A record that cannot be parsed is rejected; the others are mapped
// by each triples map of the source.
struct SourceCounts {
  std::string path;
  std::uint64_t records_read = 0;
  std::uint64_t records_rejected = 0;
  std::map<DiagnosticCode, std::uint64_t> records_rejected_by;
  std::uint64_t statements = 0;    // made
  std::uint64_t absent_terms = 0;  // term maps that gave nothing, since a value was absent
  std::map<DiagnosticCode, std::uint64_t> rejected;  // statements not made, by reason
};

struct JoinCounts {
  Place place;  // of the referencing object map
  std::uint64_t parents = 0;
  std::uint64_t children = 0;  // records with a whole key
  std::uint64_t matches = 0;
};

struct RunCounts {
  std::vector<SourceCounts> sources;  // in the order of the plan; parents read again do not count
  std::vector<JoinCounts> joins;
  std::uint64_t statements = 0;
  std::uint64_t duplicates = 0;  // of lines: made, but written before
  std::uint64_t written() const { return statements - duplicates; }
  std::uint64_t rejected() const;
};

// Sources and rules are registered in the Builder, one rule for each triples map.
Expected<RunCounts> run_to_builder(const Plan& plan, Builder& builder, const RunOptions& options,
                                   DiagnosticSink& diagnostics);

// N-Triples has no named graphs: an error where the plan makes them.
Expected<void> check_graphs(const Plan& plan);

// Does not finish the sink.
Expected<RunCounts> run_to_lines(const Plan& plan, ByteSink& out, const RunOptions& options,
                                 DiagnosticSink& diagnostics);

}  // namespace dossier
