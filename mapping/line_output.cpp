#include "mapping/line_output.hpp"

#include "base/sorted_runs.hpp"
#include "base/temporary_file.hpp"

namespace dossier {
namespace {

constexpr std::size_t kCopiedAtOnce = std::size_t{256} << 10;

// A line that was let through, by its place among the held lines.
struct HeldLine {
  Fingerprint print;
  std::uint64_t begin = 0;
  std::uint32_t size = 0;  // 0: written before lines were held
  friend auto operator<=>(const HeldLine&, const HeldLine&) = default;
};

struct HeldRange {
  std::uint64_t begin = 0;
  std::uint64_t size = 0;
  friend auto operator<=>(const HeldRange&, const HeldRange&) = default;
};

}  // namespace

struct LineOutput::Spill {
  TemporaryFile lines;
  SortedRuns<HeldLine> prints;
  SortedRuns<HeldRange> repeated;

  Spill(TemporaryFile file, std::size_t memory)
      : lines(std::move(file)), prints(memory), repeated(memory) {}
};

LineOutput::LineOutput(ByteSink& out, std::uint64_t memory) : out_(out), memory_(memory) {}
LineOutput::~LineOutput() = default;

void LineOutput::write(const LineBlock& block) {
  static constexpr std::size_t kAhead = 16;
  const std::string_view bytes = block.bytes.view();
  const std::vector<CheckedLine>& checked = block.checked;
  std::size_t pending = 0;  // from here on lines are new and not yet written
  subject_ = CheckedLine::kNone;
  entry_ = nullptr;
  for (std::size_t i = 0; i < checked.size(); ++i) {
    if (i + kAhead < checked.size()) fetch(block, i + kAhead);
    const CheckedLine& line = checked[i];
    if (is_new(block, line, pending)) continue;
    keep(bytes.substr(pending, line.begin - pending));
    pending = line.begin + line.size;
    ++duplicates_;
  }
  keep(bytes.substr(pending));
}

// What looking for line `i` of the block will touch.
void LineOutput::fetch(const LineBlock& block, std::size_t i) const {
  const CheckedLine& line = block.checked[i];
  if (line.subject == CheckedLine::kNone || spill_) {
    written_.prefetch(line.print);
  } else if (line.subject != block.checked[i - 1].subject) {
    subjects_.prefetch(block.subjects[line.subject].print);
  }
}

// What is held would be past the budget with this line. While a table grows, there are three times
// its bytes.
bool LineOutput::must_spill(const CheckedLine& line) const {
  if (memory_ == 0) return false;
  std::size_t more = written_.is_full() ? written_.bytes() * 2 : 0;
  if (line.subject != CheckedLine::kNone && !spill_) more += subjects_.next_bytes();
  return more > 0 && written_.bytes() + subjects_.bytes() + more > memory_;
}

// Whether the line needs no search: its subject was not there before the record that it is of.
bool LineOutput::is_first_of_subject(const LineBlock& block, const CheckedLine& line) {
  const auto hand_over = [&](const Fingerprint& print) { written_.insert(print); };
  if (line.subject != subject_) {
    const CheckedSubject& subject = block.subjects[line.subject];
    subject_ = line.subject;
    entry_ = subjects_.enter(subject.print, subject.alone, hand_over);
  }
  if (entry_ == nullptr) return false;
  if (subjects_.add(*entry_, line.print)) return true;
  entry_ = subjects_.enter(entry_->subject, false, hand_over);
  return false;
}

// `pending`: where in the block the bytes begin that were not kept yet.
bool LineOutput::is_new(const LineBlock& block, const CheckedLine& line, std::size_t pending) {
  if (must_spill(line)) begin_spill();
  if (!spill_ && line.subject != CheckedLine::kNone && is_first_of_subject(block, line)) {
    return true;
  }
  if (!written_.insert(line.print)) return false;
  if (spill_) {
    const std::uint64_t begin = spill_->lines.size() + (line.begin - pending);
    note(spill_->prints.add({line.print, begin, static_cast<std::uint32_t>(line.size)}));
  }
  return true;
}

void LineOutput::keep(std::string_view lines) {
  if (lines.empty()) return;  // of a block without lines: null
  if (spill_) {
    note(spill_->lines.append(lines));
  } else {
    out_.append(lines);
  }
}

// What the set holds is on the disk from here on: as written, or as runs already.
void LineOutput::begin_spill() {
  if (!spill_) {
    auto file = TemporaryFile::create();
    if (!file) {
      note(std::unexpected(std::move(file.error())));
      memory_ = 0;
      return;
    }
    spill_ = std::make_unique<Spill>(std::move(*file), memory_ / 4);
    const auto hold = [&](const Fingerprint& print) { note(spill_->prints.add({print, 0, 0})); };
    written_.for_each(hold);
    subjects_.for_each(hold);
    subjects_ = {};
  }
  written_.clear();
}

Expected<void> LineOutput::finish() {
  if (spill_ && !error_) note(drop_repeated());
  if (error_) return std::unexpected(*error_);
  return {};
}

Expected<void> LineOutput::drop_repeated() {
  written_ = {};
  Spill& spill = *spill_;
  Fingerprint last;
  auto done = spill.prints.merge([&](const HeldLine& line) -> Expected<void> {
    const bool repeated = line.print == last;
    last = line.print;
    if (!repeated) return {};
    ++duplicates_;
    return spill.repeated.add({line.begin, line.size});
  });
  if (!done) return done;

  std::vector<char> buffer(kCopiedAtOnce);
  std::uint64_t at = 0;
  const auto copy_up_to = [&](std::uint64_t end) -> Expected<void> {
    while (at < end) {
      const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(end - at, buffer.size()));
      const auto read = spill.lines.read_at(at, std::span(buffer).first(step));
      if (!read) return std::unexpected(read.error());
      out_.append({buffer.data(), *read});
      at += step;
    }
    return {};
  };
  done = spill.repeated.merge([&](const HeldRange& range) -> Expected<void> {
    auto copied = copy_up_to(range.begin);
    at = range.begin + range.size;
    return copied;
  });
  return done ? copy_up_to(spill.lines.size()) : done;
}

void LineOutput::note(Expected<void> done) {
  if (!done && !error_) error_ = std::move(done.error());
}

}  // namespace dossier
