// Memory for arrays of many megabytes that are walked in no order: large ones ask the system for
// pages of 2 MiB, which costs a tenth of the page faults and address look-ups.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace dossier {

inline constexpr std::size_t kLargePage = std::size_t{2} << 20;

// `bytes` is at least kLargePage; given back with std::free.
inline void* allocate_large(std::size_t bytes) {
  const std::size_t whole = (bytes + kLargePage - 1) / kLargePage * kLargePage;
  void* const memory = std::aligned_alloc(kLargePage, whole);
  if (memory == nullptr) throw std::bad_alloc();
#if defined(__linux__)
  ::madvise(memory, whole, MADV_HUGEPAGE);  // a wish: without it all is the same but slower
#endif
  return memory;
}

template <class T>
class LargeAllocator {
 public:
  using value_type = T;

  LargeAllocator() = default;
  template <class U>
  LargeAllocator(const LargeAllocator<U>&) {}  // NOLINT: implicit, as allocators are

  T* allocate(std::size_t count) {
    if (is_large(count)) return static_cast<T*>(allocate_large(count * sizeof(T)));
    return static_cast<T*>(::operator new(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) {
    if (is_large(count)) {
      std::free(memory);  // NOLINT: of allocate_large
    } else {
      ::operator delete(memory);
    }
  }
  friend bool operator==(const LargeAllocator&, const LargeAllocator&) { return true; }

 private:
  static bool is_large(std::size_t count) { return count >= 2 * kLargePage / sizeof(T); }
};

template <class T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

// push_back for arrays that become large: memory that is not touched costs nothing, so a large one
// that is full takes eight times its size and is copied seldom. `capacity` then tells nothing.
template <class T>
void append_large(LargeVector<T>& to, const T& value) {
  constexpr std::size_t kFactor = 8;
  if (to.size() == to.capacity() && to.size() >= 2 * kLargePage / sizeof(T)) {
    try {
      to.reserve(kFactor * to.size());
    } catch (const std::bad_alloc&) {  // push_back asks for less
    }
  }
  to.push_back(value);
}

}  // namespace dossier
