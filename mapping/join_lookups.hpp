// The parents of some records at a time, found before the records are mapped, so that the waits for
// memory of many look-ups overlap. Only keys that are one plain value each: others are looked for
// when their record comes. One for each worker and source.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mapping/join_table.hpp"
#include "mapping/plan.hpp"

namespace dossier {

class JoinLookups {
 public:
  static constexpr std::size_t kRows = 32;
  struct Found {
    const JoinTable::Entry* first = nullptr;
    bool has_key = false;  // a part of it may be absent
    bool known = false;    // else it is to be looked for
  };

  JoinLookups(const Plan& plan, const SourcePlan& source, std::span<const JoinTable> tables);

  // For the records from `first` on, `kRows` at most and none from `end` on.
  void look_ahead(const RecordBatch& batch, std::size_t first, std::size_t end);
  // Which record is mapped.
  void at_row(std::size_t row) { row_ = row; }
  void end() { last_ = 0; }

  // What the join has found for that record; null: not looked for.
  const Found* found(std::uint32_t join) const {
    if (row_ < first_ || row_ >= last_ || columns_[join] == kNone) return nullptr;
    const Found& found = found_[(row_ - first_) * joins_.size() + columns_[join]];
    return found.known ? &found : nullptr;
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  struct Key {
    std::size_t begin = 0;  // in keys_
    std::size_t size = 0;
    std::uint32_t hash = 0;
  };

  void make_key(const JoinPlan& join, std::span<const Value> row, Key& key, Found& found);
  const JoinTable& table(std::size_t column) const {
    return tables_[plan_.joins[joins_[column]].table];
  }

  const Plan& plan_;
  std::span<const JoinTable> tables_;
  std::vector<std::uint32_t> joins_;    // that are looked ahead for
  std::vector<std::uint32_t> columns_;  // of Plan::joins: place in `joins_`, or kNone
  std::size_t row_ = 0;
  std::size_t first_ = 0;
  std::size_t last_ = 0;
  std::vector<Found> found_;  // row by row
  std::vector<Key> keys_of_;  // likewise
  ByteBuffer keys_;
  ByteBuffer key_;
  ByteBuffer part_;
};

}  // namespace dossier
