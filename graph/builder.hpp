// Build, then freeze. A Builder only takes statements; it has no queries. It has one shard a
// thread: each shard interns into its own dictionary without locks, and `freeze` (freeze.hpp)
// brings the shards together so that their number leaves no trace. Sources and rules are registered
// before the threads start. Cost: 20 bytes a statement, 16 a record of evidence, and the
// dictionary.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "graph/dictionary.hpp"
#include "graph/evidence.hpp"
#include "graph/statement.hpp"
#include "graph/statement_batch.hpp"

namespace dossier {

// Ids are those of the shard's own dictionary. One thread.
class Shard {
 public:
  Dictionary& terms() { return terms_; }

  EvidenceId add_evidence(const EvidenceRow& row) {
    append_large(evidence_, row);
    return EvidenceId(static_cast<std::uint32_t>(evidence_.size() - 1));
  }

  void add(const Statement& statement, EvidenceId evidence = {}) {
    append_large(statements_, statement);
    append_large(evidence_of_, evidence);
  }

  // As a StatementSink: for readers of RDF files. `begin_source` says whose statements follow.
  void begin_source(SourceId source, RuleId rule = {}) {
    source_ = source;
    rule_ = rule;
  }
  bool statement(const StatementView& view);
  // Many at once, which waits less for memory.
  void statements(const StatementBatch& batch);
  void prefix(std::string_view, std::string_view) {}

  std::size_t statement_count() const { return statements_.size(); }
  std::size_t bytes() const;

 private:
  friend class Freezer;

  Dictionary terms_;
  LargeVector<Statement> statements_;
  LargeVector<EvidenceId> evidence_of_;
  LargeVector<EvidenceRow> evidence_;
  SourceId source_;
  RuleId rule_;
};

class Builder {
 public:
  explicit Builder(std::size_t shards = 1);

  std::size_t shard_count() const { return shards_.size(); }
  Shard& shard(std::size_t i = 0) { return *shards_[i]; }

  SourceId add_source(SourceInfo info);
  RuleId add_rule(RuleInfo info);
  std::span<SourceInfo> sources() { return sources_; }  // to say more of them before the freeze

 private:
  friend class Freezer;

  std::vector<std::unique_ptr<Shard>> shards_;
  std::vector<SourceInfo> sources_;
  std::vector<RuleInfo> rules_;
};

}  // namespace dossier
