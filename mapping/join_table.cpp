#include "mapping/join_table.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>

#include "base/hash.hpp"

namespace dossier {
namespace {

constexpr std::size_t kFirstSlots = 1024;
constexpr std::size_t kFirstBlock = std::size_t{64} << 10;
constexpr std::size_t kUsualBlock = std::size_t{1} << 20;
constexpr std::uint64_t kAddressBits = 48;
constexpr std::uint64_t kAddress = (std::uint64_t{1} << kAddressBits) - 1;
constexpr std::size_t kCacheLine = 64;
constexpr std::size_t kMostEntries = (std::size_t{1} << 30) - 1;

// The upper half of the hash: the lower one chose the slot.
std::uint64_t tag_of(std::uint32_t hash) {
  return std::uint64_t{hash >> 16} << kAddressBits;
}

JoinTable::Entry* entry_at(std::uint64_t slot) {
  return reinterpret_cast<JoinTable::Entry*>(slot & kAddress);
}

std::uint64_t slot_of(const JoinTable::Entry* entry, std::uint32_t hash) {
  const auto address = reinterpret_cast<std::uintptr_t>(entry);
  if ((address & ~kAddress) != 0) throw std::bad_alloc();  // not on the machines that there are
  return address | tag_of(hash);
}

std::size_t size_of_entry(std::size_t texts) {
  constexpr std::size_t kAlign = alignof(JoinTable::Entry);
  return (sizeof(JoinTable::Entry) + texts + kAlign - 1) / kAlign * kAlign;
}

}  // namespace

JoinTable::JoinTable(SpillMemory& memory)
    : memory_(&memory), slots_(kFirstSlots, SpillAllocator<Slot>(memory)) {}

std::uint32_t JoinTable::hash_of(std::string_view key) {
  const std::uint64_t hash = hash_bytes(key);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

char* JoinTable::allocate(std::size_t size) {
  if (blocks_.empty() || blocks_.back().left() < size) {
    const std::size_t room =
        std::max({size, kFirstBlock, std::min(bytes_, kUsualBlock), bytes_ / 4});
    bytes_ += room;
    auto* const bytes = static_cast<char*>(memory_->allocate(room));
    blocks_.push_back({{bytes, GiveBack{memory_, room}}, 0});
  }
  Block& block = blocks_.back();
  char* const at = block.bytes.get() + block.used;
  block.used += size;
  return at;
}

// The slot of `key`: its own, or the empty one where it belongs.
std::size_t JoinTable::place(std::string_view key, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  const std::uint64_t tag = tag_of(hash);
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot slot = slots_[at];
    if (slot == 0) return at;
    if ((slot & ~kAddress) != tag) continue;
    const Entry& entry = *entry_at(slot);
    if (entry.hash == hash && entry.key() == key) return at;
  }
}

// What stands in the first slot for `hash`, if it may be of that key.
const JoinTable::Entry* JoinTable::likely_entry(std::uint32_t hash) const {
  const Slot slot = slots_[hash & (slots_.size() - 1)];
  return (slot & ~kAddress) == tag_of(hash) ? entry_at(slot) : nullptr;
}

void JoinTable::fetch_slot(std::uint32_t hash) const {
  __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
}

void JoinTable::fetch_entry(std::uint32_t hash) const {
  const Entry* entry = likely_entry(hash);
  if (entry == nullptr) return;
  __builtin_prefetch(entry);
  __builtin_prefetch(reinterpret_cast<const char*>(entry) + kCacheLine);
}

void JoinTable::fetch_last(std::uint32_t hash) const {
  const Entry* entry = likely_entry(hash);
  if (entry != nullptr) __builtin_prefetch(entry->last);
}

void JoinTable::add(std::string_view key, std::uint32_t hash, std::string_view subject, Kind kind) {
  Slot& slot = slots_[place(key, hash)];
  Entry* const first = slot == 0 ? nullptr : entry_at(slot);
  if (first != nullptr && first->last->kind() == kind && first->last->subject() == subject) return;
  if (size_ == kMostEntries) throw std::bad_alloc();
  auto* const entry = new (allocate(size_of_entry(key.size() + subject.size()))) Entry{};
  entry->hash = hash;
  entry->key_size = static_cast<std::uint32_t>(key.size());
  entry->subject_size = static_cast<std::uint32_t>(subject.size());
  entry->index = static_cast<std::uint32_t>(size_++) & kMostEntries;
  entry->kind_bits = static_cast<std::uint32_t>(kind) & 3u;
  char* const texts = reinterpret_cast<char*>(entry + 1);
  if (!key.empty()) std::memcpy(texts, key.data(), key.size());
  if (!subject.empty()) std::memcpy(texts + key.size(), subject.data(), subject.size());
  if (first != nullptr) {
    first->last->next = entry;
    first->last = entry;
    return;
  }
  entry->last = entry;
  slot = slot_of(entry, hash);
  if (++keys_ * 2 > slots_.size()) grow();
}

const JoinTable::Entry* JoinTable::find(std::string_view key, std::uint32_t hash) const {
  return entry_at(slots_[place(key, hash)]);
}

// The entries are walked through as they lie, which is the order that memory likes.
void JoinTable::grow() {
  Slots larger(slots_.size() * 2, slots_.get_allocator());
  const std::size_t mask = larger.size() - 1;
  for (const Block& block : blocks_) {
    for (std::size_t begin = 0; begin < block.used;) {
      const auto& entry = *reinterpret_cast<const Entry*>(block.bytes.get() + begin);
      begin += size_of_entry(std::size_t{entry.key_size} + entry.subject_size);
      if (entry.last == nullptr) continue;
      std::size_t at = entry.hash & mask;
      while (larger[at] != 0) at = (at + 1) & mask;
      larger[at] = slot_of(&entry, entry.hash);
    }
  }
  slots_ = std::move(larger);
}

}  // namespace dossier
