// Bytes that were taken to look at them (a magic number, a byte order mark), and then the rest of
// the source they came from.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "base/input.hpp"

namespace dossier {

class ReplaySource final : public ByteSource {
 public:
  ReplaySource(std::string taken, std::unique_ptr<ByteSource> rest)
      : ByteSource(rest->name()), taken_(std::move(taken)), rest_(std::move(rest)) {}

  Expected<std::size_t> read(std::span<char> into) override {
    const std::size_t n = std::min(into.size(), taken_.size() - at_);
    if (n > 0) std::memcpy(into.data(), taken_.data() + at_, n);
    at_ += n;
    if (n == into.size()) return n;
    const Expected<std::size_t> more = rest_->read(into.subspan(n));
    if (!more) return more;
    return n + *more;
  }

 private:
  std::string taken_;
  std::size_t at_ = 0;
  std::unique_ptr<ByteSource> rest_;
};

}  // namespace dossier
