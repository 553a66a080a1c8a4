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

void Shard::statements(std::span<const Held> held) {
  constexpr std::size_t kAtOnce = 16;  // statements; their terms and what is known of them fit L1
  constexpr std::size_t kTerms = 4;
  while (!held.empty()) {
    const std::span<const Held> some = held.first(std::min(held.size(), kAtOnce));
    Dictionary::Prepared prepared[kAtOnce * kTerms];
    // Statements of one subject mostly stand together.
    bool same_subject[kAtOnce] = {};
    for (std::size_t i = 1; i < some.size(); ++i) {
      const TermView& subject = some[i].terms[0];
      const TermView& before = some[i - 1].terms[0];
      same_subject[i] = subject.kind != TermKind::triple && subject.kind == before.kind &&
                        subject.text == before.text;
    }
    const auto for_each = [&](auto&& function) {
      for (std::size_t i = 0; i < some.size(); ++i) {
        for (std::size_t t = same_subject[i] ? 1 : 0; t < (some[i].has_graph ? kTerms : kTerms - 1);
             ++t) {
          const TermView& term = some[i].terms[t];
          if (term.kind != TermKind::triple) function(term, prepared[i * kTerms + t]);
        }
      }
    };
    for_each([&](const TermView& term, Dictionary::Prepared& p) { p = terms_.prepare(term); });
    for_each([&](const TermView&, Dictionary::Prepared p) { terms_.approach_record(p); });
    for_each([&](const TermView&, Dictionary::Prepared p) { terms_.approach_text(p); });
    for (std::size_t i = 0; i < some.size(); ++i) {
      const auto intern = [&](std::size_t t) {
        const TermView& term = some[i].terms[t];
        return term.kind == TermKind::triple ? terms_.intern(term)
                                             : terms_.intern(term, prepared[i * kTerms + t]);
      };
      Statement statement;
      statement.subject = same_subject[i] ? statements_.back().subject : intern(0);
      statement.predicate = intern(1);
      statement.object = intern(2);
      if (some[i].has_graph) statement.graph = intern(3);
      EvidenceId evidence;
      if (source_) evidence = add_evidence({source_, rule_, some[i].offset});
      add(statement, evidence);
    }
    held = held.subspan(some.size());
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
