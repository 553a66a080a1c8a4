// The frozen graph: immutable, so any number of threads read it without a lock. Ids are in the
// order of the terms' text (kind first), so the order of ids is the order of output and a namespace
// is a range of ids. Statements stand in SPO order, each once; a POS permutation, made when it is
// first asked for, serves look-ups by predicate and object. Made by `freeze` (freeze.hpp). Cost: 20
// bytes a statement and 4 with POS, 16 a term and its bytes, 4 a resource.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/large_memory.hpp"
#include "graph/dictionary.hpp"
#include "graph/evidence.hpp"
#include "graph/statement.hpp"

namespace dossier {

// Statements in another order than SPO: a random-access range of references.
class StatementRange {
 public:
  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = Statement;
    using difference_type = std::ptrdiff_t;
    using pointer = const Statement*;
    using reference = const Statement&;
    Iterator() = default;
    Iterator(const Statement* base, const std::uint32_t* at) : base_(base), at_(at) {}
    reference operator*() const { return base_[*at_]; }
    pointer operator->() const { return base_ + *at_; }
    reference operator[](difference_type n) const { return base_[at_[n]]; }
    Iterator& operator++() { return ++at_, *this; }
    Iterator operator++(int) { return {base_, at_++}; }
    Iterator& operator--() { return --at_, *this; }
    Iterator operator--(int) { return {base_, at_--}; }
    Iterator& operator+=(difference_type n) { return at_ += n, *this; }
    Iterator& operator-=(difference_type n) { return at_ -= n, *this; }
    friend Iterator operator+(Iterator i, difference_type n) { return i += n; }
    friend Iterator operator+(difference_type n, Iterator i) { return i += n; }
    friend Iterator operator-(Iterator i, difference_type n) { return i -= n; }
    friend difference_type operator-(Iterator a, Iterator b) { return a.at_ - b.at_; }
    friend auto operator<=>(Iterator a, Iterator b) { return a.at_ <=> b.at_; }
    friend bool operator==(Iterator a, Iterator b) { return a.at_ == b.at_; }

   private:
    const Statement* base_ = nullptr;
    const std::uint32_t* at_ = nullptr;
  };

  StatementRange() = default;
  StatementRange(const Statement* base, std::span<const std::uint32_t> order)
      : base_(base), order_(order) {}
  Iterator begin() const { return {base_, order_.data()}; }
  Iterator end() const { return {base_, order_.data() + order_.size()}; }
  std::size_t size() const { return order_.size(); }
  bool empty() const { return order_.empty(); }
  const Statement& operator[](std::size_t i) const { return base_[order_[i]]; }
  std::span<const std::uint32_t> positions() const { return order_; }  // into Graph::statements()

 private:
  const Statement* base_ = nullptr;
  std::span<const std::uint32_t> order_;
};

class Graph {
 public:
  Graph() = default;  // empty
  Graph(Graph&&) noexcept = default;
  Graph& operator=(Graph&&) noexcept = default;

  // ---- terms
  std::size_t term_count(TermKind kind) const {
    return records_[static_cast<std::size_t>(kind)].size();
  }
  std::size_t term_count() const;
  // IRI, blank node label without "_:", lexical form; empty for triple terms. Valid until the Graph
  // dies.
  std::string_view text(TermId id) const {
    return id.is_triple() ? std::string_view{} : record(id).text();
  }
  TermView term(TermId id) const;
  // Hints for code that walks many terms: the record, and some time later its bytes, are brought
  // near the processor.
  void prefetch_record(TermId id) const { __builtin_prefetch(&record(id)); }
  void prefetch_text(TermId id) const {
    const char* const bytes = record(id).data;
    __builtin_prefetch(bytes);
    __builtin_prefetch(bytes + 64);
  }
  const LiteralType& literal_type(TermId literal) const { return types_[record(literal).type]; }
  std::span<const LiteralType> literal_types() const { return types_; }
  // The number of the literal's type in literal_types(): compare numbers, not texts.
  std::uint32_t literal_type_index(TermId literal) const { return record(literal).type; }
  Statement triple(TermId triple_term) const;  // its parts; the graph is kDefaultGraph
  // Binary search by text; no id when the graph has no such term.
  TermId find(const TermView& term) const;
  TermId find_iri(std::string_view iri) const;
  // IRIs that begin with `prefix`: [first, last) as indices of TermKind::iri.
  std::pair<std::uint32_t, std::uint32_t> iri_range(std::string_view prefix) const;

  // ---- statements
  std::span<const Statement> statements() const { return statements_; }  // SPO order
  std::size_t size() const { return statements_.size(); }
  std::span<const Statement> about(TermId subject) const;
  std::span<const Statement> about(TermId subject, TermId predicate) const;
  // The object of the first such statement, or no id.
  TermId object(TermId subject, TermId predicate) const;
  bool contains(const Statement& statement) const;
  // The order of these two, POS, is made by the first that asks for it; any thread may.
  StatementRange with_predicate(TermId predicate) const;              // in POS order
  StatementRange with_object(TermId predicate, TermId object) const;  // in subject order
  std::span<const TermId> predicates() const { return predicates_; }  // that occur, in order
  bool is_subject(TermId resource) const { return !about(resource).empty(); }
  std::size_t position(const Statement& in_statements) const {  // of an element of statements()
    return static_cast<std::size_t>(&in_statements - statements_.data());
  }
  // Subjects with rdf:type `cls`, as asserted: the class extent.
  StatementRange instances(TermId cls) const;
  TermId rdf_type() const { return rdf_type_; }  // no id when no statement uses it

  // ---- evidence
  // Of the statement at `position` of statements(); in order, may be empty.
  std::span<const EvidenceId> evidence_of(std::size_t position) const;
  const EvidenceRow& evidence(EvidenceId id) const { return evidence_[id.index()]; }
  std::span<const EvidenceRow> evidence_rows() const { return evidence_; }
  std::span<const SourceInfo> sources() const { return sources_; }
  std::span<const RuleInfo> rules() const { return rules_; }

  std::size_t bytes() const;  // memory held

  // This graph and `added` (their terms must be terms of this graph), each with the same evidence
  // row; those that are there already are left out. For inference: no renumbering.
  struct Extension {
    std::vector<Statement> statements;
    RuleInfo rule;
  };
  Graph extended(std::vector<Extension> extensions) &&;

 private:
  friend class Freezer;

  const TermRecord& record(TermId id) const {
    return records_[static_cast<std::size_t>(id.kind())][id.index()];
  }
  // Subjects are IRIs and blank nodes, numbered one after the other.
  std::size_t rank(TermId resource) const {
    return resource.index() + (resource.is_blank() ? records_[0].size() : 0);
  }
  void index();  // fills all below statements_ from statements_
  // Statements in the order of predicate, object, subject.
  struct PosOrder {
    std::once_flag made;
    LargeVector<std::uint32_t> positions;
    std::vector<std::uint32_t> starts;  // of predicates_, into positions; one more at the end
  };
  const PosOrder& pos() const;
  void make_pos(PosOrder& pos) const;

  std::vector<Arena> arenas_;
  LargeVector<TermRecord> records_[4];
  std::vector<LiteralType> types_;
  std::vector<TripleView> triples_;

  LargeVector<Statement> statements_;
  LargeVector<std::uint32_t> subject_starts_;  // by rank; one more at the end
  std::vector<TermId> predicates_;
  std::unique_ptr<PosOrder> pos_ = std::make_unique<PosOrder>();
  TermId rdf_type_;

  // A statement with one row holds its id; with several, kManyBit and where they begin in many_,
  // which holds the count and then the ids.
  static constexpr std::uint32_t kManyBit = 0x8000'0000u;
  LargeVector<EvidenceId> evidence_of_;
  std::vector<EvidenceId> many_;
  LargeVector<EvidenceRow> evidence_;
  std::vector<SourceInfo> sources_;
  std::vector<RuleInfo> rules_;
};

}  // namespace dossier
