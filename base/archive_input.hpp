// The bytes of one file in an archive: zip, tar (also in xz or bzip2), and xz or bzip2 alone.
// Read front to back through libarchive; nothing is ever unpacked to the disk. An archive with
// several files needs a name; names that lead out of a folder are refused. One thread at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/input.hpp"

namespace dossier {

// So many bytes of a file tell whether it is an archive.
inline constexpr std::size_t kArchiveLook = 512;

// By the magic bytes: zip, xz, bzip2, tar ("ustar").
bool looks_like_archive(std::string_view first);

// `member` is the path of a file in the archive; empty: its only file. Errors: archive_member when
// there is no such file or there are several, archive_unsafe, compressed_data_bad, limit_exceeded
// past Limits::max_output_ratio.
Expected<std::unique_ptr<ByteSource>> open_archive(std::unique_ptr<ByteSource> packed,
                                                   std::string member, const Limits& limits);

}  // namespace dossier
