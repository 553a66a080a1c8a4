// Runs all triples maps of a source on one record: the terms of a map are made once each, then put
// together to its statements. One for each worker and source.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/vocabulary.hpp"
#include "mapping/join_key.hpp"
#include "mapping/join_lookups.hpp"
#include "mapping/row_checks.hpp"
#include "mapping/term_maker.hpp"

namespace dossier {

// Matches of one join, over all blocks of a worker.
struct JoinTally {
  std::uint64_t children = 0;
  std::uint64_t matches = 0;
};

template <class Backend>
class RowMapper {
 public:
  using Cell = typename Backend::Cell;

  // `checks` null: every statement is given on, equal or not.
  RowMapper(const Plan& plan, const SourcePlan& source, std::span<const JoinTable> tables,
            Backend backend, RowChecks* checks = nullptr)
      : plan_(plan),
        source_(source),
        tables_(tables),
        backend_(std::move(backend)),
        checks_(checks),
        maker_(backend_, counts_),
        functions_(source.program),
        lookups_(plan, source, tables),
        tallies_(plan.joins.size()) {
    make_constants();
  }
  RowMapper(const RowMapper&) = delete;
  RowMapper& operator=(const RowMapper&) = delete;

  Backend& backend() { return backend_; }
  // A named collection: what all records put into it, in order.
  struct Shared {
    struct Item {
      typename Backend::Kept term{};
      std::uint64_t offset = 0;
      typename Backend::Origin origin{};
    };
    CollectionKind kind = CollectionKind::list;
    std::uint64_t offset = 0;
    typename Backend::Origin origin{};
    typename Backend::Kept head{};
    typename Backend::Kept graph{};
    std::vector<Item> items;
    std::uint64_t seed = 0;
  };
  struct SharedCollections {
    std::vector<Shared> all;
    std::unordered_map<std::string, std::size_t> by_name;
  };
  // What the mapper of another source has gathered; before the first record.
  void go_on_with(SharedCollections gathered) { shared_ = std::move(gathered); }
  SharedCollections take_shared() { return std::exchange(shared_, {}); }
  // Writes them: after the last record of all sources.
  void finish() {
    const SharedCollections gathered = take_shared();
    for (const Shared& each : gathered.all) write_shared(each);
  }
  BlockCounts take_counts() { return std::exchange(counts_, {}); }
  std::span<const JoinTally> tallies() const { return tallies_; }

  // The first `at_most` records.
  void map_all(const RecordBatch& batch, std::size_t at_most = SIZE_MAX) {
    const std::size_t rows = std::min(batch.size(), at_most);
    for (std::size_t i = 0; i < rows; ++i) {
      if (i % JoinLookups::kRows == 0) lookups_.look_ahead(batch, i, rows);
      lookups_.at_row(i);
      map(batch.row(i), batch.offsets[i]);
    }
    lookups_.end();
  }
  void map(std::span<const Value> values, std::uint64_t offset) {
    const std::span<const Value> row = functions_.extend(values);
    for (std::size_t i = 0; i < source_.maps.size(); ++i) {
      backend_.begin_record(offset);
      backend_.begin_map(i);
      record_offset_ = offset;
      map_row(i, row, offset);
    }
  }

 private:
  static constexpr std::uint32_t kNoSubject = 0xFFFF'FFFF;
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };

  // What stays from row to row: where the cells of each term stand, of constants for good, and
  // which terms a row makes beside its subject (a third of them or less: the rest are constants).
  // Plans of terms are large, so those that are not made are not looked at.
  struct MapState {
    std::vector<Range> ranges;
    std::vector<std::uint32_t> made;
    std::vector<Range> constants;  // of a map with compounds, whose operands a row may leave out
  };

  // Cells of constants stand at the front of cells_ for good.
  void make_constants() {
    const std::vector<Value> no_values;
    for (const MapPlan& map : source_.maps) {
      MapState& state = states_.emplace_back();
      state.ranges.resize(map.terms.size());
      std::vector<Range>& ranges = state.ranges;
      for (std::size_t i = 0; i < map.terms.size(); ++i) {
        const TermPlan& term = map.terms[i];
        if (!term.constant) {
          if (i != map.subject && !term.operand) {
            state.made.push_back(static_cast<std::uint32_t>(i));
          }
          continue;
        }
        ranges[i] = {static_cast<std::uint32_t>(cells_.size()), 1};
        if (term.default_graph) {
          cells_.push_back(backend_.default_graph());
        } else {
          maker_.make(term, no_values, 0, [&](Cell cell) { cells_.push_back(cell); });
        }
      }
      if (!map.quoted.empty() || !map.gathered.empty()) state.constants = ranges;
    }
    make_words();
    backend_.end_constants();
    constant_cells_ = cells_.size();
  }

  void map_row(std::size_t number, std::span<const Value> row, std::uint64_t offset) {
    const MapPlan& map = source_.maps[number];
    cells_.resize(constant_cells_);
    MapState& state = states_[number];
    std::ranges::copy(state.constants, state.ranges.begin());
    ranges_ = state.ranges;
    if constexpr (Backend::kWritesLines) {
      if (checks_ != nullptr) {
        map_checked(number, row, offset);
        return;
      }
    }
    if (make_term(map, map.subject, row, offset)) make_statements(number, row, offset, false);
  }

  // The same, with as little as can be left to the search for equal lines.
  void map_checked(std::size_t number, std::span<const Value> row, std::uint64_t offset) {
    const MapPlan& map = source_.maps[number];
    bool repeats = true;
    if (checks_->subject_tells(number)) {
      if (!make_term(map, map.subject, row, offset)) return;
      const Range& subjects = ranges_[map.subject];
      repeats = subjects.count > 1 ||
                checks_->subject_repeats(number, backend_.text(cells_[subjects.first]));
      if (repeats && checks_->met(number, row, counts_)) return;
    } else if (checks_->met(number, row, counts_) || !make_term(map, map.subject, row, offset)) {
      return;
    }
    make_statements(number, row, offset, repeats);
    if (repeats) checks_->made(counts_);
  }

  // Of a row whose subject is made; `repeats`: other rows may have the same subject.
  void make_statements(std::size_t number, std::span<const Value> row, std::uint64_t offset,
                       bool repeats) {
    const MapPlan& map = source_.maps[number];
    if constexpr (Backend::kWritesLines) {
      backend_.check(checks_ != nullptr);
      begin_subjects(number);
    }
    for (const std::uint32_t i : states_[number].made) make_term(map, i, row, offset);
    if (!reified_.empty()) write_reified(map);
    if (!collected_.empty()) write_collected(map);
    for (std::size_t i = 0; i < map.statements.size(); ++i) {
      const StatementPlan& statement = map.statements[i];
      const Range& predicates = ranges_[statement.predicate];
      const Range& graphs = ranges_[statement.graph];
      if (predicates.count == 0 || graphs.count == 0) continue;
      const Range objects = statement.join == StatementPlan::kNone
                                ? ranges_[statement.object]
                                : parents(statement.join, row, offset);
      if constexpr (Backend::kWritesLines) {
        const auto may_be_twice = [&] {
          return predicates.count > 1 || graphs.count > 1 || !all_differ(objects);
        };
        check_lines(number, i, repeats, may_be_twice);
      }
      add_statements(statement, ranges_[map.subject], predicates, objects, graphs);
    }
  }

  // Notes the subjects of a row whose lines are looked for by them.
  void begin_subjects(std::size_t number) {
    first_subject_ = kNoSubject;
    if (checks_ == nullptr || !checks_->by_subject(number)) return;
    const MapPlan& map = source_.maps[number];
    const Range& subjects = ranges_[map.subject];
    for (std::uint32_t i = 0; i < subjects.count; ++i) {
      const auto added = backend_.checked_subject(
          cells_[subjects.first + i], map.terms[map.subject].number, subjects.count == 1);
      if (i == 0) first_subject_ = added;
    }
  }
  // How the lines of a statement are looked for; `may_be_twice()`: whether the row may make one of
  // them twice.
  template <class Test>
  void check_lines(std::size_t number, std::size_t statement, bool repeats, Test&& may_be_twice) {
    by_subject_ = false;
    if (checks_ == nullptr || checks_->always(number, statement)) {
      backend_.check(checks_ != nullptr);
    } else if (first_subject_ != kNoSubject) {
      by_subject_ = true;
      backend_.check_with_subject(first_subject_);
      if (may_be_twice()) backend_.not_alone(first_subject_);
    } else {
      backend_.check(repeats || may_be_twice());
    }
  }

  // In doubt they do not: many are not compared.
  bool all_differ(const Range& range) const {
    static constexpr std::uint32_t kCompared = 8;
    if (range.count > kCompared) return false;
    for (std::uint32_t i = 1; i < range.count; ++i) {
      const std::string_view text = backend_.text(cells_[range.first + i]);
      for (std::uint32_t j = 0; j < i; ++j) {
        if (backend_.text(cells_[range.first + j]) == text) return false;
      }
    }
    return true;
  }

  void add_statement(const StatementPlan& statement, std::uint32_t subject, std::uint32_t predicate,
                     std::uint32_t object, std::uint32_t graph) {
    if (statement.inverse) std::swap(subject, object);
    backend_.add(cells_[subject], cells_[predicate], cells_[object], cells_[graph]);
    ++counts_.statements;
  }
  void add_statements(const StatementPlan& statement, const Range& subjects,
                      const Range& predicates, const Range& objects, const Range& graphs) {
    // One of each is nearly all there is.
    if ((subjects.count & predicates.count & objects.count & graphs.count) == 1 &&
        (subjects.count | predicates.count | objects.count | graphs.count) == 1) {
      add_statement(statement, subjects.first, predicates.first, objects.first, graphs.first);
      return;
    }
    for (std::uint32_t s = 0; s < subjects.count; ++s) {
      if constexpr (Backend::kWritesLines) {
        if (by_subject_) backend_.check_with_subject(first_subject_ + s);
      }
      for (std::uint32_t p = 0; p < predicates.count; ++p) {
        for (std::uint32_t o = 0; o < objects.count; ++o) {
          for (std::uint32_t g = 0; g < graphs.count; ++g) {
            add_statement(statement, subjects.first + s, predicates.first + p, objects.first + o,
                          graphs.first + g);
          }
        }
      }
    }
  }

  // False when it gave no term.
  bool make_term(const MapPlan& map, std::uint32_t index, std::span<const Value> row,
                 std::uint64_t offset) {
    if (map.terms[index].constant) return ranges_[index].count > 0;
    Range range{static_cast<std::uint32_t>(cells_.size()), 0};
    if (map.terms[index].computed && !maker_.wanted(map.terms[index], row, offset, functions_)) {
      ranges_[index] = range;
      return false;
    }
    if (map.terms[index].compound != Compound::none) return make_compound(map, index, row, offset);
    maker_.make(map.terms[index], row, offset, [&](Cell cell) { cells_.push_back(cell); });
    range.count = static_cast<std::uint32_t>(cells_.size()) - range.first;
    ranges_[index] = range;
    return range.count > 0;
  }

  Range parents(std::uint32_t number, std::span<const Value> row, std::uint64_t offset) {
    const JoinPlan& join = plan_.joins[number];
    const JoinTable& table = tables_[join.table];
    JoinTally& tally = tallies_[number];
    Range range{static_cast<std::uint32_t>(cells_.size()), 0};
    const auto take = [&](const JoinTable::Entry* parent) {
      ++tally.children;
      for (; parent != nullptr; parent = parent->next) {
        cells_.push_back(backend_.parent(table, join.table, *parent));
        if (parent->kind() == JoinTable::Kind::statement) reify_others(*parent);
        ++tally.matches;
      }
    };
    if (const JoinLookups::Found* found = lookups_.found(number)) {
      if (found->has_key) take(found->first);
    } else {
      for (const TermPlan& key : join.keys) {
        if (key.computed && !maker_.wanted(key, row, offset, functions_)) return range;
      }
      for_each_key(join.keys, row, key_, part_,
                   [&](std::string_view key) { take(table.find(key)); });
    }
    range.count = static_cast<std::uint32_t>(cells_.size()) - range.first;
    return range;
  }

  // ---- terms made of terms (row_compounds.hpp)

  // A collection that is to be written.
  struct Collected {
    const GatherPlan* plan = nullptr;
    Cell head{};
    std::vector<Cell> items;
  };
  struct Reified {
    Cell reifier{};
    Cell statement{};
  };
  void make_words();
  bool make_compound(const MapPlan& map, std::uint32_t index, std::span<const Value> row,
                     std::uint64_t offset);
  void make_quoted(const MapPlan& map, const QuotedPlan& plan, std::span<const Value> row,
                   std::uint64_t offset, std::vector<Cell>& out);
  void make_gathered(const MapPlan& map, const GatherPlan& plan, std::span<const Value> row,
                     std::uint64_t offset, std::vector<Cell>& out);
  std::optional<Cell> collection(const MapPlan& map, const GatherPlan& plan,
                                 std::vector<Cell> items, std::span<const Value> row,
                                 std::uint64_t offset);
  std::optional<Cell> name_of(const MapPlan& map, const GatherPlan& plan,
                              std::span<const Value> row, std::uint64_t offset);
  Cell reify(const Cell& statement);
  void reify_others(const JoinTable::Entry& entry);
  Cell fresh_node(std::uint64_t seed, std::uint64_t offset);
  std::vector<Cell> graph_cells(const std::vector<std::uint32_t>& terms) const;
  void write_reified(const MapPlan& map);
  void write_collected(const MapPlan& map);
  void write_collection(const Collected& collected, std::uint64_t offset, const Cell& graph);
  void share(const Collected& collected, const Cell& graph);
  void write_shared(const Shared& shared);
  void write(const Cell& subject, const Cell& predicate, const Cell& object, const Cell& graph) {
    if constexpr (Backend::kWritesLines) backend_.check(checks_ != nullptr);
    backend_.add(subject, predicate, object, graph);
    ++counts_.statements;
  }
  Cell member(std::size_t number) {
    return backend_.iri(std::string(rdf::kNamespace) + "_" + std::to_string(number));
  }

  const Plan& plan_;
  const SourcePlan& source_;
  std::span<const JoinTable> tables_;
  Backend backend_;
  RowChecks* checks_;
  BlockCounts counts_;
  TermMaker<Backend> maker_;
  RowEvaluator functions_;
  JoinLookups lookups_;
  std::vector<JoinTally> tallies_;
  std::vector<MapState> states_;  // by map
  std::vector<Cell> cells_;
  std::size_t constant_cells_ = 0;
  std::span<Range> ranges_;  // of the map at hand
  ByteBuffer key_;
  ByteBuffer part_;
  // Of compounds.
  struct Words {
    Cell type{}, first{}, rest{}, nil{}, reifies{};
    Cell kinds[4] = {};
  };
  Words words_;
  std::vector<Reified> reified_;
  std::vector<Collected> collected_;
  SharedCollections shared_;
  std::uint32_t first_subject_ = kNoSubject;  // of the row, when looked for by subject
  bool by_subject_ = false;                   // the lines that are made
  std::uint64_t record_offset_ = 0;
  std::uint64_t offset_ = UINT64_MAX;  // that fresh nodes were counted for
  std::uint64_t fresh_nodes_ = 0;      // of the record
};

}  // namespace dossier

#include "mapping/row_compounds.hpp"
