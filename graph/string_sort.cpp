#include "graph/string_sort.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <tuple>
#include <utility>

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
constexpr std::size_t kLargeRun = 1024;  // from here on bytes are counted, not keys compared

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
    small_.clear();
    if (run.end - run.begin <= kSmallRun) {
      small_.push_back(run);
      sort_small(run.depth);
      return;
    }
    const std::uint64_t differing = load_keys({begin, end}, run.depth);
    if (differing != 0 && run.end - run.begin >= kLargeRun) {
      sort_bytes({begin, end}, differing);
    } else if (differing != 0) {
      std::sort(begin, end, [](const Item& a, const Item& b) { return a.key < b.key; });
    }
    for (auto at = begin; at != end;) {
      auto after = at + 1;
      while (after != end && after->key == at->key) ++after;
      if (static_cast<std::size_t>(after - at) > kSmallRun) {
        split_equal(at, after, run.depth);
      } else if (after - at > 1) {
        small_.push_back({static_cast<std::size_t>(at - items_.begin()),
                          static_cast<std::size_t>(after - items_.begin()), run.depth});
      }
      at = after;
    }
    sort_small(run.depth + 8);
  }

  // The runs in small_, whose strings are alike up to `depth`.
  void sort_small(std::size_t depth) {
    constexpr std::size_t kAhead = 8;  // runs whose strings are fetched while others are sorted
    for (std::size_t i = 0; i < small_.size(); ++i) {
      if (i + 2 * kAhead < small_.size()) {
        for (const Item& each : items_of(small_[i + 2 * kAhead])) {
          __builtin_prefetch(&records_[each.index]);
        }
      }
      if (i + kAhead < small_.size()) {
        for (const Item& each : items_of(small_[i + kAhead])) {
          __builtin_prefetch(records_[each.index].data + depth);
        }
      }
      const std::span<Item> items = items_of(small_[i]);
      for (Item& each : items) each.key = key_at(records_[each.index], depth);
      std::ranges::sort(items, [&](const Item& a, const Item& b) {
        return a.key != b.key ? a.key < b.key : less(a, b, depth);
      });
    }
  }

  std::span<Item> items_of(const Run& run) {
    return std::span(items_).subspan(run.begin, run.end - run.begin);
  }

  // Returns the bits in which the keys are not all alike.
  std::uint64_t load_keys(std::span<Item> items, std::size_t depth) {
    constexpr std::size_t kAhead = 16;  // what is fetched while others are looked at
    std::uint64_t differing = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i + 2 * kAhead < items.size()) {
        __builtin_prefetch(&records_[items[i + 2 * kAhead].index]);
        __builtin_prefetch(records_[items[i + kAhead].index].data + depth);
      }
      items[i].key = key_at(records_[items[i].index], depth);
      differing |= items[i].key ^ items[0].key;
    }
    return differing;
  }

  // A pass over the items for each byte that differs, from the last on.
  void sort_bytes(std::span<Item> items, std::uint64_t differing) {
    constexpr unsigned kByte = 8;
    scratch_.resize(std::max(scratch_.size(), items.size()));
    std::span<Item> from = items;
    std::span<Item> to(scratch_.data(), items.size());
    for (unsigned shift = 0; shift < 64; shift += kByte) {
      if (((differing >> shift) & 0xFF) == 0) continue;
      std::array<std::uint32_t, 256> next{};
      for (const Item& each : from) ++next[(each.key >> shift) & 0xFF];
      std::uint32_t sum = 0;
      for (std::uint32_t& each : next) sum += std::exchange(each, sum);
      for (const Item& each : from) to[next[(each.key >> shift) & 0xFF]++] = each;
      std::swap(from, to);
    }
    if (from.data() != items.data()) std::ranges::copy(from, items.begin());
  }

  // Equal keys: strings that end here come first (shorter ones are prefixes of longer ones); the
  // rest goes on.
  void split_equal(LargeVector<Item>::iterator begin, LargeVector<Item>::iterator end,
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
  LargeVector<Item> items_;
  LargeVector<Item> scratch_;
  std::vector<Run> stack_;
  std::vector<Run> small_;
};

}  // namespace

std::vector<std::uint32_t> sorted_order(std::span<const TermRecord> records,
                                        std::span<const std::uint32_t> type_rank) {
  return Sorter(records, type_rank).run();
}

}  // namespace dossier
