// The end of a streaming run: the lines of blocks, in order, those left out that were written
// before. The fingerprints of what may come again are held in memory up to a budget, those that can
// only be equal to lines of the same subject by subject as long as it comes once; from there on
// lines go to a temporary file, fingerprints to sorted runs on the disk, and `finish` copies the
// lines that were the first of their kind: the same bytes, written twice. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/output.hpp"
#include "mapping/fingerprint_set.hpp"
#include "mapping/line_backend.hpp"
#include "mapping/subject_lines.hpp"

namespace dossier {

class LineOutput {
 public:
  // `memory`: bytes that fingerprints may take; 0: no bound.
  LineOutput(ByteSink& out, std::uint64_t memory);
  ~LineOutput();
  LineOutput(const LineOutput&) = delete;
  LineOutput& operator=(const LineOutput&) = delete;

  void write(const LineBlock& block);
  // After the last block. A failure is that of a temporary file.
  Expected<void> finish();
  std::uint64_t duplicates() const { return duplicates_; }  // complete after `finish`
  bool spilled() const { return spill_ != nullptr; }

 private:
  struct Spill;

  void fetch(const LineBlock& block, std::size_t i) const;
  bool is_new(const LineBlock& block, const CheckedLine& line, std::size_t pending);
  bool is_first_of_subject(const LineBlock& block, const CheckedLine& line);
  bool must_spill(const CheckedLine& line) const;
  void keep(std::string_view lines);
  void begin_spill();
  Expected<void> drop_repeated();
  void note(Expected<void> done);

  ByteSink& out_;
  std::uint64_t memory_;
  FingerprintSet written_;                      // when spilled: those of the newest lines only
  SubjectLines subjects_;                       // the others; none when spilled
  std::uint32_t subject_ = CheckedLine::kNone;  // of the last line, in the block
  SubjectLines::Entry* entry_ = nullptr;        // its entry, if that has all its lines
  std::uint64_t duplicates_ = 0;
  std::unique_ptr<Spill> spill_;
  std::optional<Error> error_;
};

}  // namespace dossier
