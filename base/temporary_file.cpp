#include "base/temporary_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/codes/files.hpp"

namespace dossier {
namespace {

constexpr std::size_t kTemporaryBlock = std::size_t{1} << 20;

std::string temporary_folder() {
  const char* const named = std::getenv("TMPDIR");
  return named != nullptr && *named != '\0' ? named : "/tmp";
}

std::unexpected<Error> temporary_failed(std::string_view what, int number) {
  return fail(code::file_unwritable, {temporary_folder()},
              fmt::format("a temporary file cannot be {}: {}", what, std::strerror(number)),
              "make room there, name another folder with TMPDIR, or raise --memory");
}

}  // namespace

Expected<TemporaryFile> TemporaryFile::create() {
  std::string name = temporary_folder() + "/dossier-XXXXXX";
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) return temporary_failed("made", errno);
  ::unlink(name.c_str());
  return TemporaryFile(descriptor);
}

TemporaryFile::~TemporaryFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Expected<void> TemporaryFile::append(std::string_view bytes) {
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  return buffer_.size() < kTemporaryBlock ? Expected<void>() : flush();
}

Expected<void> TemporaryFile::flush() {
  for (std::size_t done = 0; done < buffer_.size();) {
    const ::ssize_t n = ::pwrite(descriptor_, buffer_.data() + done, buffer_.size() - done,
                                 static_cast<::off_t>(written_));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return temporary_failed("written", n < 0 ? errno : ENOSPC);
    done += static_cast<std::size_t>(n);
    written_ += static_cast<std::uint64_t>(n);
  }
  buffer_.clear();
  return {};
}

Expected<std::size_t> TemporaryFile::read_at(std::uint64_t offset, std::span<char> into) {
  if (auto flushed = flush(); !flushed) return std::unexpected(std::move(flushed.error()));
  std::size_t got = 0;
  while (got < into.size()) {
    const ::ssize_t n = ::pread(descriptor_, into.data() + got, into.size() - got,
                                static_cast<::off_t>(offset + got));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return temporary_failed("read", errno);
    if (n == 0) break;
    got += static_cast<std::size_t>(n);
  }
  return got;
}

Expected<char*> TemporaryFile::map(std::size_t size) {
  if (const int error = ::posix_fallocate(descriptor_, 0, static_cast<::off_t>(size)); error != 0) {
    return temporary_failed("written", error);
  }
  void* const at = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
  if (at == MAP_FAILED) return temporary_failed("mapped", errno);
  return static_cast<char*>(at);
}

}  // namespace dossier
