// Brings the terms of the next statements near the processor while those before them are written:
// a look-up costs two cache misses (record, bytes) and writing waits for little else. Measured on 5
// M statements: 2 to 3 times as fast. One thread; borrows the graph.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "graph/graph.hpp"

namespace dossier {

class Lookahead {
 public:
  explicit Lookahead(const Graph& graph)
      : graph_(graph), first_(graph.statements().data()), count_(graph.size()) {}

  // `at` is about to be written. Statements outside of Graph::statements() are ignored.
  void at(const Statement* at) {
    const auto bytes =
        reinterpret_cast<std::uintptr_t>(at) - reinterpret_cast<std::uintptr_t>(first_);
    const std::size_t position = bytes / sizeof(Statement);
    if (position >= count_) return;
    const bool elsewhere = position + kTexts < texts_ || position > records_;
    if (elsewhere) texts_ = records_ = position;
    const std::size_t records = std::min(position + kRecords, count_);
    for (; records_ < records; ++records_) {
      const Statement& s = first_[records_];
      graph_.prefetch_record(s.object);
      if (records_ == 0 || s.subject != first_[records_ - 1].subject)
        graph_.prefetch_record(s.subject);
    }
    const std::size_t texts = std::min(position + kTexts, records_);
    for (; texts_ < texts; ++texts_) {
      const Statement& s = first_[texts_];
      graph_.prefetch_text(s.object);
      if (texts_ == 0 || s.subject != first_[texts_ - 1].subject) graph_.prefetch_text(s.subject);
    }
  }

 private:
  static constexpr std::size_t kRecords = 32;  // statements ahead
  static constexpr std::size_t kTexts = 16;

  const Graph& graph_;
  const Statement* first_;
  std::size_t count_;
  std::size_t records_ = 0;
  std::size_t texts_ = 0;
};

}  // namespace dossier
