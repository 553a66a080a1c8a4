// Terms as bytes of N-Triples, statements as lines. Terms of one record stand in a scratch buffer
// whose front keeps the constants; a cell is a range of it.
#pragma once

#include <cstdint>
#include <vector>

#include "base/hash.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/encoded_term.hpp"
#include "mapping/fingerprint_set.hpp"
#include "mapping/join_table.hpp"
#include "mapping/plan.hpp"

namespace dossier {

// A line that may have been written before.
struct CheckedLine {
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  Fingerprint print;
  std::size_t begin = 0;  // in the block
  std::size_t size = 0;
  std::uint32_t subject = kNone;  // of LineBlock::subjects: only lines of an equal one may be equal
};

// A subject of the record that checked lines are of, for one group of statements.
struct CheckedSubject {
  Fingerprint print;
  bool alone = true;  // the record makes none of its lines twice
};

// Lines of one block, in input order.
struct LineBlock {
  ByteBuffer bytes;
  std::vector<CheckedLine> checked;  // the others are new for certain, or duplicates are kept
  std::vector<CheckedSubject> subjects;

  void clear() {
    bytes.clear();
    checked.clear();
    subjects.clear();
  }
};

class LineBackend {
 public:
  struct Cell {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;  // 0: the default graph
  };

  static constexpr bool kWritesLines = true;

  // `rdf_star`: statements as terms are written << s p o >>.
  explicit LineBackend(bool rdf_star = false)
      : open_(rdf_star ? "<< " : "<<( "), close_(rdf_star ? ">>" : ")>>") {}

  void begin_block(LineBlock& block) { block_ = &block; }
  void begin_record(std::uint64_t) { scratch_.truncate(constants_end_); }
  void end_constants() { constants_end_ = scratch_.size(); }
  void begin_map(std::size_t) {}
  struct Origin {};  // lines do not tell where they are from
  Origin origin() const { return {}; }
  void begin_as(const Origin&) {}
  // Of the statements that follow: whether they may have been made before.
  void check(bool checked) {
    checked_ = checked;
    subject_ = CheckedLine::kNone;
  }
  // Only statements of the same group and subject may be equal to them. `number`: of
  // `checked_subject`.
  void check_with_subject(std::uint32_t number) {
    checked_ = true;
    subject_ = number;
  }
  // `group`: of the statements.
  std::uint32_t checked_subject(Cell subject, std::uint32_t group, bool alone) {
    block_->subjects.push_back({Fingerprint::of(text(subject), group), alone});
    return static_cast<std::uint32_t>(block_->subjects.size() - 1);
  }
  void not_alone(std::uint32_t number) { block_->subjects[number].alone = false; }
  // As in a line; until the next record.
  std::string_view text(Cell cell) const { return scratch_.view().substr(cell.begin, cell.size); }

  Cell default_graph() const { return {}; }
  Cell iri(std::string_view text) {
    const std::size_t begin = scratch_.size();
    scratch_.append('<');
    scratch_.append(text);
    scratch_.append('>');
    return since(begin);
  }
  Cell unsafe_iri(std::string_view text) {
    const std::size_t begin = scratch_.size();
    scratch_.append('<');
    append_iri_escaped(scratch_, text);
    scratch_.append('>');
    return since(begin);
  }
  Cell blank(std::string_view label) {
    const std::size_t begin = scratch_.size();
    scratch_.append("_:");
    scratch_.append(label);
    return since(begin);
  }
  Cell literal(const TermPlan& term, std::string_view text) {
    return quoted(text, {term.line_suffix, {}, {}});
  }
  Cell typed_literal(std::string_view text, std::string_view datatype) {
    if (datatype == xsd::kString) return quoted(text, {"\"", {}, {}});
    return quoted(text, {"\"^^<", datatype, ">"});
  }
  Cell language_literal(std::string_view text, std::string_view language) {
    return quoted(text, {"\"@", language, {}});
  }
  Cell parent(const JoinTable&, std::size_t, const JoinTable::Entry& entry) {
    if (entry.kind() == JoinTable::Kind::statement) {
      std::string_view bytes = entry.subject();
      return encoded::read(bytes, *this);
    }
    return entry.kind() == JoinTable::Kind::blank ? blank(entry.subject()) : iri(entry.subject());
  }

  Cell triple(Cell subject, Cell predicate, Cell object) {
    const std::size_t begin = scratch_.size();
    scratch_.append(open_);
    for (const Cell part : {subject, predicate, object}) {
      const std::string copy = text_of(part);  // scratch_ may move
      scratch_.append(copy);
      scratch_.append(' ');
    }
    scratch_.append(close_);
    return since(begin);
  }
  std::string text_of(Cell cell) const {
    return std::string(scratch_.view().substr(cell.begin, cell.size));
  }
  // Cells that outlive their record.
  using Kept = std::string;
  Kept keep(Cell cell) const { return text_of(cell); }
  Cell restore(const Kept& kept) {
    const std::size_t begin = scratch_.size();
    scratch_.append(kept);
    return since(begin);
  }
  void add_reified(Cell reifier, Cell predicate, Cell statement, Cell graph) {
    add(reifier, predicate, statement, graph);
  }

  void add(Cell subject, Cell predicate, Cell object, Cell graph) {
    LineBlock& block = *block_;
    const std::size_t size = std::size_t{subject.size} + predicate.size + object.size + graph.size +
                             (graph.size == 0 ? 5 : 6);
    const std::size_t at = block.bytes.size();
    scratch_.reserve(kStep);
    char* const begin = block.bytes.reserve(size + kStep);
    char* to = begin;
    to = put(to, subject);
    to = put(to, predicate);
    to = put(to, object);
    if (graph.size > 0) to = put(to, graph);
    *to++ = '.';
    *to++ = '\n';
    block.bytes.advance(size);
    if (checked_) block.checked.push_back({Fingerprint::of({begin, size}), at, size, subject_});
  }

 private:
  Cell since(std::size_t begin) const {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(scratch_.size() - begin)};
  }
  struct Ending {
    std::string_view open;
    std::string_view name;
    std::string_view close;
  };
  Cell quoted(std::string_view text, const Ending& ending) {
    const std::size_t begin = scratch_.size();
    scratch_.append('"');
    append_literal_escaped(scratch_, text);
    scratch_.append(ending.open);
    scratch_.append(ending.name);
    scratch_.append(ending.close);
    return since(begin);
  }
  // In steps that may read and write past the cell: both buffers have room for one more.
  char* put(char* to, Cell cell) const {
    const char* from = scratch_.view().data() + cell.begin;
    for (std::size_t done = 0; done < cell.size; done += kStep) {
      std::memcpy(to + done, from + done, kStep);
    }
    to[cell.size] = ' ';
    return to + cell.size + 1;
  }

  static constexpr std::size_t kStep = 32;

  std::string_view open_;  // of a statement as a term
  std::string_view close_;
  bool checked_ = false;
  std::uint32_t subject_ = CheckedLine::kNone;
  ByteBuffer scratch_;
  std::size_t constants_end_ = 0;
  LineBlock* block_ = nullptr;
};

}  // namespace dossier
