// One record's values -> checked terms, given to a backend (line_backend.hpp, id_backend.hpp) that
// keeps them as bytes or as ids. One for each worker and source.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/codes/mapping.hpp"
#include "graph/iri.hpp"
#include "mapping/row_values.hpp"

namespace dossier {

// A value that cannot become the term that the mapping wants; told in full only when reported.
struct BadValue {
  DiagnosticCode code{};
  std::uint64_t offset = 0;        // of the record
  const TermPlan* term = nullptr;  // of the plan
  std::uint32_t slot = Piece::kConstant;
  std::string value;
  std::string note;  // of a function: what it said
};

// What a worker counts over one block.
struct BlockCounts {
  std::uint64_t read = 0;
  std::uint64_t read_to = 0;  // where in the source the block ends; set by the pass
  std::map<DiagnosticCode, std::uint64_t> rejected_records;
  std::uint64_t statements = 0;
  std::uint64_t repeated = 0;  // of these, known to have been made by an equal record
  std::uint64_t absent_terms = 0;
  std::uint64_t bad_terms = 0;
  std::map<DiagnosticCode, std::uint64_t> rejected;
  std::vector<BadValue> bad_values;
};

// The label of a blank node that stands for a record: no value gives it, so no value's label can
// be it (those have no '-').
std::string_view record_label(ByteBuffer& buffer, std::uint64_t seed, std::uint64_t offset);

// `text` as an IRI: unchanged when absolute, behind `base` when relative (RML-Core, "Generating
// IRIs"); empty when it is no IRI, or relative without a base.
std::string_view checked_iri(std::string_view text, std::string_view base, ByteBuffer& buffer);

// The first slot that `term` takes a value from, to point at.
std::uint32_t first_slot(const TermPlan& term);

template <class Backend>
class TermMaker {
 public:
  TermMaker(Backend& backend, BlockCounts& counts) : backend_(backend), counts_(counts) {}

  // All terms of `term` for `row`: calls `take(cell)` for each. False when a value was bad: it has
  // been counted. Absent values give no term.
  template <class Take>
  bool make(const TermPlan& term, std::span<const Value> row, std::uint64_t offset, Take&& take) {
    offset_ = offset;
    if (term.by_record) {
      take(backend_.blank(record_label(text_, term.record_seed, offset)));
      return true;
    }
    Presence found = presence(term.pieces, row);
    if (term.shape == TermShape::literal && found != Presence::absent) {
      found = std::max(found, presence(term.datatype_pieces, row), by_presence);
      found = std::max(found, presence(term.language_pieces, row), by_presence);
    }
    if (found == Presence::absent) {
      ++counts_.absent_terms;
      return true;
    }
    if (found == Presence::present) return make_one(term, row, take);
    return make_several(term, row, take);
  }

  // Whether a computed term is to be made: its conditions hold, and nothing it needs has failed. A
  // failure is counted and kept.
  bool wanted(const TermPlan& term, std::span<const Value> row, std::uint64_t offset,
              const RowEvaluator& functions) {
    offset_ = offset;
    for (const std::uint32_t slot : term.conditions) {
      if (const RowFailure* failure = functions.failure(slot)) return failed(term, slot, *failure);
      if (!holds(row[slot])) return false;
    }
    for (const auto* pieces : {&term.pieces, &term.datatype_pieces, &term.language_pieces}) {
      for (const Piece& piece : *pieces) {
        if (const RowFailure* failure = functions.failure(piece.slot)) {
          return failed(term, piece.slot, *failure);
        }
      }
    }
    return true;
  }

 private:
  // A condition of several values holds when it does for one of them.
  static bool holds(const Value& value) {
    if (value.type == ValueType::absent) return false;
    if (value.type != ValueType::list) return is_true(value.text());
    return std::ranges::any_of(value.list(), [](const Value& each) { return holds(each); });
  }

  bool failed(const TermPlan& term, std::uint32_t slot, const RowFailure& failure) {
    bad(code::map_function, term, {});
    if (!counts_.bad_values.empty() && counts_.bad_values.back().note.empty() &&
        counts_.bad_values.back().code == code::map_function) {
      counts_.bad_values.back().slot = slot;
      counts_.bad_values.back().note = failure.message;
    }
    return false;
  }

  // Absence wins over lists.
  static bool by_presence(Presence a, Presence b) {
    const auto rank = [](Presence p) { return p == Presence::absent ? 2 : p == Presence::list; };
    return rank(a) < rank(b);
  }

  template <class Take>
  bool make_several(const TermPlan& term, std::span<const Value> row, Take&& take) {
    std::vector<Piece> all = term.pieces;
    all.insert(all.end(), term.datatype_pieces.begin(), term.datatype_pieces.end());
    all.insert(all.end(), term.language_pieces.begin(), term.language_pieces.end());
    bool good = true;
    for_each_combination(std::span<const Piece>(all), row, [&](std::span<const Value> values) {
      good = make_one(term, values, take) && good;
    });
    return good;
  }

  template <class Take>
  bool make_one(const TermPlan& term, std::span<const Value> row, Take&& take) {
    const std::string_view text = lexical(term.pieces, row, text_);
    switch (term.shape) {
      case TermShape::iri: {
        if (term.unsafe) {
          take(backend_.unsafe_iri(is_absolute_reference(text) ? text : with_base(term, text)));
          return true;
        }
        const std::string_view iri = term.check_iri ? checked_iri(text, term.base, iri_) : text;
        if (iri.empty()) return bad(code::map_bad_iri, term, text);
        take(backend_.iri(iri));
        return true;
      }
      case TermShape::blank:
        take(backend_.blank(text.empty() ? std::string_view("_") : text));
        return true;
      case TermShape::literal:
        return make_literal(term, row, text, take);
    }
    return true;
  }

  template <class Take>
  bool make_literal(const TermPlan& term, std::span<const Value> row, std::string_view text,
                    Take&& take) {
    if (term.natural) {
      const Value& value = row[term.pieces[0].slot];
      if (value.type == ValueType::text) {
        take(backend_.literal(term, text));
        return true;
      }
      text_.clear();
      append_natural(text_, value);
      take(backend_.typed_literal(text_.view(), natural_datatype(value.type)));
      return true;
    }
    if (!term.language_pieces.empty()) {
      const std::string_view tag = lexical(term.language_pieces, row, type_);
      if (!is_real_language_tag(tag)) return bad(code::map_bad_language, term, tag);
      take(backend_.language_literal(text, tag));
      return true;
    }
    if (!term.datatype_pieces.empty()) {
      const std::string_view name = lexical(term.datatype_pieces, row, type_);
      const std::string_view iri = checked_iri(name, term.base, iri_);
      if (iri.empty()) return bad(code::map_bad_datatype, term, name);
      take(backend_.typed_literal(text, iri));
      return true;
    }
    take(backend_.literal(term, text));
    return true;
  }

  std::string_view with_base(const TermPlan& term, std::string_view text) {
    iri_.clear();
    iri_.append(term.base);
    iri_.append(text);
    return iri_.view();
  }

  bool bad(DiagnosticCode code, const TermPlan& term, std::string_view value) {
    static constexpr std::size_t kKeptPerBlock = 1000;
    counts_.rejected[code] += term.uses;
    ++counts_.bad_terms;
    if (counts_.bad_values.size() < kKeptPerBlock) {
      counts_.bad_values.push_back({code, offset_, &term, first_slot(term), std::string(value)});
    }
    return false;
  }

  Backend& backend_;
  BlockCounts& counts_;
  std::uint64_t offset_ = 0;
  ByteBuffer text_;
  ByteBuffer iri_;
  ByteBuffer type_;
};

}  // namespace dossier
