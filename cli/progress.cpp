#include "cli/progress.hpp"

#include <cstdio>

#include <fmt/format.h>

#include "base/text.hpp"

namespace dossier {
namespace {

constexpr std::chrono::milliseconds kRedraw{200};
constexpr std::string_view kClearLine = "\r\x1b[K";

void to_stderr(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

}  // namespace

std::string time_left(double seconds, double share) {
  constexpr double kLeastShare = 0.01;
  if (share < kLeastShare || share >= 1) return {};
  const double left = seconds * (1 - share) / share;
  const auto whole = static_cast<std::uint64_t>(left + 0.5);
  constexpr std::uint64_t kMinute = 60;
  const std::string time = whole < kMinute
                               ? fmt::format("{} s", whole)
                               : fmt::format("{} min {:02} s", whole / kMinute, whole % kMinute);
  return fmt::format(", {:.0f} %, {} left", share * 100, time);
}

TerminalProgress::TerminalProgress(bool live, bool keep) : live_(live), keep_(keep) {
  if (live_) ticker_ = std::jthread([this](std::stop_token stop) { tick(std::move(stop)); });
}

TerminalProgress::~TerminalProgress() {
  end();
}

void TerminalProgress::begin(std::string_view phase, std::string_view unit) {
  const std::scoped_lock lock(mutex_);
  finish_phase();
  phase_ = phase;
  unit_ = unit;
  started_ = Clock::now();
  count_ = 0;
  share_ = 0;
}

void TerminalProgress::end() {
  const std::scoped_lock lock(mutex_);
  finish_phase();
}

void TerminalProgress::clear() {
  const std::scoped_lock lock(mutex_);
  if (drawn_) to_stderr(kClearLine);
  drawn_ = false;
}

void TerminalProgress::finish_phase() {
  if (drawn_) to_stderr(kClearLine);
  drawn_ = false;
  if (!phase_.empty() && keep_) to_stderr(line() + "\n");
  phase_.clear();
}

std::string TerminalProgress::line() const {
  const double seconds = std::chrono::duration<double>(Clock::now() - started_).count();
  const std::uint64_t count = count_.load(std::memory_order_relaxed);
  const std::string left = time_left(seconds, share_.load(std::memory_order_relaxed));
  if (unit_.empty() || count == 0) return fmt::format("{}: {:.1f} s{}", phase_, seconds, left);
  const auto rate = static_cast<std::uint64_t>(static_cast<double>(count) / (seconds + 1e-3));
  return fmt::format("{}: {} {}, {:.1f} s, {} a second{}", phase_, with_separators(count), unit_,
                     seconds, with_separators(rate), left);
}

void TerminalProgress::tick(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    wake_.wait_for(lock, stop, kRedraw, [] { return false; });
    if (phase_.empty() || stop.stop_requested()) continue;
    if (Clock::now() - started_ < kRedraw) continue;  // short phases do not flicker
    to_stderr(std::string(kClearLine) + line());
    drawn_ = true;
  }
}

}  // namespace dossier
