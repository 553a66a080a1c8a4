#include "base/archive_input.hpp"

#include <cerrno>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/archive_library.hpp"
#include "base/codes/files.hpp"
#include "base/text.hpp"

namespace dossier {
namespace {

constexpr std::size_t kPackedBlock = std::size_t{256} << 10;
// Below this much output the ratio is not looked at: tiny inputs compress well.
constexpr std::uint64_t kRatioFree = std::uint64_t{64} << 20;

// Absolute, or with a step to the folder above.
bool leads_out(std::string_view name) {
  if (name.starts_with('/')) return true;
  while (!name.empty()) {
    const std::size_t slash = name.find_first_of("/\\");
    if (name.substr(0, slash) == "..") return true;
    if (slash == std::string_view::npos) break;
    name.remove_prefix(slash + 1);
  }
  return false;
}

std::string_view without_dot(std::string_view name) {
  return name.starts_with("./") ? name.substr(2) : name;
}

class ArchiveSource final : public ByteSource {
 public:
  ArchiveSource(const ArchiveLibrary& library, std::unique_ptr<ByteSource> packed,
                std::string member, const Limits& limits)
      : ByteSource(packed->name()),
        library_(library),
        packed_(std::move(packed)),
        member_(std::move(member)),
        block_(kPackedBlock),
        max_ratio_(limits.max_output_ratio),
        archive_(library.read_new()) {}
  ~ArchiveSource() override { library_.read_free(archive_); }
  ArchiveSource(const ArchiveSource&) = delete;
  ArchiveSource& operator=(const ArchiveSource&) = delete;

  Expected<void> open() {
    library_.support_xz(archive_);
    library_.support_bzip2(archive_);
    library_.support_tar(archive_);
    library_.support_zip(archive_);
    library_.support_raw(archive_);
    if (library_.open(archive_, this, nullptr, &ArchiveSource::give, nullptr) != ARCHIVE_OK) {
      return damaged();
    }
    const Expected<bool> found = next_file();
    if (!found) return std::unexpected(found.error());
    if (*found) return {};
    if (member_.empty()) {
      return fail(code::archive_member, {name()}, "the archive holds no file");
    }
    return fail(code::archive_member, {name()},
                fmt::format("the archive has no file \"{}\"", printable(member_)), listed());
  }

  Expected<std::size_t> read(std::span<char> into) override {
    std::size_t got = 0;
    while (got < into.size() && !done_) {
      const la_ssize_t n = library_.data(archive_, into.data() + got, into.size() - got);
      if (n < 0) return damaged();
      if (n == 0) {
        done_ = true;
        if (Expected<void> alone = check_alone(); !alone) return std::unexpected(alone.error());
        break;
      }
      got += static_cast<std::size_t>(n);
      output_bytes_ += static_cast<std::uint64_t>(n);
      if (Expected<void> fits = check_ratio(); !fits) return std::unexpected(fits.error());
    }
    return got;
  }

 private:
  // archive_read_callback: the next block of the packed bytes.
  static la_ssize_t give(struct archive* archive, void* self, const void** block) {
    auto& source = *static_cast<ArchiveSource*>(self);
    const Expected<std::size_t> n = source.packed_->read(source.block_);
    *block = source.block_.data();
    if (n) return static_cast<la_ssize_t>(*n);
    source.failure_ = n.error();
    source.library_.set_error(archive, EIO, "%s", "reading failed");
    return ARCHIVE_FATAL;
  }

  // Goes to the next file, or to the wanted one; false at the end.
  Expected<bool> next_file() {
    for (;;) {
      struct archive_entry* entry = nullptr;
      const int status = library_.next_header(archive_, &entry);
      if (status == ARCHIVE_EOF) return false;
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return damaged();
      const char* const path = library_.pathname(entry);
      const std::string_view found = path == nullptr ? std::string_view() : path;
      if (leads_out(found)) {
        return fail(code::archive_unsafe, {name()},
                    fmt::format("the archive holds the name \"{}\", which leads out of a folder",
                                printable(found)));
      }
      if (library_.filetype(entry) != AE_IFREG || found.ends_with('/')) continue;
      if (names_.size() < kNamesShown) names_.emplace_back(without_dot(found));
      if (member_.empty() || without_dot(found) == without_dot(member_)) return true;
    }
  }

  // A second file, where none was named: which one is meant is not for us to guess.
  Expected<void> check_alone() {
    if (!member_.empty()) return {};
    const Expected<bool> another = next_file();
    if (!another) return std::unexpected(another.error());
    if (!*another) return {};
    return fail(code::archive_member, {name()}, "the archive holds several files", listed());
  }

  std::string listed() const {
    std::string names;
    for (const std::string& each : names_) names += (names.empty() ? "" : ", ") + printable(each);
    return names_.empty() ? std::string()
                          : fmt::format("name one behind \"!/\", as in {}!/{}; there are {}",
                                        printable(name()), printable(names_.back()), names);
  }

  Expected<void> check_ratio() const {
    if (output_bytes_ <= kRatioFree) return {};
    const auto packed = static_cast<std::uint64_t>(library_.filter_bytes(archive_, -1));
    if (output_bytes_ / (packed + 1) <= max_ratio_) return {};
    return fail(code::limit_exceeded, {name()},
                fmt::format("expands to more than {} times its size (max-output-ratio {})",
                            max_ratio_, max_ratio_),
                "if you trust it, raise the limit with --limit max-output-ratio=N");
  }

  std::unexpected<Error> damaged() const {
    if (failure_) return std::unexpected(*failure_);
    const char* const text = library_.error_string(archive_);
    const auto at = library_.filter_bytes(archive_, -1);  // -1 when a filter has given up
    return fail(code::compressed_data_bad, {name()},
                fmt::format("the archive cannot be read{}: {}",
                            at < 0 ? "" : fmt::format(" near byte {}", at),
                            text == nullptr ? "damaged" : printable(text)));
  }

  static constexpr std::size_t kNamesShown = 10;

  const ArchiveLibrary& library_;
  std::unique_ptr<ByteSource> packed_;
  std::string member_;
  std::vector<char> block_;
  std::size_t max_ratio_;
  struct archive* archive_;
  std::optional<Error> failure_;  // of the packed source, in the callback
  std::vector<std::string> names_;
  std::uint64_t output_bytes_ = 0;
  bool done_ = false;
};

}  // namespace

bool looks_like_archive(std::string_view first) {
  using namespace std::string_view_literals;
  return first.starts_with("PK\3\4"sv) || first.starts_with("PK\5\6"sv) ||
         first.starts_with("\xFD\x37zXZ\0"sv) || first.starts_with("BZh"sv) ||
         (first.size() >= 262 && first.substr(257, 5) == "ustar"sv);
}

Expected<std::unique_ptr<ByteSource>> open_archive(std::unique_ptr<ByteSource> packed,
                                                   std::string member, const Limits& limits) {
  const auto library = archive_library();
  if (!library) {
    Error error = library.error();
    error.place.file = packed->name();
    return std::unexpected(std::move(error));
  }
  auto source =
      std::make_unique<ArchiveSource>(**library, std::move(packed), std::move(member), limits);
  if (Expected<void> opened = source->open(); !opened) return std::unexpected(opened.error());
  return source;
}

}  // namespace dossier
