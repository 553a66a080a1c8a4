#include "cli/output_set.hpp"

#include <csignal>

namespace dossier {
namespace {

// While the files get their names, a signal waits: a few renames, no I/O of size.
class SignalsWait {
 public:
  SignalsWait() {
    sigset_t wait;
    sigemptyset(&wait);
    for (const int each : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&wait, each);
    pthread_sigmask(SIG_BLOCK, &wait, &before_);
  }
  ~SignalsWait() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsWait(const SignalsWait&) = delete;
  SignalsWait& operator=(const SignalsWait&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

Expected<ByteSink*> OutputSet::open(const std::filesystem::path& path) {
  Expected<std::unique_ptr<ByteSink>> sink = open_output(path);
  if (!sink) return std::unexpected(sink.error());
  return sinks_.emplace_back(std::move(*sink)).get();
}

Expected<void> OutputSet::commit() {
  for (const auto& sink : sinks_) {
    if (Expected<void> sealed = sink->seal(); !sealed) return sealed;
  }
  const SignalsWait wait;
  for (const auto& sink : sinks_) {
    if (Expected<void> done = sink->finish(); !done) return done;
  }
  return {};
}

}  // namespace dossier
