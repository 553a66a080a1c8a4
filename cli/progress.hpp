// How far a long run is. The pipeline tells phases and counts; who listens decides what to do with
// them. `advance` is called from any thread, a few times a second to a few thousand times.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace dossier {

class Progress {
 public:
  virtual ~Progress() = default;
  // A phase follows; it ends the one before. `unit` is what `advance` counts, may be empty.
  virtual void begin(std::string_view phase, std::string_view unit = {}) = 0;
  virtual void advance(std::uint64_t count) = 0;
  // How much of the phase is done, from 0 to 1, where that is known: tells the time that is left.
  virtual void share(double done) = 0;
  virtual void end() = 0;
};

// ", 43 %, 12 s left" of a phase that has taken `seconds`; nothing where the share is not known, is
// too small to tell, or is all.
std::string time_left(double seconds, double share);

class NoProgress final : public Progress {
 public:
  void begin(std::string_view, std::string_view) override {}
  void advance(std::uint64_t) override {}
  void share(double) override {}
  void end() override {}
};

// A line on stderr that a ticker thread redraws five times a second, so that a phase that reports
// nothing (writing a file) shows that it lives; with `keep`, a line for each finished phase.
class TerminalProgress final : public Progress {
 public:
  TerminalProgress(bool live, bool keep);
  ~TerminalProgress() override;
  void begin(std::string_view phase, std::string_view unit = {}) override;
  void advance(std::uint64_t count) override { count_.fetch_add(count, std::memory_order_relaxed); }
  void share(double done) override { share_.store(done, std::memory_order_relaxed); }
  void end() override;

  // Takes the line away, so that a message can be printed; the ticker draws it again.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  void tick(std::stop_token stop);
  std::string line() const;
  void finish_phase();

  bool live_;
  bool keep_;
  bool drawn_ = false;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::string phase_;  // empty: none
  std::string unit_;
  Clock::time_point started_;
  std::atomic<std::uint64_t> count_ = 0;
  std::atomic<double> share_ = 0;
  std::jthread ticker_;
};

}  // namespace dossier
