// Terms as ids of a Builder's shard, statements into it with an evidence row for each record and
// triples map. Subjects of parents are interned once for each worker.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/builder.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/encoded_term.hpp"
#include "mapping/join_table.hpp"
#include "mapping/plan.hpp"

namespace dossier {

class IdBackend {
 public:
  using Cell = TermId;
  static constexpr bool kWritesLines = false;

  // `rules` by the index of the map in its source.
  IdBackend(const Plan& plan, Shard& shard, SourceId source, std::vector<RuleId> rules)
      : shard_(shard),
        source_(source),
        rules_(std::move(rules)),
        types_(plan.term_count, kUnknown) {}

  void begin_record(std::uint64_t offset) { offset_ = offset; }
  void end_constants() {}
  void begin_map(std::size_t map) {
    rule_ = rules_[map];
    evidence_ = {};
  }

  // Which source and triples map the statements are from.
  struct Origin {
    SourceId source;
    RuleId rule;
  };
  Origin origin() const { return {source_, rule_}; }
  void begin_as(const Origin& origin) {
    source_ = origin.source;
    rule_ = origin.rule;
    evidence_ = {};
  }

  Cell default_graph() const { return kDefaultGraph; }
  Cell iri(std::string_view text) { return shard_.terms().iri(text); }
  Cell unsafe_iri(std::string_view text) { return shard_.terms().iri(text); }
  Cell blank(std::string_view label) { return shard_.terms().blank(label); }
  Cell literal(const TermPlan& term, std::string_view text) {
    return shard_.terms().literal(text, type_of(term));
  }
  Cell typed_literal(std::string_view text, std::string_view datatype) {
    return shard_.terms().literal(text, shard_.terms().literal_type(datatype));
  }
  Cell language_literal(std::string_view text, std::string_view language) {
    return shard_.terms().literal(text, shard_.terms().literal_type(rdf::kLangString, language));
  }
  Cell parent(const JoinTable& table, std::size_t number, const JoinTable::Entry& entry) {
    if (parents_.size() <= number) parents_.resize(number + 1);
    std::vector<TermId>& ids = parents_[number];
    if (ids.size() < table.size()) ids.resize(table.size());
    TermId& id = ids[entry.index];
    if (id) return id;
    if (entry.kind() == JoinTable::Kind::statement) {
      std::string_view bytes = entry.subject();
      id = encoded::read(bytes, *this);
    } else {
      id = entry.kind() == JoinTable::Kind::blank ? blank(entry.subject()) : iri(entry.subject());
    }
    return id;
  }
  Cell triple(Cell subject, Cell predicate, Cell object) {
    return shard_.terms().triple(subject, predicate, object);
  }
  // As a line has it. Recursion ends with the depth that quoted triples maps may have.
  std::string text_of(Cell cell) const;
  using Kept = TermId;
  Kept keep(Cell cell) const { return cell; }
  Cell restore(Kept kept) const { return kept; }
  void add_reified(Cell reifier, Cell predicate, Cell statement, Cell graph) {
    add(reifier, predicate, statement, graph);
  }

  void add(Cell subject, Cell predicate, Cell object, Cell graph) {
    if (!evidence_) evidence_ = shard_.add_evidence({source_, rule_, offset_});
    shard_.add({subject, predicate, object, graph}, evidence_);
  }

 private:
  std::uint32_t type_of(const TermPlan& term) {
    std::uint32_t& type = types_[term.number];
    if (type == kUnknown) {
      Dictionary& terms = shard_.terms();
      if (!term.language.empty()) {
        type = terms.literal_type(rdf::kLangString, term.language);
      } else {
        type = term.datatype.empty() ? terms.string_type() : terms.literal_type(term.datatype);
      }
    }
    return type;
  }

  static constexpr std::uint32_t kUnknown = 0xFFFF'FFFF;

  Shard& shard_;
  SourceId source_;
  std::vector<RuleId> rules_;
  RuleId rule_;
  EvidenceId evidence_;
  std::uint64_t offset_ = 0;
  std::vector<std::uint32_t> types_;  // by TermPlan::number
  std::vector<std::vector<TermId>> parents_;
};

inline std::string IdBackend::text_of(Cell cell) const {
  if (!cell) return {};
  const Dictionary& terms = shard_.terms();
  const TermRecord& record = terms.record(cell);
  switch (cell.kind()) {
    case TermKind::iri:
      return "<" + std::string(record.text()) + ">";
    case TermKind::blank:
      return "_:" + std::string(record.text());
    case TermKind::literal: {
      ByteBuffer text;
      append_literal_escaped(text, record.text());
      const LiteralType& type = terms.literal_types()[record.type];
      std::string out = "\"" + std::string(text.view()) + "\"";
      if (!type.language.empty()) return out + "@" + std::string(type.language);
      if (type.datatype == xsd::kString) return out;
      return out + "^^<" + std::string(type.datatype) + ">";
    }
    case TermKind::triple:
      break;
  }
  TermId parts[3];
  std::memcpy(parts, record.data, sizeof parts);
  return "<<( " + text_of(parts[0]) + " " + text_of(parts[1]) + " " + text_of(parts[2]) + " )>>";
}

}  // namespace dossier
