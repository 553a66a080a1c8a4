// Byte sources. A ByteSource gives the bytes of a file, of stdin or of a text in memory, front to
// back and once, decompressed on the way (gzip with several members, zstd, the file in a zip or
// tar, archive_input.hpp; told by their magic bytes, not by the name). Files are read, never
// mapped, so that a file shortened by another program is an error and not a bus error. One thread
// at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "base/limits.hpp"

namespace dossier {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Fills `into` from the front as far as possible; fewer bytes than asked (also 0) mean the end.
  virtual Expected<std::size_t> read(std::span<char> into) = 0;

  const std::string& name() const { return name_; }  // for places; "-" for stdin

 protected:
  explicit ByteSource(std::string name) : name_(std::move(name)) {}

 private:
  std::string name_;
};

// `path` "-" is stdin; "data.zip!/bans.csv" is a file in an archive. Compressed input is
// decompressed; Limits::max_output_ratio bounds the expansion.
Expected<std::unique_ptr<ByteSource>> open_input(const std::filesystem::path& path,
                                                 const Limits& limits = {});

// The bytes of `text`, which must outlive the source.
std::unique_ptr<ByteSource> memory_input(std::string_view text, std::string name);

// Everything that is left of `source`; at most `max_bytes`, else limit_exceeded.
Expected<std::string> read_all(ByteSource& source, std::size_t max_bytes = SIZE_MAX);

// open_input and read_all in one.
Expected<std::string> load_file(const std::filesystem::path& path, std::size_t max_bytes = SIZE_MAX,
                                const Limits& limits = {});

}  // namespace dossier
