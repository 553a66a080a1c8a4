// Records of sources that are read row by row (databases, spreadsheets, RDF): rows are put into a
// block, of each wanted value a byte of type, four of size and the text, and read out of it again
// side by side.
#pragma once

#include <cstring>
#include <memory>

#include "sources/records.hpp"

namespace dossier {

// Takes the values of one row, in the order of the slots.
class RowWriter {
 public:
  explicit RowWriter(RecordBlock& block) : bytes_(block.bytes), notices_(block.notices) {}
  void add(std::string_view text, ValueType type) {
    char* const at = add_head(type, text.size());
    if (!text.empty()) std::memcpy(at, text.data(), text.size());
  }
  void add_absent() { add({}, ValueType::absent); }
  void notice(Diagnostic diagnostic) { notices_.push_back(std::move(diagnostic)); }
  // The next `count` values are those of one slot.
  void begin_list(std::size_t count);

 private:
  char* add_head(ValueType type, std::size_t bytes);

  std::vector<char>& bytes_;
  std::vector<Diagnostic>& notices_;
};

class RowSource {
 public:
  virtual ~RowSource() = default;
  // Gives the next row, which is the record `number`; false at the end. Numbers grow.
  virtual Expected<bool> next_row(RowWriter& row, std::uint64_t& number) = 0;
  virtual std::span<const std::string> columns() const { return {}; }
};

// Records have the numbers of their rows as offsets. `slots` values a row.
inline constexpr std::size_t kRowBlockBytes = std::size_t{1} << 20;
std::unique_ptr<RecordReader> read_rows(std::unique_ptr<RowSource> source, std::string name,
                                        std::size_t slots,
                                        std::size_t block_bytes = kRowBlockBytes);

}  // namespace dossier
