#include "base/archive_output.hpp"

#include <fmt/format.h>

#include "base/archive_library.hpp"
#include "base/codes/files.hpp"
#include "base/text.hpp"

namespace dossier {
namespace {

// archive_write_callback
la_ssize_t take(struct archive*, void* out, const void* bytes, std::size_t size) {
  static_cast<ByteSink*>(out)->append({static_cast<const char*>(bytes), size});
  return static_cast<la_ssize_t>(size);
}

class ArchiveWriter {
 public:
  explicit ArchiveWriter(const ArchiveLibrary& library)
      : library_(library), archive_(library.write_new()), entry_(library.entry_new()) {}
  ~ArchiveWriter() {
    library_.entry_free(entry_);
    library_.write_free(archive_);
  }
  ArchiveWriter(const ArchiveWriter&) = delete;
  ArchiveWriter& operator=(const ArchiveWriter&) = delete;

  bool run(ArchiveKind kind, std::string_view member, std::string_view bytes, ByteSink& out) {
    const auto size = static_cast<la_int64_t>(bytes.size());
    return good(form(kind)) && good(library_.write_open(archive_, &out, nullptr, &take, nullptr)) &&
           describe(member, size) && good(library_.write_header(archive_, entry_)) &&
           library_.write_data(archive_, bytes.data(), bytes.size()) == size &&
           good(library_.write_close(archive_));
  }
  std::string trouble() const {
    const char* const text = library_.error_string(archive_);
    return text == nullptr ? "unknown trouble" : printable(text);
  }

 private:
  static bool good(int status) { return status == ARCHIVE_OK; }

  int form(ArchiveKind kind) {
    if (kind == ArchiveKind::zip) return library_.write_zip(archive_);
    const int compressed =
        kind == ArchiveKind::tar_gz ? library_.write_gzip(archive_) : library_.write_xz(archive_);
    if (!good(compressed)) return compressed;
    // gzip keeps the time of packing, unless it is told not to.
    if (kind == ArchiveKind::tar_gz) library_.write_options(archive_, "gzip:!timestamp");
    return library_.write_ustar(archive_);
  }

  bool describe(std::string_view member, la_int64_t size) {
    library_.set_pathname(entry_, std::string(member).c_str());
    library_.set_size(entry_, size);
    library_.set_filetype(entry_, AE_IFREG);
    library_.set_perm(entry_, 0644);
    library_.set_mtime(entry_, kEpochOfZip, 0);
    return true;
  }

  static constexpr std::time_t kEpochOfZip = 315'532'800;  // 1980-01-01, the first that zip knows

  const ArchiveLibrary& library_;
  struct archive* archive_;
  struct archive_entry* entry_;
};

}  // namespace

Expected<void> write_archive(ArchiveKind kind, std::string_view member, std::string_view bytes,
                             ByteSink& out) {
  const auto library = archive_library();
  if (!library) return std::unexpected(library.error());
  ArchiveWriter writer(**library);
  if (writer.run(kind, member, bytes, out)) return {};
  return fail(code::file_unwritable, {},
              fmt::format("the archive cannot be written: {}", writer.trouble()));
}

}  // namespace dossier
