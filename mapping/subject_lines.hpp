// Lines that only lines of the same subject may be equal to, by subject: one look-up for all lines
// of a record, whose fingerprints lie one behind the other. When a subject comes again they are
// handed over, to be looked for among all others. One thread. 24 bytes a subject, at most three
// quarters full, and 16 a line.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "mapping/fingerprint_set.hpp"

namespace dossier {

class SubjectLines {
 public:
  struct Entry {
    Fingerprint subject;
    std::uint64_t first : 40 = 0;  // in the order of `add`
    std::uint64_t count : 24 = 0;  // kMany: handed over
  };

  void prefetch(const Fingerprint& subject) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[place(subject)]);
  }

  // The entry of a subject that comes for the first time, until the next call; null for others, and
  // where the record itself may make a line twice (`alone` false): lines of this subject that were
  // added go to `hand_over`, and none is added from now on.
  template <class Take>
  Entry* enter(const Fingerprint& subject, bool alone, Take&& hand_over) {
    if (needs_slots()) grow();
    Entry& entry = slots_[find(slots_, subject)];
    if (entry.subject.low == 0) {
      ++used_;
      entry.subject = subject;
      entry.first = lines_ & ((std::uint64_t{1} << 40) - 1);
      entry.count = alone ? 0 : kMany;
      return alone ? &entry : nullptr;
    }
    hand(entry, hand_over);
    entry.count = kMany;
    return nullptr;
  }

  // False when the subject has too many lines: the entry is to be left.
  bool add(Entry& entry, const Fingerprint& line) {
    if (entry.count + 1 == kMany) return false;
    const std::size_t in_block = lines_ % kBlock;
    if (in_block == 0) blocks_.push_back(std::make_unique<Fingerprint[]>(kBlock));
    blocks_.back()[in_block] = line;
    ++lines_;
    entry.count = (entry.count + 1) & kMany;
    return true;
  }

  template <class Take>
  void for_each(Take&& take) const {
    for (const Entry& entry : slots_) hand(entry, take);
  }

  std::size_t bytes() const {
    return slots_.capacity() * sizeof(Entry) + blocks_.size() * kBlock * sizeof(Fingerprint);
  }
  // What the next subject and line take besides; 0: nothing. While a table grows there are both.
  std::size_t next_bytes() const {
    const std::size_t slots = needs_slots() ? std::max(kFirstSlots, slots_.size() * 2) : 0;
    const std::size_t lines = lines_ % kBlock == 0 ? kBlock : 0;
    return slots * sizeof(Entry) + lines * sizeof(Fingerprint);
  }

 private:
  static constexpr std::size_t kFirstSlots = std::size_t{1} << 10;
  static constexpr std::size_t kBlock = std::size_t{1} << 12;
  static constexpr std::uint32_t kMany = (std::uint32_t{1} << 24) - 1;
  using Slots = std::vector<Entry>;

  bool needs_slots() const { return (used_ + 1) * 4 > slots_.size() * 3; }
  std::size_t place(const Fingerprint& subject) const {
    return static_cast<std::size_t>(subject.high) & (slots_.size() - 1);
  }
  // Where `subject` stands in `slots`, or the empty slot where it belongs.
  static std::size_t find(const Slots& slots, const Fingerprint& subject) {
    const std::size_t mask = slots.size() - 1;
    std::size_t at = static_cast<std::size_t>(subject.high) & mask;
    while (slots[at].subject.low != 0 && slots[at].subject != subject) at = (at + 1) & mask;
    return at;
  }
  void grow() {
    Slots larger(slots_.empty() ? kFirstSlots : slots_.size() * 2);
    for (const Entry& entry : slots_) {
      if (entry.subject.low != 0) larger[find(larger, entry.subject)] = entry;
    }
    slots_ = std::move(larger);
  }
  template <class Take>
  void hand(const Entry& entry, Take&& take) const {
    if (entry.count == kMany) return;
    for (std::uint64_t i = entry.first; i < entry.first + entry.count; ++i) {
      take(blocks_[i / kBlock][i % kBlock]);
    }
  }

  Slots slots_;
  std::size_t used_ = 0;
  std::vector<std::unique_ptr<Fingerprint[]>> blocks_;
  std::uint64_t lines_ = 0;
};

}  // namespace dossier
