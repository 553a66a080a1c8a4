#include "cli/output_set.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <unistd.h>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/text.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

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
  std::error_code ignored;
  const fs::path whole = fs::weakly_canonical(path, ignored);
  const bool device =
      path == "-" || (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored));
  if (!device && !paths_.insert(whole.string()).second) {
    return fail(code::file_unwritable, {path.string()}, "two outputs of this run have this name",
                "give them different names");
  }
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

Expected<void> check_output(const fs::path& path, bool may_make_folder) {
  if (path == "-") return {};
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    return fail(code::file_unwritable, {path.string()}, "is a folder, not a file");
  }
  fs::path folder = folder_of(path);
  if (!fs::is_directory(folder, ignored)) {
    const fs::path above = folder_of(folder);
    if (!may_make_folder || fs::exists(folder, ignored) || !fs::is_directory(above, ignored)) {
      return fail(code::file_unwritable, {path.string()},
                  fmt::format("there is no folder {}", printable(folder.string())),
                  fmt::format("make it first: mkdir -p {}", printable(folder.string())));
    }
    folder = above;
  }
  const bool device = fs::exists(path, ignored) && !fs::is_regular_file(path, ignored);
  const bool writable =
      device ? ::access(path.c_str(), W_OK) == 0 : ::access(folder.c_str(), W_OK | X_OK) == 0;
  if (writable) return {};
  return fail(code::file_unwritable, {path.string()},
              fmt::format("cannot be written: {}", std::strerror(errno)));
}

Expected<void> make_output_folder(const fs::path& path) {
  const fs::path folder = folder_of(path);
  std::error_code error;
  if (path == "-" || fs::is_directory(folder, error)) return {};
  fs::create_directory(folder, error);
  if (!error) return {};
  return fail(code::file_unwritable, {folder.string()},
              fmt::format("the folder cannot be made: {}", error.message()));
}

}  // namespace dossier
