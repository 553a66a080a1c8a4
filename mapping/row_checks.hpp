// What a worker asks while it maps the records of a source to lines: whether the subject of a
// record is made of other records too, and whether the values that a map takes were met before, so
// that its statements need not be made again. One for each worker and source.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/release.hpp"
#include "mapping/duplicate_plan.hpp"
#include "mapping/fingerprint_set.hpp"
#include "mapping/subject_scan.hpp"
#include "mapping/term_maker.hpp"

namespace dossier {

// The values of records met before and what they made: a fixed number of places, the newest wins,
// given up when it does not help. A worker sees its blocks in the order of the source, so what it
// finds here stands earlier in the output.
class MetRows {
 public:
  struct Made {
    Fingerprint print;
    std::uint32_t statements = 0;
    std::uint32_t absent_terms = 0;
  };

  static constexpr std::size_t kMostPlaces = std::size_t{1} << 18;
  explicit MetRows(std::size_t most_places)
      : most_places_(std::clamp(most_places, kFirstPlaces, kMostPlaces)) {}

  bool active() const { return active_; }
  const Made* find(const Fingerprint& print) {
    if (made_.empty()) made_.resize(kFirstPlaces);
    if ((++asked_ & (kTrial - 1)) == 0) judge();
    if (!active_) return nullptr;
    const Made& made = made_[place(print)];
    if (made.print != print) return nullptr;
    ++found_;
    return &made;
  }
  void remember(const Made& made) {
    if (active_) made_[place(made.print)] = made;
  }

 private:
  static constexpr std::size_t kFirstPlaces = std::size_t{1} << 10;
  static constexpr std::uint64_t kTrial = 4096;

  std::size_t place(const Fingerprint& print) const {
    return static_cast<std::size_t>(print.high) & (made_.size() - 1);
  }
  // Grows as long as records are missed; ends what finds less than one in 64 with some room.
  void judge() {
    if (made_.size() > kFirstPlaces && found_ * 64 < kTrial) {
      active_ = false;
      release(made_);
    } else if (made_.size() * 4 <= most_places_ && found_ * 8 < kTrial * 7) {
      std::vector<Made> smaller(made_.size() * 4);
      made_.swap(smaller);
      for (const Made& made : smaller) {
        if (made.print.low != 0) made_[place(made.print)] = made;
      }
    }
    found_ = 0;
  }

  std::size_t most_places_;
  std::vector<Made> made_;
  std::uint64_t asked_ = 0;
  std::uint64_t found_ = 0;
  bool active_ = true;
};

class RowChecks {
 public:
  // `filter` may be null: then every subject may repeat. `memory`: bytes for the rows that were
  // met; 0: as many as help.
  RowChecks(const SourceChecks& checks, const SubjectFilter* filter, std::uint64_t memory = 0)
      : checks_(checks),
        filter_(filter),
        met_(checks.maps.size(),
             MetRows(memory == 0 ? MetRows::kMostPlaces
                                 : static_cast<std::size_t>(memory / sizeof(MetRows::Made)) /
                                       std::max<std::size_t>(checks.maps.size(), 1))) {}

  // Whether `subject_repeats` can be asked; else it must be held to.
  bool subject_tells(std::size_t map) const {
    return filter_ != nullptr && checks_.maps[map].subject != MapChecks::kNone;
  }
  bool subject_repeats(std::size_t map, std::string_view term) const {
    return filter_->repeats(subject_hash(term, checks_.maps[map].subject));
  }
  // Whether lines are looked for by their subject, which is cheaper than by themselves.
  bool by_subject(std::size_t map) const {
    return filter_ == nullptr && checks_.maps[map].subject != MapChecks::kNone;
  }
  bool always(std::size_t map, std::size_t statement) const {
    return checks_.maps[map].statements[statement] == StatementCheck::always;
  }

  // True when the map has had these values, and its counts are added: nothing is to be made.
  bool met(std::size_t map, std::span<const Value> row, BlockCounts& counts) {
    pending_ = nullptr;
    if (!checks_.maps[map].by_row || !met_[map].active()) return false;
    if (!print_row(checks_.maps[map].slots, row)) return false;
    if (const MetRows::Made* made = met_[map].find(print_)) {
      counts.statements += made->statements;
      counts.repeated += made->statements;
      counts.absent_terms += made->absent_terms;
      return true;
    }
    pending_ = &met_[map];
    statements_ = counts.statements;
    absent_terms_ = counts.absent_terms;
    bad_terms_ = counts.bad_terms;
    return false;
  }
  // After the row that `met` was asked for. Rows with bad values are told each time they come.
  void made(const BlockCounts& counts) {
    if (pending_ == nullptr || counts.bad_terms != bad_terms_) return;
    pending_->remember({print_, static_cast<std::uint32_t>(counts.statements - statements_),
                        static_cast<std::uint32_t>(counts.absent_terms - absent_terms_)});
    pending_ = nullptr;
  }

 private:
  // False for rows with lists, which are rare.
  bool print_row(std::span<const std::uint32_t> slots, std::span<const Value> row) {
    bytes_.clear();
    for (const std::uint32_t slot : slots) {
      const Value& value = row[slot];
      if (value.type == ValueType::list) return false;
      char* at = bytes_.reserve(sizeof value.size + 1 + value.size);
      std::memcpy(at, &value.size, sizeof value.size);
      at[sizeof value.size] = static_cast<char>(value.type);
      if (value.size > 0) std::memcpy(at + sizeof value.size + 1, value.data, value.size);
      bytes_.advance(sizeof value.size + 1 + value.size);
    }
    print_ = Fingerprint::of(bytes_.view());
    return true;
  }

  const SourceChecks& checks_;
  const SubjectFilter* filter_;
  std::vector<MetRows> met_;
  ByteBuffer bytes_;
  Fingerprint print_;
  MetRows* pending_ = nullptr;
  std::uint64_t statements_ = 0;
  std::uint64_t absent_terms_ = 0;
  std::uint64_t bad_terms_ = 0;
};

}  // namespace dossier
