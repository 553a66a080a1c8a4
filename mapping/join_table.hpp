// The parents of a join by key: built in one pass over the parent source, then read by all workers.
// An entry and its texts lie together, so that a look-up waits for memory twice: for the slot,
// which tells nearly all other keys apart by itself, and for the entry. Who has several look-ups to
// make fetches ahead, so that the waits overlap. Entries with one key form a chain in the order of
// the parent source, so that output keeps its order. Cost: 32 bytes an entry, its texts, 16 bytes
// for a slot, in memory that goes on in temporary files.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/spill_memory.hpp"
#include "mapping/plan.hpp"

namespace dossier {

class JoinTable {
 public:
  // What a subject's text is: `statement` is what encoded_term.hpp reads.
  enum class Kind : std::uint8_t { iri, blank, statement };

  // The key stands behind it in memory, and the subject behind that.
  struct Entry {
    const Entry* next;  // with the same key; null: no more
    Entry* last;        // of the chain that this one begins; null: it begins none
    std::uint32_t hash;
    std::uint32_t key_size;
    std::uint32_t subject_size;
    std::uint32_t index : 30;  // in the order of `add`
    std::uint32_t kind_bits : 2;

    Kind kind() const { return static_cast<Kind>(kind_bits); }
    std::string_view key() const { return {reinterpret_cast<const char*>(this + 1), key_size}; }
    std::string_view subject() const {
      return {reinterpret_cast<const char*>(this + 1) + key_size, subject_size};
    }
  };

  explicit JoinTable(SpillMemory& memory);
  JoinTable(JoinTable&&) noexcept = default;
  JoinTable& operator=(JoinTable&&) noexcept = default;
  static std::uint32_t hash_of(std::string_view key);

  // An equal pair right before is dropped; other duplicates stay.
  void add(std::string_view key, std::uint32_t hash, std::string_view subject, Kind kind);

  // The first entry with `key`, or null.
  const Entry* find(std::string_view key, std::uint32_t hash) const;
  const Entry* find(std::string_view key) const { return find(key, hash_of(key)); }
  std::size_t size() const { return size_; }

  // Of a key that will be looked for or added: first its slot, some keys later the entry there,
  // then, where it will be added, the end of its chain.
  void fetch_slot(std::uint32_t hash) const;
  void fetch_entry(std::uint32_t hash) const;
  void fetch_last(std::uint32_t hash) const;

 private:
  // An address of 48 bits, below 16 bits of the hash; 0: empty.
  using Slot = std::uint64_t;
  using Slots = std::vector<Slot, SpillAllocator<Slot>>;
  // Entries one behind the other: none is ever moved. Not zeroed.
  struct GiveBack {
    SpillMemory* memory;
    std::size_t size;
    void operator()(char* bytes) const { memory->give_back(bytes, size); }
  };
  struct Block {
    std::unique_ptr<char, GiveBack> bytes;
    std::size_t used = 0;
    std::size_t left() const { return bytes.get_deleter().size - used; }
  };

  std::size_t place(std::string_view key, std::uint32_t hash) const;
  const Entry* likely_entry(std::uint32_t hash) const;
  char* allocate(std::size_t size);
  void grow();

  SpillMemory* memory_;
  std::vector<Block> blocks_;
  std::size_t bytes_ = 0;  // of all blocks
  Slots slots_;
  std::size_t size_ = 0;
  std::size_t keys_ = 0;
};

}  // namespace dossier
