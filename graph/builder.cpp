#include "graph/builder.hpp"

#include <algorithm>

namespace dossier {

bool Shard::statement(const StatementView& view) {
  Statement statement;
  statement.subject = terms_.intern(*view.subject);
  statement.predicate = terms_.intern(*view.predicate);
  statement.object = terms_.intern(*view.object);
  if (view.graph != nullptr) statement.graph = terms_.intern(*view.graph);
  EvidenceId evidence;
  if (source_) evidence = add_evidence({source_, rule_, view.offset});
  add(statement, evidence);
  return true;
}

void Shard::statements(const StatementBatch& batch) {
  constexpr std::size_t kAtOnce = 16;  // rows; their terms and what is known of them fit L1
  std::vector<std::uint32_t> types;
  types.reserve(batch.types_.size());
  for (const LiteralType& each : batch.types_.all()) {
    types.push_back(terms_.literal_type(each.datatype, each.language, each.direction));
  }
  Dictionary::Prepared prepared[kAtOnce * 4];
  const StatementBatch::Term* term = batch.terms_.data();
  for (std::size_t row = 0; row < batch.rows_.size();) {
    const std::size_t end = std::min(row + kAtOnce, batch.rows_.size());
    std::size_t count = 0;
    for (std::size_t i = row; i < end; ++i) count += batch.rows_[i].terms();
    for (std::size_t t = 0; t < count; ++t) {
      prepared[t] = Dictionary::prepared(term[t].hash, types[term[t].type]);
      terms_.approach_slot(prepared[t]);
    }
    for (std::size_t t = 0; t < count; ++t) terms_.approach_record(prepared[t]);
    for (std::size_t t = 0; t < count; ++t) terms_.approach_text(prepared[t]);
    const Dictionary::Prepared* ready = prepared;
    const auto intern = [&] {
      const StatementBatch::Term& each = *term++;
      const Dictionary::Prepared known = *ready++;
      return each.kind == TermKind::triple
                 ? terms_.intern(*reinterpret_cast<const TermView*>(each.data))
                 : terms_.intern(each.kind, each.text(), known);
    };
    for (; row < end; ++row) {
      const StatementBatch::Row& each = batch.rows_[row];
      Statement statement;
      statement.subject = each.same_subject ? statements_.back().subject : intern();
      statement.predicate = intern();
      statement.object = intern();
      if (each.has_graph) statement.graph = intern();
      EvidenceId evidence;
      if (source_) evidence = add_evidence({source_, rule_, each.offset});
      add(statement, evidence);
    }
  }
}

std::size_t Shard::bytes() const {
  return terms_.bytes() + statements_.size() * sizeof(Statement) +
         evidence_of_.size() * sizeof(EvidenceId) + evidence_.size() * sizeof(EvidenceRow);
}

Builder::Builder(std::size_t shards) {
  shards_.reserve(shards);
  for (std::size_t i = 0; i < shards; ++i) shards_.push_back(std::make_unique<Shard>());
}

SourceId Builder::add_source(SourceInfo info) {
  sources_.push_back(std::move(info));
  return SourceId(static_cast<std::uint32_t>(sources_.size() - 1));
}

RuleId Builder::add_rule(RuleInfo info) {
  rules_.push_back(std::move(info));
  return RuleId(static_cast<std::uint32_t>(rules_.size() - 1));
}

}  // namespace dossier
