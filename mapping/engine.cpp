#include "mapping/engine.hpp"

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/codes/rdf.hpp"
#include "base/text.hpp"
#include "mapping/bad_values.hpp"
#include "mapping/file_formulations.hpp"
#include "mapping/id_backend.hpp"
#include "mapping/join_build.hpp"
#include "mapping/line_output.hpp"
#include "mapping/pass.hpp"
#include "mapping/row_mapper.hpp"

namespace dossier {
namespace {

// What fingerprints and parents of joins may take of the memory of a run.
constexpr std::uint64_t kDuplicateShare = 4;
constexpr std::uint64_t kJoinShare = 4;
constexpr std::uint64_t kFilterShare = 8;
constexpr std::uint64_t kRowShare = 16;
// A look at the parents of one record touches a slot and an entry.
constexpr std::uint64_t kPagesPerJoin = 2;

// The program itself, with blocks of its sources in the hands of its workers.
constexpr std::uint64_t kProgramBytes = std::uint64_t{24} << 20;
constexpr std::uint64_t kWorkerBytes = std::uint64_t{16} << 20;
constexpr std::uint64_t kLeastShare = 8;

// What is shared out: all but what the run itself needs. 0: no bound.
std::uint64_t shared_out(const RunOptions& options) {
  const std::uint64_t own = kProgramBytes + kWorkerBytes * thread_count(options.threads);
  const std::uint64_t rest = options.memory > own ? options.memory - own : 0;
  return std::max(rest, options.memory / kLeastShare);
}

std::uint64_t join_budget(const RunOptions& options) {
  return options.memory == 0 ? UINT64_MAX : shared_out(options) / kJoinShare;
}

std::uint64_t filter_budget(const RunOptions& options) {
  return options.memory == 0 ? UINT64_MAX : shared_out(options) / kFilterShare;
}

// Of a file that is read byte by byte as it stands; nothing for others.
std::optional<std::uint64_t> plain_size(const SourcePlan& source) {
  const std::string path = source.path.string();
  std::error_code error;
  if (path == "-" || unpacked_name(path).size() != path.size() ||
      !std::filesystem::is_regular_file(source.path, error)) {
    return std::nullopt;
  }
  const std::uintmax_t size = std::filesystem::file_size(source.path, error);
  if (error) return std::nullopt;
  return size;
}

// Of all that will be mapped; 0: not known.
std::uint64_t size_of_sources(const Plan& plan) {
  std::uint64_t sum = 0;
  for (const SourcePlan& source : plan.sources) {
    if (source.maps.empty()) continue;
    const auto size = plain_size(source);
    if (!size) return 0;
    sum += *size;
  }
  return sum;
}

// The last source whose records share collections with those of others: they are whole behind it.
const SourcePlan* last_in_order(const Plan& plan) {
  const SourcePlan* last = nullptr;
  for (const SourcePlan& source : plan.sources) {
    if (source.in_order && !source.maps.empty()) last = &source;
  }
  return last;
}

struct BuiltBlock {
  BlockCounts counts;
};
struct WrittenBlock {
  BlockCounts counts;
  LineBlock lines;
};

// What both ways share: joins first, then each source, then what there is to say about it.
class Run {
 public:
  Run(const Plan& plan, const RunOptions& options, DiagnosticSink& diagnostics)
      : plan_(plan),
        options_(options),
        diagnostics_(diagnostics),
        join_memory_(join_budget(options)),
        last_in_order_(last_in_order(plan)) {
    threads_ = thread_count(options.threads);
    records_left_ = options.max_records;
    if (options.on_share) all_bytes_ = size_of_sources(plan);
    counts_.joins.resize(plan.joins.size());
    for (std::size_t i = 0; i < plan.joins.size(); ++i)
      counts_.joins[i].place = plan.joins[i].place;
  }

  Expected<void> build_tables() {
    auto tables = build_join_tables(plan_, threads_, options_.limits, diagnostics_, join_memory_);
    if (!tables) return std::unexpected(std::move(tables.error()));
    tables_ = std::move(*tables);
    for (std::size_t i = 0; i < plan_.joins.size(); ++i) {
      counts_.joins[i].parents = tables_[plan_.joins[i].table].size();
    }
    return check_join_sizes(plan_, tables_, options_.limits);
  }

  PassSetup setup(const SourcePlan& source) {
    if (!goes_on()) {
      found_.emplace(plan_, source, source.slots);
      files_left_ = source.files;
    }
    return {plan_,           source,       source.slots, threads(source),
            options_.limits, diagnostics_, &enough_,     &*found_};
  }
  // Whether the next source is a further file of the last one.
  bool goes_on() const { return files_left_ > 0; }
  bool is_last_in_order(const SourcePlan& source) const { return &source == last_in_order_; }
  std::size_t threads(const SourcePlan& source) const { return source.in_order ? 1 : threads_; }
  std::unique_ptr<SubjectFilter> look_at_subjects(const SourcePlan& source,
                                                  const SourceChecks& checks) const {
    return scan_subjects(plan_, source, checks, threads_, options_.look_from_bytes,
                         filter_budget(options_), options_.limits);
  }

  // Of a worker, for the rows that it has met.
  std::uint64_t memory_for_rows(const SourcePlan& source) const {
    return shared_out(options_) / kRowShare / threads(source);
  }

  // How many of `count` records are to be mapped: all, unless only a look is wanted.
  std::size_t take_records(std::size_t count) {
    if (options_.max_records == UINT64_MAX) return count;
    const std::size_t taken = std::min<std::uint64_t>(count, records_left_);
    records_left_ -= taken;
    enough_ = records_left_ == 0;
    return taken;
  }
  const Plan& plan() const { return plan_; }
  std::span<const JoinTable> tables() const { return tables_; }

  void add(BlockCounts&& block) {
    current_.records_read += block.read;
    join_memory_.touched(block.read * plan_.joins.size() * kPagesPerJoin);
    for (const auto& [code, count] : block.rejected_records) {
      current_.records_rejected += count;
      current_.records_rejected_by[code] += count;
    }
    if (options_.on_records) options_.on_records(block.read);
    if (options_.on_share && all_bytes_ > 0) {
      const auto done = static_cast<double>(bytes_before_ + block.read_to);
      options_.on_share(std::min(1.0, done / static_cast<double>(all_bytes_)));
    }
    current_.statements += block.statements;
    counts_.duplicates += block.repeated;
    current_.absent_terms += block.absent_terms;
    for (const auto& [code, count] : block.rejected) current_.rejected[code] += count;
    for (BadValue& value : block.bad_values) {
      if (bad_values_.size() < options_.limits.max_diagnostics) {
        bad_values_.push_back(std::move(value));
      }
    }
  }

  void add(std::span<const JoinTally> tallies) {
    for (std::size_t i = 0; i < tallies.size(); ++i) {
      counts_.joins[i].children += tallies[i].children;
      counts_.joins[i].matches += tallies[i].matches;
    }
  }

  void end_source(const SourcePlan& source) {
    bytes_before_ += plain_size(source).value_or(0);
    report_bad_values(plan_, source, source.slots, std::move(bad_values_), diagnostics_);
    bad_values_.clear();
    if (--files_left_ == 0 && !enough_) found_->report(diagnostics_);
    records_left_ = options_.max_records;
    enough_ = false;
    current_.path = source.shown_path;
    counts_.statements += current_.statements;
    counts_.sources.push_back(std::exchange(current_, {}));
  }

  Expected<RunCounts> finish() {
    for (const JoinCounts& join : counts_.joins) {
      if (join.children == 0 || join.matches > 0) continue;
      Diagnostic found = make_diagnostic(
          code::join_without_match, join.place,
          fmt::format("this join found nothing: none of {} is among {}",
                      counted(join.children, "key"), counted(join.parents, "parent")),
          "compare the values of both sides: other codes, blanks, letter case, leading zeros?");
      if (options_.joins_must_match && join.parents > 0) {
        found.severity = Severity::error;
        found.hint += " If there need be none, say so: --allow-empty-joins";
        return std::unexpected(std::move(found));
      }
      diagnostics_.report(std::move(found));
    }
    return std::move(counts_);
  }
  RunCounts& counts() { return counts_; }

 private:
  const Plan& plan_;
  const RunOptions& options_;
  DiagnosticSink& diagnostics_;
  std::size_t threads_ = 1;
  std::uint64_t all_bytes_ = 0;
  std::uint64_t bytes_before_ = 0;  // of the sources that are done
  std::uint64_t records_left_ = UINT64_MAX;
  std::atomic<bool> enough_ = false;
  SpillMemory join_memory_;  // of the tables
  std::vector<JoinTable> tables_;
  const SourcePlan* last_in_order_;
  SourceCounts current_;
  std::optional<FoundReferences> found_;  // in all files of a source
  std::size_t files_left_ = 0;            // of that source
  std::vector<BadValue> bad_values_;
  RunCounts counts_;
};

// `shared`: collections that the records of several sources add to.
Expected<void> build_source(Run& run, const SourcePlan& source, Builder& builder, SourceId id,
                            const std::vector<RuleId>& rules,
                            RowMapper<IdBackend>::SharedCollections& shared) {
  std::vector<std::unique_ptr<RowMapper<IdBackend>>> mappers;
  for (std::size_t i = 0; i < run.threads(source); ++i) {
    mappers.push_back(std::make_unique<RowMapper<IdBackend>>(
        run.plan(), source, run.tables(), IdBackend(run.plan(), builder.shard(i), id, rules)));
  }
  if (source.in_order) mappers[0]->go_on_with(std::move(shared));
  const auto done = run_pass(
      run.setup(source),
      [&](const RecordBatch& batch, std::size_t worker) {
        mappers[worker]->map_all(batch, run.take_records(batch.size()));
        return BuiltBlock{mappers[worker]->take_counts()};
      },
      [](BuiltBlock& block) -> BlockCounts& { return block.counts; },
      [&](BuiltBlock&& block) { run.add(std::move(block.counts)); });
  if (source.in_order && !run.is_last_in_order(source)) shared = mappers[0]->take_shared();
  for (const auto& mapper : mappers) {
    mapper->finish();
    run.add(mapper->take_counts());
    run.add(mapper->tallies());
  }
  return done;
}

// Blocks of lines go from workers to the output and back, so that their memory is used again.
class LineBlocks {
 public:
  LineBlock take() {
    const std::scoped_lock lock(mutex_);
    if (free_.empty()) return {};
    LineBlock block = std::move(free_.back());
    free_.pop_back();
    return block;
  }
  void give_back(LineBlock block) {
    block.clear();
    const std::scoped_lock lock(mutex_);
    free_.push_back(std::move(block));
  }

 private:
  std::mutex mutex_;
  std::vector<LineBlock> free_;
};

// `checks` null: duplicates are kept.
Expected<void> write_source(Run& run, const SourcePlan& source, const SourceChecks* checks,
                            LineOutput& output, LineBlocks& blocks,
                            RowMapper<LineBackend>::SharedCollections& shared) {
  const auto filter = checks == nullptr ? nullptr : run.look_at_subjects(source, *checks);
  std::vector<std::unique_ptr<RowChecks>> row_checks;
  std::vector<std::unique_ptr<RowMapper<LineBackend>>> mappers;
  for (std::size_t i = 0; i < run.threads(source); ++i) {
    if (checks != nullptr) {
      row_checks.push_back(
          std::make_unique<RowChecks>(*checks, filter.get(), run.memory_for_rows(source)));
    }
    mappers.push_back(std::make_unique<RowMapper<LineBackend>>(
        run.plan(), source, run.tables(), LineBackend(run.plan().options.rdf_star),
        checks == nullptr ? nullptr : row_checks.back().get()));
  }
  if (source.in_order) mappers[0]->go_on_with(std::move(shared));
  const auto done = run_pass(
      run.setup(source),
      [&](const RecordBatch& batch, std::size_t worker) {
        WrittenBlock block;
        block.lines = blocks.take();
        mappers[worker]->backend().begin_block(block.lines);
        mappers[worker]->map_all(batch);
        block.counts = mappers[worker]->take_counts();
        return block;
      },
      [](WrittenBlock& block) -> BlockCounts& { return block.counts; },
      [&](WrittenBlock&& block) {
        output.write(block.lines);
        blocks.give_back(std::move(block.lines));
        run.add(std::move(block.counts));
      });
  if (source.in_order && !run.is_last_in_order(source)) shared = mappers[0]->take_shared();
  for (const auto& mapper : mappers) {
    LineBlock rest = blocks.take();
    mapper->backend().begin_block(rest);
    mapper->finish();
    output.write(rest);
    blocks.give_back(std::move(rest));
    run.add(mapper->take_counts());
    run.add(mapper->tallies());
  }
  return done;
}

std::vector<RuleId> add_rules(const Plan& plan, const SourcePlan& source, Builder& builder) {
  std::vector<RuleId> rules;
  for (const MapPlan& map : source.maps) {
    const TriplesMap& described = plan.model.triples_maps[map.model_index];
    rules.push_back(builder.add_rule({map.name, map.place.file, described.offset, false}));
  }
  return rules;
}

SourceInfo known_source(const RunOptions& options, std::string_view path) {
  if (path.starts_with("./")) path.remove_prefix(2);
  const auto found = options.sources.find(std::string(path));
  return found == options.sources.end() ? SourceInfo{} : found->second;
}

}  // namespace

std::uint64_t RunCounts::rejected() const {
  std::uint64_t sum = 0;
  for (const SourceCounts& source : sources) {
    for (const auto& [code, count] : source.rejected) sum += count;
  }
  return sum;
}

Expected<void> check_graphs(const Plan& plan) {
  for (const SourcePlan& source : plan.sources) {
    for (const MapPlan& map : source.maps) {
      for (const StatementPlan& statement : map.statements) {
        const TermPlan& graph = map.terms[statement.graph];
        if (graph.default_graph) continue;
        return fail(code::rdf_position, graph.place,
                    "the mapping makes named graphs, which N-Triples cannot hold",
                    "write N-Quads instead");
      }
    }
  }
  return {};
}

Expected<RunCounts> run_to_builder(const Plan& plan, Builder& builder, const RunOptions& options,
                                   DiagnosticSink& diagnostics) {
  RunOptions fitting = options;
  fitting.threads = std::min(thread_count(options.threads), builder.shard_count());
  Run run(plan, fitting, diagnostics);
  if (auto built = run.build_tables(); !built) return std::unexpected(std::move(built.error()));
  std::vector<RuleId> rules;  // shared by the files of one source
  RowMapper<IdBackend>::SharedCollections shared;
  for (const SourcePlan& source : plan.sources) {
    if (source.maps.empty()) continue;
    SourceInfo info = known_source(options, source.shown_path);
    info.path = source.shown_path;
    const SourceId id = builder.add_source(std::move(info));
    if (!run.goes_on()) rules = add_rules(plan, source, builder);
    if (auto done = build_source(run, source, builder, id, rules, shared); !done) {
      return std::unexpected(std::move(done.error()));
    }
    run.end_source(source);
  }
  return run.finish();
}

Expected<RunCounts> run_to_lines(const Plan& plan, ByteSink& out, const RunOptions& options,
                                 DiagnosticSink& diagnostics) {
  if (options.format == Format::ntriples) {
    if (auto fits = check_graphs(plan); !fits) return std::unexpected(std::move(fits.error()));
  }
  Run run(plan, options, diagnostics);
  if (auto built = run.build_tables(); !built) return std::unexpected(std::move(built.error()));
  LineOutput output(out, shared_out(options) / kDuplicateShare);
  LineBlocks blocks;
  RowMapper<LineBackend>::SharedCollections shared;
  std::vector<SourceChecks> checks;
  if (!options.keep_duplicates) checks = plan_duplicate_checks(plan);
  for (std::size_t i = 0; i < plan.sources.size(); ++i) {
    const SourcePlan& source = plan.sources[i];
    if (source.maps.empty()) continue;
    const SourceChecks* own = options.keep_duplicates ? nullptr : &checks[i];
    if (auto done = write_source(run, source, own, output, blocks, shared); !done) {
      return std::unexpected(std::move(done.error()));
    }
    run.end_source(source);
  }
  if (auto done = output.finish(); !done) return std::unexpected(std::move(done.error()));
  run.counts().duplicates += output.duplicates();
  return run.finish();
}

}  // namespace dossier
