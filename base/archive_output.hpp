// One file packed as an archive: zip, tar in gzip, tar in xz. The bytes are held whole, because a
// tar says the size before the bytes; the same bytes always give the same archive (no time, no
// owner).
#pragma once

#include <cstdint>
#include <string_view>

#include "base/output.hpp"

namespace dossier {

enum class ArchiveKind : std::uint8_t { zip, tar_gz, tar_xz };

// Appends the archive with the one file `member`. Errors: library_missing, file_unwritable.
Expected<void> write_archive(ArchiveKind kind, std::string_view member, std::string_view bytes,
                             ByteSink& out);

}  // namespace dossier
