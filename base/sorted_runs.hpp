// More values than memory may hold, in order: sorted runs in a temporary file, then merged. Values
// are trivially copyable; equal ones all come. One thread.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/release.hpp"
#include "base/temporary_file.hpp"

namespace dossier {

template <class T>
  requires std::is_trivially_copyable_v<T>
class SortedRuns {
 public:
  // Holds so many bytes, while runs are made and while they are merged.
  explicit SortedRuns(std::size_t memory)
      : capacity_(std::max<std::size_t>(memory / sizeof(T), 64)) {}

  Expected<void> add(const T& value) {
    if (run_.size() == capacity_) {
      if (auto written = write_run(); !written) return written;
    }
    run_.push_back(value);
    return {};
  }

  // take(const T&) -> Expected<void> for all values in order. Once, at the end.
  template <class Take>
  Expected<void> merge(Take&& take) {
    if (!file_) {
      std::ranges::sort(run_);
      for (const T& each : run_) {
        if (Expected<void> taken = take(each); !taken) return taken;
      }
      return {};
    }
    if (auto written = write_run(); !written) return written;
    release(run_);
    const auto later = [](const Cursor* a, const Cursor* b) { return b->value() < a->value(); };
    std::vector<Cursor*> heap;
    for (Cursor& each : runs_) {
      each.room = std::max<std::size_t>(capacity_ / runs_.size(), 16);
      if (auto filled = each.fill(*file_); !filled) return filled;
      heap.push_back(&each);
    }
    std::ranges::make_heap(heap, later);
    while (!heap.empty()) {
      std::ranges::pop_heap(heap, later);
      Cursor& next = *heap.back();
      if (Expected<void> taken = take(next.value()); !taken) return taken;
      auto more = next.advance(*file_);
      if (!more) return std::unexpected(std::move(more.error()));
      if (*more) {
        std::ranges::push_heap(heap, later);
      } else {
        heap.pop_back();
      }
    }
    return {};
  }

 private:
  // Reads one run, a piece at a time.
  struct Cursor {
    std::uint64_t begin = 0;  // of what is not read yet, in bytes of the file
    std::uint64_t left = 0;   // values not read yet
    std::size_t room = 0;     // values read at a time
    std::vector<T> piece{};
    std::size_t at = 0;

    const T& value() const { return piece[at]; }
    Expected<void> fill(TemporaryFile& file) {
      piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(room, left)));
      at = 0;
      const std::size_t bytes = piece.size() * sizeof(T);
      const auto read = file.read_at(begin, {reinterpret_cast<char*>(piece.data()), bytes});
      if (!read) return std::unexpected(read.error());
      begin += bytes;
      left -= piece.size();
      return {};
    }
    Expected<bool> advance(TemporaryFile& file) {
      if (++at < piece.size()) return true;
      if (left == 0) return false;
      if (auto filled = fill(file); !filled) return std::unexpected(std::move(filled.error()));
      return true;
    }
  };

  Expected<void> write_run() {
    if (run_.empty()) return {};
    if (!file_) {
      auto made = TemporaryFile::create();
      if (!made) return std::unexpected(std::move(made.error()));
      file_.emplace(std::move(*made));
    }
    std::ranges::sort(run_);
    runs_.push_back({.begin = file_->size(), .left = run_.size()});
    const char* const bytes = reinterpret_cast<const char*>(run_.data());
    auto written = file_->append({bytes, run_.size() * sizeof(T)});
    run_.clear();
    return written;
  }

  std::size_t capacity_;
  std::vector<T> run_;
  std::vector<Cursor> runs_;
  std::optional<TemporaryFile> file_;
};

}  // namespace dossier
