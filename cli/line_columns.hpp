// Byte offset -> line and column of a file that is read again for it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/limits.hpp"
#include "base/line_index.hpp"

namespace dossier {

// Lines and columns of byte offsets (ascending) of a file, decompressed; one pass, constant memory.
// Offsets past the end, or in a file that cannot be read again, get line 0. `lines`, when given,
// gets the text of each line too: for the first megabytes of lines, and none of several kilobytes.
std::vector<LineColumn> line_columns(const std::string& path,
                                     std::span<const std::uint64_t> offsets, const Limits& limits,
                                     std::vector<std::string>* lines = nullptr);

// The line and column of one offset.
Place place_in(const std::string& path, std::uint64_t offset, const Limits& limits);

}  // namespace dossier
