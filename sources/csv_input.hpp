// The front of the CSV reader: the bytes not yet handed out, grown until they hold a whole row, and
// the header. One thread at a time. Memory: one block, or one row where a row is larger.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "sources/csv_block.hpp"

namespace dossier {

class CsvInput {
 public:
  CsvInput(std::unique_ptr<ByteSource> source, const CsvDialect& dialect, const Limits& limits,
           std::size_t block_bytes)
      : source_(std::move(source)),
        dialect_(dialect),
        limits_(limits),
        block_bytes_(std::max<std::size_t>(block_bytes, 1)),
        target_(block_bytes_) {}

  // Takes the byte order mark away and decodes. Call once, first.
  Expected<void> start();

  // Reads until `target` bytes are there or the source ends.
  Expected<void> fill();
  // Doubles the target and fills; a failure when what is there is a row past the limits.
  Expected<void> grow();
  // Drops the first `size` bytes.
  void advance(std::size_t size);
  // Drops what stands before `offset`, which is not before offset(), and fills.
  Expected<void> advance_to(std::uint64_t offset);
  // Hands out the first `size` bytes, which hold `lines` line ends, and keeps the rest.
  RecordBlock take(std::size_t size, std::uint64_t lines);

  std::string_view text() const { return {bytes_.data(), bytes_.size()}; }
  bool ended() const { return ended_; }
  std::uint64_t offset() const { return offset_; }  // of text()[0] in the source
  std::uint64_t line() const { return line_; }      // of text()[0]

 private:
  Expected<void> check_tail() const;

  std::unique_ptr<ByteSource> source_;
  const CsvDialect& dialect_;
  const Limits& limits_;
  std::size_t block_bytes_;
  std::size_t target_;
  std::vector<char> bytes_;
  bool ended_ = false;
  bool after_cr_ = false;  // the byte before text()[0] is a CR
  std::uint64_t offset_ = 0;
  std::uint64_t line_ = 1;
};

// Reads past the header (or looks at the first row when there is none) and fills in everything of
// the plan but `wanted`. The input then stands at the first data row.
Expected<void> read_csv_header(CsvInput& input, CsvPlan& plan);

// Fills in plan.wanted, and fails when a reference names no column.
Expected<void> project_csv(std::span<const std::string> wanted, CsvPlan& plan);

Expected<void> check_csv_dialect(const CsvDialect& dialect, const std::string& name);

}  // namespace dossier
