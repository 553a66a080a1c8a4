#include "graph/builder.hpp"

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

std::size_t Shard::bytes() const {
  return terms_.bytes() + statements_.capacity() * sizeof(Statement) +
         evidence_of_.capacity() * sizeof(EvidenceId) + evidence_.capacity() * sizeof(EvidenceRow);
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
