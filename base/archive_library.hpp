// libarchive, loaded when an archive is met. Only archive_*.cpp of this room include it.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include "base/shared_library.hpp"

namespace dossier {

struct ArchiveLibrary {
  decltype(&::archive_read_new) read_new;
  decltype(&::archive_read_free) read_free;
  decltype(&::archive_read_support_filter_xz) support_xz;
  decltype(&::archive_read_support_filter_bzip2) support_bzip2;
  decltype(&::archive_read_support_format_tar) support_tar;
  decltype(&::archive_read_support_format_zip_streamable) support_zip;
  decltype(&::archive_read_support_format_raw) support_raw;
  decltype(&::archive_read_open) open;
  decltype(&::archive_read_next_header) next_header;
  decltype(&::archive_read_data) data;
  decltype(&::archive_filter_bytes) filter_bytes;
  decltype(&::archive_error_string) error_string;
  decltype(&::archive_entry_pathname) pathname;
  decltype(&::archive_entry_filetype) filetype;
  decltype(&::archive_set_error) set_error;

  decltype(&::archive_write_new) write_new;
  decltype(&::archive_write_free) write_free;
  decltype(&::archive_write_close) write_close;
  decltype(&::archive_write_set_format_zip) write_zip;
  decltype(&::archive_write_set_format_ustar) write_ustar;
  decltype(&::archive_write_add_filter_gzip) write_gzip;
  decltype(&::archive_write_add_filter_xz) write_xz;
  decltype(&::archive_write_set_options) write_options;
  decltype(&::archive_write_open) write_open;
  decltype(&::archive_write_header) write_header;
  decltype(&::archive_write_data) write_data;
  decltype(&::archive_entry_new) entry_new;
  decltype(&::archive_entry_free) entry_free;
  decltype(&::archive_entry_set_pathname) set_pathname;
  decltype(&::archive_entry_set_size) set_size;
  decltype(&::archive_entry_set_filetype) set_filetype;
  decltype(&::archive_entry_set_perm) set_perm;
  decltype(&::archive_entry_set_mtime) set_mtime;
};

// Loaded once; any thread.
Expected<const ArchiveLibrary*> archive_library();

}  // namespace dossier
