// Memory of which no more than a budget is held. Past it, pieces are mapped temporary files: the
// system writes their pages out and takes them away where it needs room, and brings them back when
// they are touched. One thread allocates; any number of threads use what they were given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

#include "base/diagnostic.hpp"

namespace dossier {

class SpillMemory {
 public:
  explicit SpillMemory(std::uint64_t budget = UINT64_MAX) : budget_(budget) {}
  ~SpillMemory();
  SpillMemory(const SpillMemory&) = delete;
  SpillMemory& operator=(const SpillMemory&) = delete;

  // Throws std::bad_alloc; error() then says whether a temporary file could not be made.
  void* allocate(std::size_t bytes);
  void give_back(void* at, std::size_t bytes);
  const std::optional<Error>& error() const { return error_; }

  // Tells that so many pages were touched: mapped ones are let go before they fill the budget.
  // Their contents stay. Not from two threads at once.
  void touched(std::uint64_t pages);
  std::uint64_t mapped() const { return mapped_; }  // bytes

 private:
  std::uint64_t budget_;
  std::uint64_t held_ = 0;
  std::uint64_t mapped_ = 0;
  std::uint64_t touched_ = 0;
  std::map<void*, std::size_t> pieces_;  // mapped ones
  std::optional<Error> error_;
};

// For std containers.
template <class T>
class SpillAllocator {
 public:
  using value_type = T;
  using propagate_on_container_move_assignment = std::true_type;

  explicit SpillAllocator(SpillMemory& memory) : memory_(&memory) {}
  template <class U>
  SpillAllocator(const SpillAllocator<U>& other) : memory_(other.memory()) {}  // NOLINT: implicit

  T* allocate(std::size_t count) { return static_cast<T*>(memory_->allocate(count * sizeof(T))); }
  void deallocate(T* at, std::size_t count) { memory_->give_back(at, count * sizeof(T)); }
  SpillMemory* memory() const { return memory_; }
  friend bool operator==(const SpillAllocator&, const SpillAllocator&) = default;

 private:
  SpillMemory* memory_;
};

}  // namespace dossier
