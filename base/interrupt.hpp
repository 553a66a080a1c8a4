// SIGINT, SIGTERM and SIGHUP leave no temporary file: the handler unlinks what is registered here,
// says so on stderr and lets the signal end the process. Only the program installs the handler; the
// library never does by itself.
#pragma once

#include <csignal>
#include <cstddef>
#include <string_view>

namespace dossier {

void install_interrupt_handlers();

// From before a temporary file is made until it is remembered: a signal that ends the process waits
// for it, and once one has come, no temporary is begun any more (the thread sleeps until the end).
class TemporaryCreation {
 public:
  TemporaryCreation();
  ~TemporaryCreation();
  TemporaryCreation(const TemporaryCreation&) = delete;
  TemporaryCreation& operator=(const TemporaryCreation&) = delete;

 private:
  sigset_t mask_before_;
};

// A path to unlink when a signal ends the process. Returns a slot for `forget_temporary`, or
// kNoTemporarySlot when all slots are taken or the path is too long (then it is just not unlinked).
inline constexpr std::size_t kNoTemporarySlot = static_cast<std::size_t>(-1);
std::size_t remember_temporary(std::string_view path);
void forget_temporary(std::size_t slot);

}  // namespace dossier
