// Terms interned once: text -> TermId, and back. A Dictionary belongs to one thread (a Builder has
// one a shard). Cost per distinct term: its bytes, 16 bytes of record and 8 to 16 of hash slot. Ids
// count up in order of first appearance within each kind; `freeze` renumbers them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/large_memory.hpp"
#include "base/release.hpp"
#include "graph/literal_types.hpp"
#include "graph/term.hpp"

namespace dossier {

// A term's text. For literals `type` numbers a LiteralType; for triple terms `data` points at three
// TermIds (12 bytes, unaligned).
struct TermRecord {
  const char* data = nullptr;
  std::uint32_t size = 0;
  std::uint32_t type = 0;
  std::string_view text() const { return {data, size}; }
};

class Dictionary {
 public:
  Dictionary();

  TermId intern(const TermView& term);
  TermId iri(std::string_view text) { return intern_text(TermKind::iri, text, 0); }
  TermId blank(std::string_view label) { return intern_text(TermKind::blank, label, 0); }
  TermId literal(std::string_view lexical, std::uint32_t type) {
    return intern_text(TermKind::literal, lexical, type);
  }
  TermId triple(TermId subject, TermId predicate, TermId object);

  // For callers that know many terms ahead: interning waits mostly for memory, and the three
  // approaches, each called for all the terms before the next one is called for any, bring near the
  // processor what it will look at. No triple terms.
  struct Prepared {
    std::uint32_t hash = 0;
    std::uint32_t type = 0;
  };
  // Of a term without its type; any thread.
  static std::uint32_t text_hash(TermKind kind, std::string_view text);
  static Prepared prepared(std::uint32_t text_hash, std::uint32_t type) {
    return {text_hash ^ (type * 0x9E37'79B1u), type};
  }
  void approach_slot(Prepared term) const { __builtin_prefetch(&slots_[term.hash & mask_]); }
  void approach_record(Prepared term) const;
  void approach_text(Prepared term) const;
  TermId intern(TermKind kind, std::string_view text, Prepared prepared);

  std::uint32_t literal_type(std::string_view datatype, std::string_view language = {},
                             Direction direction = Direction::none) {
    return types_.number(datatype, language, direction);
  }
  std::uint32_t string_type() const { return 0; }  // xsd:string

  std::size_t size(TermKind kind) const { return records_[static_cast<std::size_t>(kind)].size(); }
  std::size_t size() const;
  const TermRecord& record(TermId id) const {
    return records_[static_cast<std::size_t>(id.kind())][id.index()];
  }
  const LargeVector<TermRecord>& records(TermKind kind) const {
    return records_[static_cast<std::size_t>(kind)];
  }
  const std::vector<LiteralType>& literal_types() const { return types_.all(); }
  std::size_t bytes() const;  // memory held

  // Frees what only interning needs. No term can be interned afterwards.
  void drop_index();
  Arena take_arena() { return std::move(arena_); }
  void drop_records(TermKind kind) { release(records_[static_cast<std::size_t>(kind)]); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    TermId id;
  };

  TermId intern_text(TermKind kind, std::string_view text, std::uint32_t type) {
    return intern(kind, text, prepared(text_hash(kind, text), type));
  }
  void grow();

  Arena arena_;
  LargeVector<TermRecord> records_[4];
  LargeVector<Slot> slots_;
  std::size_t mask_ = 0;
  std::size_t used_ = 0;
  LiteralTypes types_;
};

}  // namespace dossier
