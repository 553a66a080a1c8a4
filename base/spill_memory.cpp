#include "base/spill_memory.hpp"

#include <new>
#include <sys/mman.h>

#include "base/temporary_file.hpp"

namespace dossier {
namespace {

constexpr std::uint64_t kPageBytes = 4096;
// With a page the system maps those beside it that it has in memory: up to 16, some of them before.
constexpr std::uint64_t kMappedAround = 4;
constexpr std::size_t kLeastMapped = std::size_t{64} << 10;  // smaller pieces are not worth a file

}  // namespace

SpillMemory::~SpillMemory() {
  for (const auto& [at, bytes] : pieces_) ::munmap(at, bytes);
}

void* SpillMemory::allocate(std::size_t bytes) {
  if (held_ + bytes <= budget_ || bytes < kLeastMapped) {
    void* const at = ::operator new(bytes);
    held_ += bytes;
    return at;
  }
  auto file = TemporaryFile::create();
  auto at = file ? file->map(bytes) : Expected<char*>(std::unexpected(file.error()));
  if (!at) {
    error_ = std::move(at.error());
    throw std::bad_alloc();
  }
  pieces_.emplace(*at, bytes);
  mapped_ += bytes;
  return *at;
}

void SpillMemory::give_back(void* at, std::size_t bytes) {
  const auto found = pieces_.find(at);
  if (found == pieces_.end()) {
    ::operator delete(at);
    held_ -= bytes;
    return;
  }
  ::munmap(at, bytes);
  mapped_ -= bytes;
  pieces_.erase(found);
}

void SpillMemory::touched(std::uint64_t pages) {
  if (mapped_ == 0) return;
  touched_ += pages * kMappedAround;
  if (touched_ * kPageBytes < budget_) return;
  touched_ = 0;
  for (const auto& [at, bytes] : pieces_) ::madvise(at, bytes, MADV_DONTNEED);
}

}  // namespace dossier
