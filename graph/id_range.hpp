// A range of ids that count up, and its iterator: what a column-wise container gives for "all
// nodes" or "the edges of this node" without storing them. Costs nothing over a pair of integers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace dossier {

template <class IdType>
class IdIterator {
 public:
  // Random access although the reference is a value: algorithms that jump are welcome.
  using iterator_category = std::random_access_iterator_tag;
  using value_type = IdType;
  using difference_type = std::ptrdiff_t;
  using pointer = const IdType*;
  using reference = IdType;

  IdIterator() = default;
  explicit IdIterator(std::uint32_t at) : at_(at) {}

  reference operator*() const { return IdType(at_); }
  reference operator[](difference_type n) const { return *(*this + n); }
  IdIterator& operator++() { return ++at_, *this; }
  IdIterator operator++(int) { return IdIterator(at_++); }
  IdIterator& operator--() { return --at_, *this; }
  IdIterator operator--(int) { return IdIterator(at_--); }
  IdIterator& operator+=(difference_type n) {
    at_ = static_cast<std::uint32_t>(at_ + n);
    return *this;
  }
  IdIterator& operator-=(difference_type n) { return *this += -n; }
  friend IdIterator operator+(IdIterator i, difference_type n) { return i += n; }
  friend IdIterator operator+(difference_type n, IdIterator i) { return i += n; }
  friend IdIterator operator-(IdIterator i, difference_type n) { return i -= n; }
  friend difference_type operator-(IdIterator a, IdIterator b) {
    return static_cast<difference_type>(a.at_) - static_cast<difference_type>(b.at_);
  }
  friend auto operator<=>(IdIterator, IdIterator) = default;

 private:
  std::uint32_t at_ = 0;
};

template <class IdType>
class IdRange {
 public:
  using iterator = IdIterator<IdType>;
  IdRange() = default;
  IdRange(std::uint32_t first, std::uint32_t last) : first_(first), last_(last) {}
  iterator begin() const { return iterator(first_); }
  iterator end() const { return iterator(last_); }
  std::size_t size() const { return last_ - first_; }
  bool empty() const { return first_ == last_; }
  IdType operator[](std::size_t i) const { return IdType(first_ + static_cast<std::uint32_t>(i)); }

 private:
  std::uint32_t first_ = 0;
  std::uint32_t last_ = 0;
};

}  // namespace dossier
