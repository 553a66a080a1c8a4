#include "base/archive_library.hpp"

namespace dossier {
namespace {

Expected<ArchiveLibrary> load() {
  const auto library = SharedLibrary::open("libarchive.so.13", "libarchive13");
  if (!library) return std::unexpected(library.error());
  ArchiveLibrary out{};
  const SharedLibrary& from = *library;
  const bool whole = from.find(out.read_new, "archive_read_new") &&
                     from.find(out.read_free, "archive_read_free") &&
                     from.find(out.support_xz, "archive_read_support_filter_xz") &&
                     from.find(out.support_bzip2, "archive_read_support_filter_bzip2") &&
                     from.find(out.support_tar, "archive_read_support_format_tar") &&
                     from.find(out.support_zip, "archive_read_support_format_zip_streamable") &&
                     from.find(out.support_raw, "archive_read_support_format_raw") &&
                     from.find(out.open, "archive_read_open") &&
                     from.find(out.next_header, "archive_read_next_header") &&
                     from.find(out.data, "archive_read_data") &&
                     from.find(out.filter_bytes, "archive_filter_bytes") &&
                     from.find(out.error_string, "archive_error_string") &&
                     from.find(out.pathname, "archive_entry_pathname") &&
                     from.find(out.filetype, "archive_entry_filetype") &&
                     from.find(out.set_error, "archive_set_error") &&
                     from.find(out.write_new, "archive_write_new") &&
                     from.find(out.write_free, "archive_write_free") &&
                     from.find(out.write_close, "archive_write_close") &&
                     from.find(out.write_zip, "archive_write_set_format_zip") &&
                     from.find(out.write_ustar, "archive_write_set_format_ustar") &&
                     from.find(out.write_gzip, "archive_write_add_filter_gzip") &&
                     from.find(out.write_xz, "archive_write_add_filter_xz") &&
                     from.find(out.write_options, "archive_write_set_options") &&
                     from.find(out.write_open, "archive_write_open") &&
                     from.find(out.write_header, "archive_write_header") &&
                     from.find(out.write_data, "archive_write_data") &&
                     from.find(out.entry_new, "archive_entry_new") &&
                     from.find(out.entry_free, "archive_entry_free") &&
                     from.find(out.set_pathname, "archive_entry_set_pathname") &&
                     from.find(out.set_size, "archive_entry_set_size") &&
                     from.find(out.set_filetype, "archive_entry_set_filetype") &&
                     from.find(out.set_perm, "archive_entry_set_perm") &&
                     from.find(out.set_mtime, "archive_entry_set_mtime");
  if (!whole) return library->incomplete();
  return out;
}

}  // namespace

Expected<const ArchiveLibrary*> archive_library() {
  static const Expected<ArchiveLibrary> loaded = load();
  if (!loaded) return std::unexpected(loaded.error());
  return &*loaded;
}

}  // namespace dossier
