#include "base/input.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include "base/archive_input.hpp"
#include "base/codes/files.hpp"
#include "base/replay_source.hpp"
#include "base/text.hpp"

namespace dossier {
namespace {

constexpr std::size_t kCompressedBlock = std::size_t{256} << 10;
// Below this much output the ratio is not looked at: tiny inputs compress well.
constexpr std::uint64_t kRatioFreeBytes = std::uint64_t{64} << 20;

class FileSource final : public ByteSource {
 public:
  FileSource(int fd, std::string name) : ByteSource(std::move(name)), fd_(fd) {}
  ~FileSource() override {
    if (fd_ > STDERR_FILENO) ::close(fd_);
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  Expected<std::size_t> read(std::span<char> into) override {
    std::size_t got = 0;
    while (got < into.size()) {
      const ssize_t n = ::read(fd_, into.data() + got, into.size() - got);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) {
        return fail(code::file_unreadable, {name()},
                    fmt::format("reading failed: {}", std::strerror(errno)));
      }
      if (n == 0) break;
      got += static_cast<std::size_t>(n);
    }
    return got;
  }

 private:
  int fd_;
};

class MemorySource final : public ByteSource {
 public:
  MemorySource(std::string_view text, std::string name)
      : ByteSource(std::move(name)), left_(text) {}

  Expected<std::size_t> read(std::span<char> into) override {
    const std::size_t n = std::min(into.size(), left_.size());
    if (n > 0) std::memcpy(into.data(), left_.data(), n);
    left_.remove_prefix(n);
    return n;
  }

 private:
  std::string_view left_;
};

// What gzip and zstd share: an input block, counters, the ratio limit, the messages.
class DecompressingSource : public ByteSource {
 public:
  Expected<std::size_t> read(std::span<char> into) override {
    std::size_t got = 0;
    while (got < into.size() && !done_) {
      if (block_at_ == block_size_ && !input_ended_) {
        const Expected<std::size_t> n = packed_->read(block_);
        if (!n) return n;
        block_at_ = 0;
        block_size_ = *n;
        input_ended_ = *n < block_.size();
        packed_bytes_ += *n;
      }
      const Expected<std::size_t> step = expand(into.subspan(got));
      if (!step) return step;
      got += *step;
      output_bytes_ += *step;
      if (output_bytes_ > kRatioFreeBytes && output_bytes_ / (packed_bytes_ + 1) > max_ratio_) {
        return fail(code::limit_exceeded, {name()},
                    fmt::format("expands to more than {} times its size (max-output-ratio {})",
                                max_ratio_, max_ratio_),
                    "if you trust it, raise the limit with --limit max-output-ratio=N");
      }
    }
    return got;
  }

 protected:
  DecompressingSource(std::unique_ptr<ByteSource> packed, const Limits& limits)
      : ByteSource(packed->name()),
        packed_(std::move(packed)),
        block_(kCompressedBlock),
        max_ratio_(limits.max_output_ratio) {}

  // Decompresses from the block into `into`; sets done_ at the end. 0 bytes is progress if input
  // was used.
  virtual Expected<std::size_t> expand(std::span<char> into) = 0;

  std::unexpected<Error> damaged(std::string_view what) const {
    return fail(code::compressed_data_bad, {name()},
                fmt::format("{} near byte {} of the compressed data", what,
                            packed_bytes_ - (block_size_ - block_at_)));
  }

  std::unique_ptr<ByteSource> packed_;
  std::vector<char> block_;
  std::size_t block_at_ = 0;
  std::size_t block_size_ = 0;
  bool input_ended_ = false;
  bool done_ = false;

 private:
  std::size_t max_ratio_;
  std::uint64_t packed_bytes_ = 0;
  std::uint64_t output_bytes_ = 0;
};

class GzipSource final : public DecompressingSource {
 public:
  GzipSource(std::unique_ptr<ByteSource> packed, const Limits& limits)
      : DecompressingSource(std::move(packed), limits) {
    inflateInit2(&stream_, 15 + 16);  // 16: gzip header and checksum
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

 private:
  Expected<std::size_t> expand(std::span<char> into) override {
    const std::size_t available = block_size_ - block_at_;
    if (between_members_) {
      if (available == 0) {
        done_ = input_ended_;
        return 0;
      }
      // A further member begins with the magic byte; anything else (padding) ends the data.
      if (static_cast<unsigned char>(block_[block_at_]) != 0x1F) {
        done_ = true;
        return 0;
      }
      inflateReset(&stream_);
      between_members_ = false;
    }
    if (available == 0 && input_ended_) return damaged("gzip data is cut off");
    stream_.next_in = reinterpret_cast<Bytef*>(block_.data() + block_at_);
    stream_.avail_in = static_cast<uInt>(available);
    stream_.next_out = reinterpret_cast<Bytef*>(into.data());
    const std::size_t room = std::min<std::size_t>(into.size(), std::size_t{1} << 30);
    stream_.avail_out = static_cast<uInt>(room);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    block_at_ = block_size_ - stream_.avail_in;
    if (status == Z_STREAM_END) {
      between_members_ = true;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      return damaged(stream_.msg != nullptr ? stream_.msg : "gzip data is damaged");
    }
    return room - stream_.avail_out;
  }

  z_stream stream_{};
  bool between_members_ = false;
};

class ZstdSource final : public DecompressingSource {
 public:
  ZstdSource(std::unique_ptr<ByteSource> packed, const Limits& limits)
      : DecompressingSource(std::move(packed), limits), stream_(ZSTD_createDStream()) {}
  ~ZstdSource() override { ZSTD_freeDStream(stream_); }
  ZstdSource(const ZstdSource&) = delete;
  ZstdSource& operator=(const ZstdSource&) = delete;

 private:
  Expected<std::size_t> expand(std::span<char> into) override {
    const std::size_t available = block_size_ - block_at_;
    if (available == 0 && input_ended_ && frame_complete_) {
      done_ = true;
      return 0;
    }
    ZSTD_inBuffer in{block_.data() + block_at_, available, 0};
    ZSTD_outBuffer out{into.data(), into.size(), 0};
    const std::size_t status = ZSTD_decompressStream(stream_, &out, &in);
    if (ZSTD_isError(status) != 0) return damaged(ZSTD_getErrorName(status));
    block_at_ += in.pos;
    frame_complete_ = status == 0;
    if (in.pos == 0 && out.pos == 0 && input_ended_ && !frame_complete_) {
      return damaged("zstd data is cut off");
    }
    return out.pos;
  }

  ZSTD_DStream* stream_;
  bool frame_complete_ = false;
};

Expected<int> open_file(const std::string& name) {
  if (name == "-") return STDIN_FILENO;
  const int fd = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    return fail(missing ? code::file_not_found : code::file_unreadable, {name},
                fmt::format("cannot be opened: {}", std::strerror(errno)));
  }
  struct stat status{};
  if (::fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
    ::close(fd);
    return fail(code::file_unreadable, {name}, "is a folder, not a file");
  }
  return fd;
}

}  // namespace

namespace {

// The first bytes of a source, and the source as if they had not been taken.
struct Looked {
  std::string first;
  std::unique_ptr<ByteSource> whole;
};

Expected<Looked> look(std::unique_ptr<ByteSource> source, std::size_t size) {
  std::string first(size, '\0');
  const Expected<std::size_t> n = source->read(first);
  if (!n) return std::unexpected(n.error());
  first.resize(*n);
  return Looked{first, std::make_unique<ReplaySource>(first, std::move(source))};
}

std::unique_ptr<ByteSource> decompressed(Looked looked, const Limits& limits) {
  if (looked.first.starts_with("\x1F\x8B")) {
    return std::make_unique<GzipSource>(std::move(looked.whole), limits);
  }
  if (looked.first.starts_with("\x28\xB5\x2F\xFD")) {
    return std::make_unique<ZstdSource>(std::move(looked.whole), limits);
  }
  return std::move(looked.whole);
}

// "data.zip!/tables/bans.csv" -> the archive and the file in it.
std::pair<std::string, std::string> split_member(const std::string& path) {
  const std::size_t at = path.find("!/");
  if (at == std::string::npos || ::access(path.c_str(), F_OK) == 0) return {path, {}};
  return {path.substr(0, at), path.substr(at + 2)};
}

}  // namespace

Expected<std::unique_ptr<ByteSource>> open_input(const std::filesystem::path& path,
                                                 const Limits& limits) {
  const auto [name, member] = split_member(path.string());
  const Expected<int> fd = open_file(name);
  if (!fd) return std::unexpected(fd.error());
  auto packed = look(std::make_unique<FileSource>(*fd, name), kArchiveLook);
  if (!packed) return std::unexpected(packed.error());
  auto plain = look(decompressed(std::move(*packed), limits), kArchiveLook);
  if (!plain) return std::unexpected(plain.error());
  if (looks_like_archive(plain->first)) {
    return open_archive(std::move(plain->whole), member, limits);
  }
  if (!member.empty()) {
    return fail(code::archive_member, {name},
                fmt::format("is no archive that could hold \"{}\"", printable(member)));
  }
  return std::move(plain->whole);
}

std::unique_ptr<ByteSource> memory_input(std::string_view text, std::string name) {
  return std::make_unique<MemorySource>(text, std::move(name));
}

Expected<std::string> read_all(ByteSource& source, std::size_t max_bytes) {
  std::string text;
  std::size_t size = 0;
  std::size_t step = std::size_t{64} << 10;
  for (;;) {
    text.resize(size + step);
    const Expected<std::size_t> n = source.read(std::span(text).subspan(size, step));
    if (!n) return std::unexpected(n.error());
    size += *n;
    if (size > max_bytes) {
      return fail(code::limit_exceeded, {source.name()},
                  fmt::format("is larger than {} bytes", with_separators(max_bytes)));
    }
    if (*n < step) break;
    step = std::min(size, std::size_t{64} << 20);
  }
  text.resize(size);
  return text;
}

Expected<std::string> load_file(const std::filesystem::path& path, std::size_t max_bytes,
                                const Limits& limits) {
  Expected<std::unique_ptr<ByteSource>> source = open_input(path, limits);
  if (!source) return std::unexpected(source.error());
  return read_all(**source, max_bytes);
}

}  // namespace dossier
