#include "base/interrupt.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <unistd.h>

#include "base/codes/files.hpp"

namespace dossier {
namespace {

constexpr std::size_t kSlots = 256;
constexpr std::size_t kPathBytes = 4096;

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

enum SlotState : int { slot_free = 0, slot_filling = 1, slot_used = 2 };

struct Slot {
  std::atomic<int> state{slot_free};
  char path[kPathBytes] = {};
};

// A fixed table: a signal handler may touch neither locks nor the heap.
std::array<Slot, kSlots> slots;

// A handler may not format. E0011 is code::interrupted.
constexpr std::string_view kMessage = "error: interrupted by a signal [E0011]\n";

std::atomic<int> creations{0};  // temporaries being made, not yet remembered
std::atomic<bool> dying{false};

extern "C" void unlink_and_die(int signal_number) {
  dying.store(true);
  while (creations.load() > 0) ::poll(nullptr, 0, 1);
  for (Slot& slot : slots) {
    if (slot.state.load(std::memory_order_acquire) == slot_used) ::unlink(slot.path);
  }
  [[maybe_unused]] const ssize_t ignored = ::write(STDERR_FILENO, kMessage.data(), kMessage.size());
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);
}

}  // namespace

void install_interrupt_handlers() {
  struct sigaction action{};
  action.sa_handler = unlink_and_die;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_NODEFER;
  for (const int each : kSignals) sigaction(each, &action, nullptr);
  // A closed pipe and a file past the size that is allowed are errors of write(), not the end of
  // the process.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

// The handler must not run on a thread that it would wait for, so the signals are held back here.
TemporaryCreation::TemporaryCreation() {
  sigset_t held;
  sigemptyset(&held);
  for (const int each : kSignals) sigaddset(&held, each);
  pthread_sigmask(SIG_BLOCK, &held, &mask_before_);
  ++creations;
  if (!dying.load()) return;
  --creations;
  for (;;) ::pause();
}

TemporaryCreation::~TemporaryCreation() {
  --creations;
  pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
}

std::size_t remember_temporary(std::string_view path) {
  if (path.size() >= kPathBytes) return kNoTemporarySlot;
  for (std::size_t i = 0; i < kSlots; ++i) {
    int expected = slot_free;
    if (!slots[i].state.compare_exchange_strong(expected, slot_filling)) continue;
    std::memcpy(slots[i].path, path.data(), path.size());
    slots[i].path[path.size()] = '\0';
    slots[i].state.store(slot_used, std::memory_order_release);
    return i;
  }
  return kNoTemporarySlot;
}

void forget_temporary(std::size_t slot) {
  if (slot != kNoTemporarySlot) slots[slot].state.store(slot_free, std::memory_order_release);
}

}  // namespace dossier
