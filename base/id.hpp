// Typed 32-bit ids. `using SourceId = Id<struct SourceTag>;` makes a type that compares, hashes and
// indexes, and that does not convert to another id or from a bare integer.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace dossier {

template <class Tag>
class Id {
 public:
  using value_type = std::uint32_t;
  constexpr Id() = default;  // none()
  constexpr explicit Id(std::uint32_t value) : value_(value) {}

  static constexpr Id none() { return Id(); }
  constexpr bool is_none() const { return value_ == kNone; }
  constexpr explicit operator bool() const { return value_ != kNone; }
  constexpr std::uint32_t value() const { return value_; }
  constexpr std::size_t index() const { return value_; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  std::uint32_t value_ = kNone;
};

}  // namespace dossier

template <class Tag>
struct std::hash<dossier::Id<Tag>> {
  std::size_t operator()(dossier::Id<Tag> id) const noexcept {
    return static_cast<std::size_t>(id.value()) * 0x9E37'79B9'7F4A'7C15u;
  }
};
