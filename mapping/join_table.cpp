#include "mapping/join_table.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "base/hash.hpp"

namespace dossier {
namespace {

std::uint32_t hash_of(std::string_view key) {
  const std::uint64_t hash = hash_bytes(key);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

}  // namespace

JoinTable::JoinTable(SpillMemory& memory)
    : entries_(SpillAllocator<Entry>(memory)), slots_(1024, SpillAllocator<Slot>(memory)) {}

char* JoinTable::allocate_text(std::size_t size) {
  if (size > text_left_ || texts_.empty()) {
    text_left_ = std::max({size, kTextBlock, text_bytes_ / 4});
    text_bytes_ += text_left_;
    texts_.emplace_back(text_left_, SpillAllocator<char>(*entries_.get_allocator().memory()));
  }
  char* const at = texts_.back().data() + (texts_.back().size() - text_left_);
  text_left_ -= size;
  return at;
}

// The slot of `key`: its own, or the empty one where it belongs.
std::size_t JoinTable::place(std::string_view key, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.first == kEnd) return at;
    const Entry& entry = entries_[slot.first];
    if (entry.hash == hash && entry.key() == key) return at;
  }
}

void JoinTable::add(std::string_view key, std::string_view subject, Kind kind) {
  const std::uint32_t hash = hash_of(key);
  Slot& slot = slots_[place(key, hash)];
  if (slot.last != kEnd && entries_[slot.last].kind == kind &&
      entries_[slot.last].subject() == subject) {
    return;
  }
  if (entries_.size() >= kEnd) throw std::bad_alloc();
  const auto index = static_cast<std::uint32_t>(entries_.size());
  Entry entry;
  entry.key_size = static_cast<std::uint32_t>(key.size());
  entry.subject_size = static_cast<std::uint32_t>(subject.size());
  entry.hash = hash;
  entry.kind = kind;
  char* data = allocate_text(key.size() + subject.size());
  if (!key.empty()) std::memcpy(data, key.data(), key.size());
  if (!subject.empty()) std::memcpy(data + key.size(), subject.data(), subject.size());
  entry.data = data;
  entries_.push_back(entry);
  if (slot.first == kEnd) {
    slot.first = index;
    ++keys_;
  } else {
    entries_[slot.last].next = index;
  }
  slot.last = index;
  if (keys_ * 2 > slots_.size()) grow();
}

std::uint32_t JoinTable::find(std::string_view key) const {
  return slots_[place(key, hash_of(key))].first;
}

void JoinTable::grow() {
  Spilling<Slot> larger(slots_.size() * 2, slots_.get_allocator());
  const std::size_t mask = larger.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.first == kEnd) continue;
    std::size_t at = entries_[slot.first].hash & mask;
    while (larger[at].first != kEnd) at = (at + 1) & mask;
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

}  // namespace dossier
