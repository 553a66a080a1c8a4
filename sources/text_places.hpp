// Lines and columns of byte offsets in a text source, for messages about its records: one read of
// the source up to the last offset. Offsets are those of RecordBatch: after decompression and
// conversion to UTF-8, a UTF-8 byte order mark counted.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/input.hpp"
#include "sources/encoding.hpp"

namespace dossier {

// `offsets` must be sorted; one behind the end gives the end. Without an `encoding` the first bytes
// tell it as they do for XML; JSON is UTF-8 if nothing else is said.
Expected<std::vector<Place>> find_text_places(std::unique_ptr<ByteSource> source,
                                              std::optional<TextEncoding> encoding,
                                              std::span<const std::uint64_t> offsets);

// Shows `look` the text from each offset on, at most `length` bytes of it: what stands in a record,
// in one read and in bounded memory. `offsets` must be sorted; those behind the end are left out.
Expected<void> look_at_text(
    std::unique_ptr<ByteSource> source, std::optional<TextEncoding> encoding,
    std::span<const std::uint64_t> offsets, std::size_t length,
    const std::function<void(std::size_t index, std::string_view text)>& look);

}  // namespace dossier
