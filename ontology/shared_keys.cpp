#include "ontology/shared_keys.hpp"

#include <algorithm>
#include <numeric>

namespace dossier {
namespace {

// Rows of as many values as there are properties, and the node.
class KeyTable {
 public:
  KeyTable(const TermSpace& terms, std::span<const TermId> properties, std::uint64_t most)
      : terms_(terms), properties_(properties), most_(most) {}

  // False when there are too many.
  bool add(TermId node) {
    std::uint64_t combinations = 1;
    for (const TermId property : properties_) {
      combinations *= terms_.about(node, property).size();
      if (combinations > most_) return false;
    }
    count_ += combinations;
    if (count_ > most_) return false;
    for (std::uint64_t number = 0; number < combinations; ++number) add_key(node, number);
    return true;
  }

  std::vector<SharedKey> sharing() const {
    std::vector<std::size_t> order(cells_.size() / width());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
      return std::ranges::lexicographical_compare(row(a), row(b));
    });
    std::vector<SharedKey> out;
    for (std::size_t i = 0; i < order.size();) {
      std::size_t end = i + 1;
      while (end < order.size() && std::ranges::equal(key(order[i]), key(order[end]))) ++end;
      // Rows of one key stand in the order of their nodes, so the first and the last tell.
      const TermId first = row(order[i]).back();
      const TermId last = row(order[end - 1]).back();
      for (std::size_t k = i; first != last && k < end; ++k) {
        const TermId node = row(order[k]).back();
        out.push_back({node, node == first ? last : first});
      }
      i = end;
    }
    std::ranges::stable_sort(out, {}, &SharedKey::node);
    const auto repeats = std::ranges::unique(out, {}, &SharedKey::node);
    out.erase(repeats.begin(), repeats.end());
    return out;
  }

 private:
  std::size_t width() const { return properties_.size() + 1; }
  std::span<const TermId> row(std::size_t number) const {
    return std::span(cells_).subspan(number * width(), width());
  }
  std::span<const TermId> key(std::size_t number) const {
    return row(number).first(properties_.size());
  }

  // The combination of this number, the first property counting fastest.
  void add_key(TermId node, std::uint64_t number) {
    for (const TermId property : properties_) {
      const auto values = terms_.about(node, property);
      cells_.push_back(values[number % values.size()].object);
      number /= values.size();
    }
    cells_.push_back(node);
  }

  const TermSpace& terms_;
  std::span<const TermId> properties_;
  std::uint64_t most_;
  std::uint64_t count_ = 0;
  std::vector<TermId> cells_;
};

}  // namespace

std::optional<std::vector<SharedKey>> nodes_sharing_keys(const TermSpace& terms,
                                                         std::span<const TermId> nodes,
                                                         std::span<const TermId> properties,
                                                         std::uint64_t most) {
  KeyTable table(terms, properties, most);
  for (const TermId node : nodes) {
    if (!table.add(node)) return std::nullopt;
  }
  return table.sharing();
}

}  // namespace dossier
