#include "base/output.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include "base/codes/files.hpp"
#include "base/interrupt.hpp"

namespace dossier {

void ByteSink::hand_on(std::string_view bytes) {
  flushed_ += bytes.size();
  if (error_ || bytes.empty()) return;
  if (Expected<void> done = write_out(bytes); !done) error_ = std::move(done.error());
}

void ByteSink::flush() {
  hand_on({buffer_.data(), used_});
  used_ = 0;
}

void ByteSink::append_slow(std::string_view bytes) {
  flush();
  if (bytes.size() >= buffer_.size()) {
    hand_on(bytes);
    return;
  }
  std::memcpy(buffer_.data(), bytes.data(), bytes.size());
  used_ = bytes.size();
}

Expected<void> ByteSink::seal() {
  if (!sealed_) {
    flush();
    sealed_ = true;
    if (!error_) {
      if (Expected<void> done = close_out(); !done) error_ = std::move(done.error());
    }
  }
  if (error_) return std::unexpected(*error_);
  return {};
}

Expected<void> ByteSink::finish() {
  if (Expected<void> sealed = seal(); !sealed) return sealed;
  return appear();
}

namespace {

std::unexpected<Error> cannot_write(const std::string& name, std::string_view what,
                                    int error_number) {
  if (error_number == EPIPE) {
    return fail(code::closed_pipe, {name}, "nobody reads the output any more");
  }
  const std::string_view hint = error_number == ENOSPC   ? "free some room or write elsewhere"
                                : error_number == ENOENT ? "make the folder first"
                                                         : "";
  return fail(code::file_unwritable, {name},
              fmt::format("{}: {}", what, std::strerror(error_number)), std::string(hint));
}

class FileSink final : public ByteSink {
 public:
  // With `temporary` empty, `fd` is written directly.
  FileSink(int fd, std::string name, std::string temporary)
      : fd_(fd), name_(std::move(name)), temporary_(std::move(temporary)) {
    if (!temporary_.empty()) slot_ = remember_temporary(temporary_);
  }
  ~FileSink() override {
    if (fd_ > STDERR_FILENO) ::close(fd_);
    if (!temporary_.empty()) {
      ::unlink(temporary_.c_str());
      forget_temporary(slot_);
    }
  }

 private:
  Expected<void> write_out(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return cannot_write(name_, "writing failed", errno);
      bytes.remove_prefix(static_cast<std::size_t>(n));
      written_ += n;
    }
    start_disk();
    return {};
  }

  // The disk works while the file is still made, so that the sync at the end has little left to
  // wait for. What goes wrong here, the sync tells.
  void start_disk() {
    static constexpr off_t kStep = off_t{8} << 20;
    if (temporary_.empty() || written_ - handed_over_ < kStep) return;
    ::sync_file_range(fd_, handed_over_, written_ - handed_over_, SYNC_FILE_RANGE_WRITE);
    handed_over_ = written_;
  }

  Expected<void> close_out() override {
    if (temporary_.empty()) return {};
    if (::fsync(fd_) != 0) return cannot_write(name_, "writing failed", errno);
    if (::close(fd_) != 0) {
      fd_ = -1;
      return cannot_write(name_, "closing failed", errno);
    }
    fd_ = -1;
    return {};
  }

  Expected<void> appear() override {
    if (temporary_.empty()) return {};
    if (::rename(temporary_.c_str(), name_.c_str()) != 0) {
      return cannot_write(name_, "renaming the finished file failed", errno);
    }
    temporary_.clear();
    forget_temporary(slot_);
    return {};
  }

  int fd_;
  std::string name_;
  std::string temporary_;
  off_t written_ = 0;
  off_t handed_over_ = 0;  // to the disk
  std::size_t slot_ = kNoTemporarySlot;
};

class GzipSink final : public ByteSink {
 public:
  explicit GzipSink(std::unique_ptr<ByteSink> packed) : packed_(std::move(packed)) {
    // Level 6, no name and no time in the header: the same input gives the same bytes.
    deflateInit2(&stream_, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  }
  ~GzipSink() override { deflateEnd(&stream_); }

 private:
  Expected<void> write_out(std::string_view bytes) override {
    while (!bytes.empty()) {
      const std::size_t step = std::min(bytes.size(), std::size_t{1} << 30);
      run(bytes.substr(0, step), Z_NO_FLUSH);
      bytes.remove_prefix(step);
    }
    return {};
  }
  Expected<void> close_out() override {
    run({}, Z_FINISH);
    return packed_->seal();
  }
  Expected<void> appear() override { return packed_->finish(); }
  void run(std::string_view bytes, int mode) {
    stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      char* room = packed_->reserve(ByteSink::kMaxReserve);
      stream_.next_out = reinterpret_cast<Bytef*>(room);
      stream_.avail_out = static_cast<uInt>(ByteSink::kMaxReserve);
      deflate(&stream_, mode);
      packed_->advance(ByteSink::kMaxReserve - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

  std::unique_ptr<ByteSink> packed_;
  z_stream stream_{};
};

class ZstdSink final : public ByteSink {
 public:
  explicit ZstdSink(std::unique_ptr<ByteSink> packed)
      : packed_(std::move(packed)), stream_(ZSTD_createCStream()) {}
  ~ZstdSink() override { ZSTD_freeCStream(stream_); }

 private:
  Expected<void> write_out(std::string_view bytes) override {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    while (in.pos < in.size) step(in, ZSTD_e_continue);
    return {};
  }
  Expected<void> close_out() override {
    ZSTD_inBuffer in{nullptr, 0, 0};
    while (step(in, ZSTD_e_end) != 0) {
    }
    return packed_->seal();
  }
  Expected<void> appear() override { return packed_->finish(); }
  std::size_t step(ZSTD_inBuffer& in, ZSTD_EndDirective mode) {
    ZSTD_outBuffer out{packed_->reserve(ByteSink::kMaxReserve), ByteSink::kMaxReserve, 0};
    const std::size_t left = ZSTD_compressStream2(stream_, &out, &in, mode);
    packed_->advance(out.pos);
    return left;
  }

  std::unique_ptr<ByteSink> packed_;
  ZSTD_CStream* stream_;
};

Expected<std::unique_ptr<ByteSink>> open_plain(const std::string& name) {
  if (name == "-") return std::make_unique<FileSink>(STDOUT_FILENO, "<stdout>", "");
  struct stat status{};
  const bool exists = ::stat(name.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) {
    return fail(code::file_unwritable, {name}, "is a folder, not a file");
  }
  if (exists && !S_ISREG(status.st_mode)) {
    const int fd = ::open(name.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0) return cannot_write(name, "cannot be opened", errno);
    return std::make_unique<FileSink>(fd, name, "");
  }
  std::string temporary = fmt::format("{}.{}.tmp", name, ::getpid());
  const TemporaryCreation creation;  // until the sink has remembered the file
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return cannot_write(name, "cannot be created", errno);
  return std::make_unique<FileSink>(fd, name, std::move(temporary));
}

}  // namespace

Expected<std::unique_ptr<ByteSink>> open_output(const std::filesystem::path& path) {
  const std::string name = path.string();
  Expected<std::unique_ptr<ByteSink>> plain = open_plain(name);
  if (!plain) return plain;
  if (name.ends_with(".gz")) return std::make_unique<GzipSink>(std::move(*plain));
  if (name.ends_with(".zst")) return std::make_unique<ZstdSink>(std::move(*plain));
  return plain;
}

}  // namespace dossier
