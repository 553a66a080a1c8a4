#include "mapping/join_build.hpp"

#include <functional>
#include <new>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "mapping/encoded_term.hpp"
#include "mapping/join_key.hpp"
#include "mapping/pass.hpp"
#include "mapping/row_mapper.hpp"
#include "mapping/source_files.hpp"

namespace dossier {
namespace {

// Bad rows of a parent are reported where the parent itself is mapped.
struct Pair {
  std::uint32_t hash = 0;  // of the key
  std::uint32_t key_size = 0;
  std::uint32_t subject_size = 0;
  JoinTable::Kind kind = JoinTable::Kind::iri;
};

// Keys and subjects of one block, one behind the other.
struct PairBlock {
  BlockCounts counts;
  ByteBuffer bytes;
  std::vector<Pair> pairs;
  std::uint64_t records = 0;
};

// What TermMaker speaks to: a subject's text, and whether it is a blank node.
class TextBackend {
 public:
  struct Cell {
    std::string_view text;
    bool blank = false;
  };
  Cell iri(std::string_view text) { return {text, false}; }
  Cell unsafe_iri(std::string_view text) { return {text, false}; }
  Cell blank(std::string_view label) { return {label, true}; }
  Cell literal(const TermPlan&, std::string_view text) { return {text, false}; }
  Cell typed_literal(std::string_view text, std::string_view) { return {text, false}; }
  Cell language_literal(std::string_view text, std::string_view) { return {text, false}; }
};

class PairMaker {
 public:
  explicit PairMaker(const JoinTablePlan& table)
      : table_(table), maker_(backend_, counts_), functions_(table.program) {
    if (table.quoted.empty()) return;
    quoted_.slots = table.slots;
    quoted_.program = table.program;
    quoted_.maps = table.quoted;
    statements_.emplace(nothing_, quoted_, std::span<const JoinTable>(), EncodingBackend());
  }

  PairBlock run(const RecordBatch& batch) {
    PairBlock block;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto row = functions_.extend(batch.row(i));
      if (table_.subject.computed &&
          !maker_.wanted(table_.subject, row, batch.offsets[i], functions_)) {
        continue;
      }
      if (statements_) {
        add_statements(row, batch.row(i), batch.offsets[i], block);
        continue;
      }
      for_each_key(table_.keys, row, key_, part_, [&](std::string_view key) {
        maker_.make(table_.subject, row, batch.offsets[i], [&](TextBackend::Cell subject) {
          add(block, key, subject.text,
              subject.blank ? JoinTable::Kind::blank : JoinTable::Kind::iri);
        });
      });
    }
    return block;
  }

 private:
  static void add(PairBlock& block, std::string_view key, std::string_view subject,
                  JoinTable::Kind kind) {
    block.bytes.append(key);
    block.bytes.append(subject);
    block.pairs.push_back({JoinTable::hash_of(key), static_cast<std::uint32_t>(key.size()),
                           static_cast<std::uint32_t>(subject.size()), kind});
  }
  // `row` has the computed values that keys take; `values` are the source's.
  void add_statements(std::span<const Value> row, std::span<const Value> values,
                      std::uint64_t offset, PairBlock& block) {
    statements_->map(values, offset);
    for (const std::string& entry : statements_->backend().take_entries()) {
      for_each_key(table_.keys, row, key_, part_, [&](std::string_view key) {
        add(block, key, entry, JoinTable::Kind::statement);
      });
    }
  }

  const JoinTablePlan& table_;
  TextBackend backend_;
  BlockCounts counts_;
  TermMaker<TextBackend> maker_;
  RowEvaluator functions_;
  Plan nothing_;  // of joins
  SourcePlan quoted_;
  std::optional<RowMapper<EncodingBackend>> statements_;
  ByteBuffer key_;
  ByteBuffer part_;
};

void add_pairs(JoinTable& table, const PairBlock& block) {
  static constexpr std::size_t kStep = 8;  // between what is fetched ahead
  const std::vector<Pair>& pairs = block.pairs;
  std::string_view bytes = block.bytes.view();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (i + 3 * kStep < pairs.size()) table.fetch_slot(pairs[i + 3 * kStep].hash);
    if (i + 2 * kStep < pairs.size()) table.fetch_entry(pairs[i + 2 * kStep].hash);
    if (i + kStep < pairs.size()) table.fetch_last(pairs[i + kStep].hash);
    const Pair& pair = pairs[i];
    table.add(bytes.substr(0, pair.key_size), pair.hash,
              bytes.substr(pair.key_size, pair.subject_size), pair.kind);
    bytes.remove_prefix(std::size_t{pair.key_size} + pair.subject_size);
  }
}

// Reads one file of a table's source.
Expected<void> add_parents(const Plan& plan, const JoinTablePlan& table, const SourcePlan& source,
                           std::size_t threads, const Limits& limits, DiagnosticSink& diagnostics,
                           const std::function<void(const PairBlock&)>& take) {
  JoinTablePlan of_file = table;
  if (has_several_files(plan.model.sources[source.model_index])) {
    tell_files_apart(source, of_file.subject);
    for (MapPlan& map : of_file.quoted) tell_files_apart(source, map);
  }
  std::vector<std::unique_ptr<PairMaker>> makers;
  for (std::size_t worker = 0; worker < threads; ++worker) {
    makers.push_back(std::make_unique<PairMaker>(of_file));
  }
  return run_pass(
      PassSetup{plan, source, table.slots, threads, limits, diagnostics},
      [&](const RecordBatch& batch, std::size_t worker) { return makers[worker]->run(batch); },
      [](PairBlock& block) -> BlockCounts& { return block.counts; },
      [&](PairBlock&& block) { take(block); });
}

}  // namespace

Expected<std::vector<JoinTable>> build_join_tables(const Plan& plan, std::size_t threads,
                                                   const Limits& limits,
                                                   DiagnosticSink& diagnostics,
                                                   SpillMemory& memory) try {
  std::vector<JoinTable> tables;
  NoDiagnostics nowhere;
  for (std::size_t i = 0; i < plan.join_tables.size(); ++i) {
    tables.emplace_back(memory);
    const JoinTablePlan& table = plan.join_tables[i];
    const SourcePlan& source = plan.sources[table.source];
    if (source.path == "-") {
      return fail(code::mapping_unsupported, plan.joins[i].place,
                  "a join reads its parents first, and standard input can be read only once",
                  "save it to a file");
    }
    const bool reported = !source.maps.empty();
    DiagnosticSink& sink = reported ? static_cast<DiagnosticSink&>(nowhere) : diagnostics;
    for (std::size_t file = 0; file < source.files; ++file) {
      const auto done = add_parents(plan, table, plan.sources[table.source + file], threads, limits,
                                    sink, [&](const PairBlock& block) {
                                      add_pairs(tables[i], block);
                                      memory.touched(block.pairs.size());
                                    });
      if (!done) return std::unexpected(done.error());
    }
  }
  return tables;
} catch (const std::bad_alloc&) {
  if (memory.error()) return std::unexpected(*memory.error());
  throw;
}

namespace {

Expected<std::uint64_t> count_records(const Plan& plan, const SourcePlan& source,
                                      const Limits& limits) {
  NoDiagnostics nowhere;
  std::uint64_t count = 0;
  const auto done = run_pass(
      PassSetup{plan, source, {}, 1, limits, nowhere},
      [](const RecordBatch& batch, std::size_t) { return PairBlock{{}, {}, {}, batch.size()}; },
      [](PairBlock& block) -> BlockCounts& { return block.counts; },
      [&](PairBlock&& block) { count += block.records; });
  if (!done) return std::unexpected(done.error());
  return count;
}

}  // namespace

Expected<void> check_join_sizes(const Plan& plan, std::span<const JoinTable> tables,
                                const Limits& limits) {
  for (const JoinPlan& join : plan.joins) {
    const SourcePlan& source = plan.sources[join.source];
    const std::uint64_t parents = tables[join.table].size();
    if (!join.keys.empty() || parents == 0) continue;
    // Standard input cannot be counted beforehand.
    if (source.path == "-") continue;
    std::uint64_t children = 0;
    for (std::size_t file = 0; file < source.files; ++file) {
      const auto records = count_records(plan, plan.sources[join.source + file], limits);
      if (!records) return std::unexpected(records.error());
      children += *records;
    }
    if (children <= limits.max_join_rows / parents) continue;
    return fail(code::limit_exceeded, join.place,
                fmt::format("a join without condition of {} with {} gives more rows than "
                            "max-join-rows, {}",
                            counted(children, "record"), counted(parents, "parent"),
                            with_separators(limits.max_join_rows)),
                "add a join condition, or raise --max-join-rows");
  }
  return {};
}

}  // namespace dossier
