#include "graph/string_sort.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <tuple>

namespace dossier {
namespace {

struct Item {
  std::uint64_t key;
  std::uint32_t index;
};

struct Run {
  std::size_t begin;
  std::size_t end;
  std::size_t depth;
};

constexpr std::size_t kSmallRun = 12;

// The eight bytes from `depth` on as a number that sorts like them; zeros stand behind the end.
std::uint64_t key_at(const TermRecord& record, std::size_t depth) {
  if (record.size >= depth + 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, record.data + depth, 8);
    return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
  }
  std::uint64_t word = 0;
  for (std::size_t i = depth; i < depth + 8; ++i) {
    word = (word << 8) | (i < record.size ? static_cast<unsigned char>(record.data[i]) : 0u);
  }
  return word;
}

class Sorter {
 public:
  Sorter(std::span<const TermRecord> records, std::span<const std::uint32_t> type_rank)
      : records_(records), type_rank_(type_rank), items_(records.size()) {}

  std::vector<std::uint32_t> run() {
    for (std::uint32_t i = 0; i < items_.size(); ++i) items_[i].index = i;
    if (!items_.empty()) stack_.push_back({0, items_.size(), 0});
    while (!stack_.empty()) {
      const Run next = stack_.back();
      stack_.pop_back();
      sort_run(next);
    }
    std::vector<std::uint32_t> order(items_.size());
    std::ranges::transform(items_, order.begin(), &Item::index);
    return order;
  }

 private:
  std::uint32_t rank(const TermRecord& record) const {
    return type_rank_.empty() ? 0 : type_rank_[record.type];
  }

  void sort_run(const Run& run) {
    const auto begin = items_.begin() + static_cast<std::ptrdiff_t>(run.begin);
    const auto end = items_.begin() + static_cast<std::ptrdiff_t>(run.end);
    if (run.end - run.begin <= kSmallRun) {
      std::sort(begin, end, [&](const Item& a, const Item& b) { return less(a, b, run.depth); });
      return;
    }
    bool all_equal = true;
    const std::uint64_t first = key_at(records_[begin->index], run.depth);
    for (auto at = begin; at != end; ++at) {
      at->key = key_at(records_[at->index], run.depth);
      all_equal = all_equal && at->key == first;
    }
    if (!all_equal) {
      std::sort(begin, end, [](const Item& a, const Item& b) { return a.key < b.key; });
    }
    for (auto at = begin; at != end;) {
      auto after = at + 1;
      while (after != end && after->key == at->key) ++after;
      if (after - at > 1) split_equal(at, after, run.depth);
      at = after;
    }
  }

  // Equal keys: strings that end here come first (shorter ones are prefixes of longer ones); the
  // rest goes on.
  void split_equal(std::vector<Item>::iterator begin, std::vector<Item>::iterator end,
                   std::size_t depth) {
    const std::size_t next = depth + 8;
    const auto rest = std::partition(
        begin, end, [&](const Item& item) { return records_[item.index].size <= next; });
    std::sort(begin, rest, [&](const Item& a, const Item& b) {
      const TermRecord& x = records_[a.index];
      const TermRecord& y = records_[b.index];
      return std::tuple(x.size, rank(x)) < std::tuple(y.size, rank(y));
    });
    if (end - rest > 1) {
      stack_.push_back({static_cast<std::size_t>(rest - items_.begin()),
                        static_cast<std::size_t>(end - items_.begin()), next});
    }
  }

  bool less(const Item& a, const Item& b, std::size_t depth) const {
    const TermRecord& x = records_[a.index];
    const TermRecord& y = records_[b.index];
    const std::size_t common = std::min(x.size, y.size);
    const int order =
        common > depth ? std::memcmp(x.data + depth, y.data + depth, common - depth) : 0;
    if (order != 0) return order < 0;
    return std::tuple(x.size, rank(x)) < std::tuple(y.size, rank(y));
  }

  std::span<const TermRecord> records_;
  std::span<const std::uint32_t> type_rank_;
  std::vector<Item> items_;
  std::vector<Run> stack_;
};

}  // namespace

std::vector<std::uint32_t> sorted_order(std::span<const TermRecord> records,
                                        std::span<const std::uint32_t> type_rank) {
  return Sorter(records, type_rank).run();
}

}  // namespace dossier
