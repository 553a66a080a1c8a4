// A file without a name in the folder for temporary files (TMPDIR, else /tmp): for what does not
// fit into memory. It is gone when it is closed, also when the program is killed. Written at its
// end, read anywhere. One thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.hpp"

namespace dossier {

class TemporaryFile {
 public:
  static Expected<TemporaryFile> create();
  TemporaryFile(TemporaryFile&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)),
        buffer_(std::move(other.buffer_)),
        written_(other.written_) {}
  TemporaryFile& operator=(TemporaryFile&&) = delete;
  ~TemporaryFile();

  Expected<void> append(std::string_view bytes);
  std::uint64_t size() const { return written_ + buffer_.size(); }
  // What has been appended, from `offset` on; fewer bytes than asked mean the end.
  Expected<std::size_t> read_at(std::uint64_t offset, std::span<char> into);

  // `size` bytes of room on the disk, mapped for reading and writing; a full disk is an error here
  // and never a signal later. The mapping outlives the file. Not to be mixed with `append`.
  Expected<char*> map(std::size_t size);

 private:
  explicit TemporaryFile(int descriptor) : descriptor_(descriptor) {}
  Expected<void> flush();

  int descriptor_ = -1;
  std::vector<char> buffer_;
  std::uint64_t written_ = 0;
};

}  // namespace dossier
