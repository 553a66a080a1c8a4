// The parents of a join by key: built in one pass over the parent source, then read by all workers.
// Texts of keys and subjects live in an arena; entries with one key form a chain in the order of
// the parent source, so that output keeps its order. Cost: 32 bytes an entry and the texts, in
// memory that goes on in temporary files.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/spill_memory.hpp"
#include "mapping/plan.hpp"

namespace dossier {

class JoinTable {
 public:
  static constexpr std::uint32_t kEnd = 0xFFFF'FFFF;

  // What a subject's text is: `statement` is what encoded_term.hpp reads.
  enum class Kind : std::uint8_t { iri, blank, statement };

  struct Entry {
    const char* data = nullptr;  // the key, then the subject
    std::uint32_t key_size = 0;
    std::uint32_t subject_size = 0;
    std::uint32_t hash = 0;
    std::uint32_t next = kEnd;
    Kind kind = Kind::iri;

    std::string_view key() const { return {data, key_size}; }
    std::string_view subject() const { return {data + key_size, subject_size}; }
  };

  explicit JoinTable(SpillMemory& memory);
  JoinTable(JoinTable&&) noexcept = default;
  JoinTable& operator=(JoinTable&&) noexcept = default;
  // An equal pair right before is dropped; other duplicates stay.
  void add(std::string_view key, std::string_view subject, Kind kind);

  // The first entry with `key`, or kEnd; go on with entry(i).next.
  std::uint32_t find(std::string_view key) const;
  const Entry& entry(std::uint32_t i) const { return entries_[i]; }
  std::size_t size() const { return entries_.size(); }

 private:
  struct Slot {
    std::uint32_t first = kEnd;
    std::uint32_t last = kEnd;
  };
  std::size_t place(std::string_view key, std::uint32_t hash) const;
  void grow();

  template <class T>
  using Spilling = std::vector<T, SpillAllocator<T>>;
  static constexpr std::size_t kTextBlock = std::size_t{1} << 20;

  char* allocate_text(std::size_t size);

  std::vector<Spilling<char>> texts_;  // none is ever moved
  std::size_t text_bytes_ = 0;
  std::size_t text_left_ = 0;  // in the newest
  Spilling<Entry> entries_;
  Spilling<Slot> slots_;
  std::size_t keys_ = 0;
};

}  // namespace dossier
