#include "graph/graph.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>

#include "graph/vocabulary.hpp"

namespace dossier {
namespace {}  // namespace

std::size_t Graph::term_count() const {
  std::size_t sum = 0;
  for (const auto& each : records_) sum += each.size();
  return sum;
}

TermView Graph::term(TermId id) const {
  if (id.is_triple()) return {.kind = TermKind::triple, .triple = &triples_[id.index()]};
  const TermRecord& of = record(id);
  TermView view{.kind = id.kind(), .text = of.text()};
  if (id.is_literal()) {
    const LiteralType& type = types_[of.type];
    view.datatype = type.datatype;
    view.language = type.language;
    view.direction = type.direction;
  }
  return view;
}

Statement Graph::triple(TermId triple_term) const {
  TermId parts[3];
  std::memcpy(parts, record(triple_term).data, sizeof parts);
  return {parts[0], parts[1], parts[2], kDefaultGraph};
}

TermId Graph::find(const TermView& term) const {
  const LargeVector<TermRecord>& records = records_[static_cast<std::size_t>(term.kind)];
  if (term.kind == TermKind::triple) {
    // Nested in the object only; the depth is that of the view that the caller built.
    const Statement parts{find(term.triple->subject), find(term.triple->predicate),
                          find(term.triple->object), kDefaultGraph};
    if (!parts.subject || !parts.predicate || !parts.object) return {};
    for (std::uint32_t i = 0; i < records.size(); ++i) {
      if (triple(TermId(TermKind::triple, i)) == parts) return {TermKind::triple, i};
    }
    return {};
  }
  std::uint32_t type = 0;
  if (term.kind == TermKind::literal) {
    const LiteralType wanted{std::string(term.datatype), std::string(term.language),
                             term.direction};
    const auto found = std::ranges::lower_bound(types_, wanted);
    if (found == types_.end() || *found != wanted) return {};
    type = static_cast<std::uint32_t>(found - types_.begin());
  }
  const auto found = std::lower_bound(records.begin(), records.end(), term.text,
                                      [type](const TermRecord& record, std::string_view text) {
                                        const int order = record.text().compare(text);
                                        return order != 0 ? order < 0 : record.type < type;
                                      });
  if (found == records.end() || found->text() != term.text || found->type != type) return {};
  return {term.kind, static_cast<std::uint32_t>(found - records.begin())};
}

TermId Graph::find_iri(std::string_view iri) const {
  return find(iri_view(iri));
}

std::pair<std::uint32_t, std::uint32_t> Graph::iri_range(std::string_view prefix) const {
  const LargeVector<TermRecord>& iris = records_[0];
  const auto cut = [&](const TermRecord& record) { return record.text().substr(0, prefix.size()); };
  const auto first = std::ranges::lower_bound(iris, prefix, {}, cut);
  const auto last = std::ranges::upper_bound(first, iris.end(), prefix, {}, cut);
  return {static_cast<std::uint32_t>(first - iris.begin()),
          static_cast<std::uint32_t>(last - iris.begin())};
}

std::span<const Statement> Graph::about(TermId subject) const {
  if (!subject || !subject.is_resource()) return {};
  const std::size_t at = rank(subject);
  if (at + 1 >= subject_starts_.size()) return {};
  return std::span(statements_)
      .subspan(subject_starts_[at], subject_starts_[at + 1] - subject_starts_[at]);
}

std::span<const Statement> Graph::about(TermId subject, TermId predicate) const {
  const std::span<const Statement> all = about(subject);
  const auto range = std::ranges::equal_range(all, predicate, {}, &Statement::predicate);
  return {range.begin(), range.end()};
}

TermId Graph::object(TermId subject, TermId predicate) const {
  const std::span<const Statement> found = about(subject, predicate);
  return found.empty() ? TermId() : found.front().object;
}

bool Graph::contains(const Statement& statement) const {
  return std::ranges::binary_search(about(statement.subject), statement);
}

StatementRange Graph::with_predicate(TermId predicate) const {
  const auto found = std::ranges::lower_bound(predicates_, predicate);
  if (found == predicates_.end() || *found != predicate) return {};
  const auto at = static_cast<std::size_t>(found - predicates_.begin());
  const PosOrder& order = pos();
  return {statements_.data(),
          std::span(order.positions)
              .subspan(order.starts[at], order.starts[at + 1] - order.starts[at])};
}

StatementRange Graph::with_object(TermId predicate, TermId object) const {
  const std::span<const std::uint32_t> all = with_predicate(predicate).positions();
  const auto object_at = [&](std::uint32_t position) { return statements_[position].object; };
  const auto range = std::ranges::equal_range(all, object, {}, object_at);
  return {statements_.data(), {range.begin(), range.end()}};
}

StatementRange Graph::instances(TermId cls) const {
  if (!rdf_type_ || !cls) return {};
  return with_object(rdf_type_, cls);
}

std::span<const EvidenceId> Graph::evidence_of(std::size_t position) const {
  const EvidenceId& reference = evidence_of_[position];
  if (!reference) return {};
  if ((reference.value() & kManyBit) == 0) return {&reference, 1};
  const std::size_t at = reference.value() & ~kManyBit;
  return std::span(many_).subspan(at + 1, many_[at].value());
}

std::size_t Graph::bytes() const {
  std::size_t sum = statements_.size() * sizeof(Statement) +
                    evidence_of_.size() * sizeof(EvidenceId) +
                    (pos_->positions.size() + subject_starts_.size()) * sizeof(std::uint32_t) +
                    evidence_.size() * sizeof(EvidenceRow) + many_.size() * sizeof(EvidenceId) +
                    triples_.size() * sizeof(TripleView);
  for (const auto& each : records_) sum += each.size() * sizeof(TermRecord);
  for (const Arena& each : arenas_) sum += each.reserved();
  return sum;
}

void Graph::index() {
  triples_.clear();
  triples_.reserve(records_[3].size());
  for (std::uint32_t i = 0; i < records_[3].size(); ++i) {
    const Statement parts =
        triple(TermId(TermKind::triple, i));  // objects nested in it come earlier
    triples_.push_back({term(parts.subject), term(parts.predicate), term(parts.object)});
  }

  const std::size_t resources = records_[0].size() + records_[1].size();
  subject_starts_.assign(resources + 1, 0);
  for (const Statement& each : statements_) ++subject_starts_[rank(each.subject) + 1];
  std::partial_sum(subject_starts_.begin(), subject_starts_.end(), subject_starts_.begin());

  std::vector<bool> occurs(records_[0].size(), false);
  for (const Statement& each : statements_) occurs[each.predicate.index()] = true;
  predicates_.clear();
  for (std::uint32_t p = 0; p < occurs.size(); ++p) {
    if (occurs[p]) predicates_.emplace_back(TermKind::iri, p);
  }
  pos_ = std::make_unique<PosOrder>();

  rdf_type_ = find_iri(rdf::kType);
  if (rdf_type_ && !std::ranges::binary_search(predicates_, rdf_type_)) rdf_type_ = {};
}

const Graph::PosOrder& Graph::pos() const {
  std::call_once(pos_->made, [this] { make_pos(*pos_); });
  return *pos_;
}

// Two stable counting passes over SPO order: objects, then predicates.
void Graph::make_pos(PosOrder& pos) const {
  pos.starts.clear();
  std::size_t base[4] = {0};
  for (std::size_t k = 1; k < 4; ++k) base[k] = base[k - 1] + records_[k - 1].size();
  const auto object_rank = [&](const Statement& s) {
    return base[static_cast<std::size_t>(s.object.kind())] + s.object.index();
  };
  LargeVector<std::uint32_t> by_object(statements_.size());
  {
    LargeVector<std::uint32_t> next(term_count() + 1, 0);
    for (const Statement& each : statements_) ++next[object_rank(each) + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    for (std::uint32_t i = 0; i < statements_.size(); ++i)
      by_object[next[object_rank(statements_[i])]++] = i;
  }
  std::vector<std::uint32_t> next(records_[0].size(), 0);
  for (const Statement& each : statements_) ++next[each.predicate.index()];
  std::uint32_t sum = 0;
  for (const TermId predicate : predicates_) {
    pos.starts.push_back(sum);
    sum += std::exchange(next[predicate.index()], sum);
  }
  pos.starts.push_back(sum);
  pos.positions.resize(statements_.size());
  for (const std::uint32_t i : by_object)
    pos.positions[next[statements_[i].predicate.index()]++] = i;
}

Graph Graph::extended(std::vector<Extension> extensions) && {
  struct Added {
    Statement statement;
    EvidenceId evidence;
  };
  std::vector<Added> added;
  for (Extension& extension : extensions) {
    const RuleId rule(static_cast<std::uint32_t>(rules_.size()));
    rules_.push_back(std::move(extension.rule));
    const EvidenceId evidence(static_cast<std::uint32_t>(evidence_.size()));
    evidence_.push_back({SourceId(), rule, 0});
    for (const Statement& each : extension.statements) {
      if (!contains(each)) added.push_back({each, evidence});
    }
  }
  std::ranges::stable_sort(added, {}, &Added::statement);
  const auto repeats = std::ranges::unique(added, {}, &Added::statement);
  added.erase(repeats.begin(), repeats.end());

  LargeVector<Statement> statements;
  LargeVector<EvidenceId> evidence_of;
  statements.reserve(statements_.size() + added.size());
  evidence_of.reserve(statements.capacity());
  auto next = added.begin();
  for (std::size_t i = 0; i <= statements_.size(); ++i) {
    for (; next != added.end() && (i == statements_.size() || next->statement < statements_[i]);
         ++next) {
      statements.push_back(next->statement);
      evidence_of.push_back(next->evidence);
    }
    if (i == statements_.size()) break;
    statements.push_back(statements_[i]);
    evidence_of.push_back(evidence_of_[i]);
  }
  statements_ = std::move(statements);
  evidence_of_ = std::move(evidence_of);
  index();
  return std::move(*this);
}

}  // namespace dossier
