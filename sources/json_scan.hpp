// Finds where the elements of a JSON array (or the members of an object) end, without reading them:
// quotes and brackets only, 64 bytes at a time, at about 3 GB/s. What stands between is read, and
// judged, by json_tree.hpp. Goes on where it stopped when there are more bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dossier {

class JsonScan {
 public:
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  // Reads on in `text`, whose first scanned() bytes are known; all of it with `whole`, else full
  // steps of 64 bytes. Stops behind the bracket that closes the container.
  void run(std::string_view text, bool whole);

  std::size_t scanned() const { return scanned_; }
  std::size_t end() const { return end_; }      // behind the last comma between elements; 0: none
  std::size_t close() const { return close_; }  // the closing bracket, or kNowhere
  std::uint64_t commas() const { return commas_; }  // between elements, up to end()
  // Bytes of the string that `text` ends in, 0 when it ends elsewhere.
  std::size_t open_string(std::size_t size) const { return inside_ != 0 ? size - last_quote_ : 0; }

  // The first `size` bytes were taken; they end at end().
  void drop(std::size_t size);

 private:
  void step(const char* at, std::size_t size);
  void note_commas(std::uint64_t commas);  // between elements, as bits of the step at hand

  std::size_t scanned_ = 0;
  std::size_t end_ = 0;
  std::size_t close_ = kNowhere;
  std::uint64_t commas_ = 0;
  std::uint64_t depth_ = 0;
  std::uint64_t inside_ = 0;   // all ones in a string
  std::uint64_t escaped_ = 0;  // 1: the next byte is escaped
  std::size_t last_quote_ = 0;
};

}  // namespace dossier
