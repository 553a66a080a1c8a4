#include "graph/freeze.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <numeric>
#include <unordered_map>

#include "base/release.hpp"
#include "base/thread_pool.hpp"
#include "graph/string_sort.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

// Kinds whose terms are texts, the most numerous first so that threads end together.
constexpr TermKind kMergeOrder[] = {TermKind::literal, TermKind::iri, TermKind::blank};
constexpr std::size_t kTextKinds = std::size(kMergeOrder);

// A statement on its way: sorted by statement, then evidence.
struct IncomingRow {
  Statement statement;
  EvidenceId evidence;
};

bool row_less(const IncomingRow& a, const IncomingRow& b) {
  if (const auto c = a.statement <=> b.statement; c != 0) return c < 0;
  return a.evidence.value() + 1 < b.evidence.value() + 1;
}

}  // namespace

// One freeze. Each step frees what the next no longer needs.
class Freezer {
 public:
  Freezer(Builder&& builder, const FreezeOptions& options, FreezeCounts& counts)
      : builder_(std::move(builder)),
        options_(options),
        counts_(counts),
        remaps_(builder_.shard_count()) {}

  Graph run() {
    intern_judgements();
    for (auto& shard : builder_.shards_) shard->terms_.drop_index();
    number_literal_types();
    sort_terms();
    parallel_for(options_.threads, kTextKinds,
                 [&](std::size_t kind) { merge_kind(kMergeOrder[kind]); });
    apply_judgements();
    merge_triple_terms();
    merge_evidence();
    sort_statements();
    for (auto& shard : builder_.shards_) {
      graph_.arenas_.push_back(shard->terms_.take_arena());
      shard.reset();
    }
    graph_.sources_ = std::move(builder_.sources_);
    graph_.rules_ = std::move(builder_.rules_);
    graph_.index();
    return std::move(graph_);
  }

 private:
  Dictionary& terms(std::size_t shard) { return builder_.shards_[shard]->terms_; }

  // The kept IRI must exist even when no statement names it.
  void intern_judgements() {
    for (const SameAs& each : options_.same_as) {
      terms(0).iri(each.keep);
      terms(0).iri(each.merge);
    }
  }

  // Types of all shards, sorted; rank_of_type_[shard][type of shard] is the number in the Graph.
  void number_literal_types() {
    std::vector<LiteralType> all;
    for (const auto& shard : builder_.shards_) {
      all.insert(all.end(), shard->terms_.literal_types().begin(),
                 shard->terms_.literal_types().end());
    }
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (const auto& shard : builder_.shards_) {
      std::vector<std::uint32_t>& ranks = rank_of_type_.emplace_back();
      for (const LiteralType& type : shard->terms_.literal_types()) {
        ranks.push_back(
            static_cast<std::uint32_t>(std::ranges::lower_bound(all, type) - all.begin()));
      }
    }
    graph_.types_ = std::move(all);
  }

  // The terms of each kind in each shard, side by side: sorting is the larger part of the work.
  void sort_terms() {
    const std::size_t shards = builder_.shard_count();
    orders_.resize(kTextKinds * shards);
    parallel_for(options_.threads, orders_.size(), [&](std::size_t i) {
      const TermKind kind = kMergeOrder[i / shards];
      const std::size_t s = i % shards;
      orders_[i] =
          sorted_order(terms(s).records(kind),
                       kind == TermKind::literal ? std::span<const std::uint32_t>(rank_of_type_[s])
                                                 : std::span<const std::uint32_t>{});
    });
  }

  // Merges the sorted terms of one kind of all shards; fills remaps_[shard][kind].
  void merge_kind(TermKind kind) {
    const auto k = static_cast<std::size_t>(kind);
    const bool typed = kind == TermKind::literal;
    const std::size_t shards = builder_.shard_count();
    const auto first = static_cast<std::size_t>(std::ranges::find(kMergeOrder, kind) - kMergeOrder);
    const std::span orders = std::span(orders_).subspan(first * shards, shards);
    std::size_t total = 0;
    for (std::size_t s = 0; s < shards; ++s) {
      remaps_[s][k].resize(orders[s].size());
      total += orders[s].size();
    }
    LargeVector<TermRecord>& out = graph_.records_[k];
    out.reserve(total);  // what duplicates leave unused is never touched
    const auto ranked = [&](std::size_t s, std::size_t at) {
      TermRecord record = terms(s).records(kind)[orders[s][at]];
      if (typed) record.type = rank_of_type_[s][record.type];
      return record;
    };
    const auto compare = [](const TermRecord& a, const TermRecord& b) {
      const int order = a.text().compare(b.text());
      return order != 0 ? order : static_cast<int>(a.type) - static_cast<int>(b.type);
    };
    if (shards == 1) {
      number_alone(kind, orders[0]);
      return;
    }
    std::vector<std::size_t> at(shards, 0);
    std::vector<TermRecord> head(shards);
    std::vector<std::size_t> open;
    for (std::size_t s = 0; s < shards; ++s) {
      if (orders[s].empty()) continue;
      head[s] = ranked(s, 0);
      open.push_back(s);
    }
    while (!open.empty()) {
      std::size_t least = open[0];
      for (std::size_t i = 1; i < open.size(); ++i) {
        if (compare(head[open[i]], head[least]) < 0) least = open[i];
      }
      const TermRecord record = head[least];
      const auto number = static_cast<std::uint32_t>(out.size());
      out.push_back(record);
      std::erase_if(open, [&](std::size_t s) {
        if (s != least && compare(head[s], record) != 0) return false;
        remaps_[s][k][orders[s][at[s]]] = number;
        if (++at[s] == orders[s].size()) return true;
        head[s] = ranked(s, at[s]);
        return false;
      });
    }
    for (std::size_t s = 0; s < shards; ++s) {
      terms(s).drop_records(kind);
      release(orders[s]);
    }
  }

  // The terms of the only shard: each is there once.
  void number_alone(TermKind kind, std::vector<std::uint32_t>& order) {
    constexpr std::size_t kAhead = 16;
    const auto k = static_cast<std::size_t>(kind);
    const LargeVector<TermRecord>& records = terms(0).records(kind);
    LargeVector<TermRecord>& out = graph_.records_[k];
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i + kAhead < order.size()) __builtin_prefetch(&records[order[i + kAhead]]);
      TermRecord record = records[order[i]];
      if (kind == TermKind::literal) record.type = rank_of_type_[0][record.type];
      out.push_back(record);
      remaps_[0][k][order[i]] = static_cast<std::uint32_t>(i);
    }
    terms(0).drop_records(kind);
    release(order);
  }

  // Follows chains of judgements and redirects the numbers of merged IRIs.
  void apply_judgements() {
    if (options_.same_as.empty()) return;
    std::unordered_map<std::uint32_t, std::uint32_t> keeper;
    const auto root = [&](std::uint32_t id) {
      for (auto found = keeper.find(id); found != keeper.end(); found = keeper.find(id))
        id = found->second;
      return id;
    };
    for (const SameAs& each : options_.same_as) {
      const std::uint32_t keep = root(graph_.find_iri(each.keep).index());
      const std::uint32_t merge = root(graph_.find_iri(each.merge).index());
      if (keep != merge) keeper.emplace(merge, keep);
    }
    counts_.merged_terms = keeper.size();
    for (auto& remap : remaps_) {
      for (std::uint32_t& number : remap[0]) number = root(number);
    }
  }

  TermId renumbered(std::size_t shard, TermId id) const {
    if (!id) return id;
    return {id.kind(), remaps_[shard][static_cast<std::size_t>(id.kind())][id.index()]};
  }

  // Parts of a triple term have lower numbers in their shard than the term itself, so one pass in
  // that order renumbers nested ones too. In the Graph they stand in the order of nesting depth,
  // then of their parts.
  void merge_triple_terms() {
    struct Triple {
      std::uint32_t depth;
      Statement parts;
      std::size_t shard;
      std::uint32_t number;
    };
    constexpr auto k = static_cast<std::size_t>(TermKind::triple);
    std::vector<Triple> all;
    std::vector<std::vector<std::uint32_t>> depths(builder_.shard_count());
    std::uint32_t deepest = 0;
    for (std::size_t s = 0; s < builder_.shard_count(); ++s) {
      const auto& records = terms(s).records(TermKind::triple);
      remaps_[s][k].resize(records.size());
      for (std::uint32_t i = 0; i < records.size(); ++i) {
        TermId parts[3];
        std::memcpy(parts, records[i].data, sizeof parts);
        const std::uint32_t depth = parts[2].is_triple() ? depths[s][parts[2].index()] + 1 : 0;
        depths[s].push_back(depth);
        deepest = std::max(deepest, depth);
        all.push_back({depth, {parts[0], parts[1], parts[2], kDefaultGraph}, s, i});
      }
    }
    std::ranges::stable_sort(all, {}, &Triple::depth);
    auto begin = all.begin();
    for (std::uint32_t depth = 0; depth <= deepest && begin != all.end(); ++depth) {
      const auto end =
          std::find_if(begin, all.end(), [&](const Triple& t) { return t.depth != depth; });
      for (auto at = begin; at != end; ++at) {
        at->parts = {renumbered(at->shard, at->parts.subject),
                     renumbered(at->shard, at->parts.predicate),
                     renumbered(at->shard, at->parts.object), kDefaultGraph};
      }
      std::sort(begin, end, [](const Triple& a, const Triple& b) { return a.parts < b.parts; });
      const Statement* last = nullptr;
      for (auto at = begin; at != end; ++at) {
        if (last == nullptr || *last != at->parts) add_triple_term(at->parts);
        last = &at->parts;
        remaps_[at->shard][k][at->number] =
            static_cast<std::uint32_t>(graph_.records_[k].size() - 1);
      }
      begin = end;
    }
    graph_.arenas_.push_back(std::move(triple_bytes_));
    for (std::size_t s = 0; s < builder_.shard_count(); ++s)
      terms(s).drop_records(TermKind::triple);
  }

  void add_triple_term(const Statement& parts) {
    const TermId ids[3] = {parts.subject, parts.predicate, parts.object};
    char bytes[sizeof ids];
    std::memcpy(bytes, ids, sizeof ids);
    graph_.records_[3].push_back({triple_bytes_.copy({bytes, sizeof bytes}), sizeof bytes, 0});
  }

  void merge_evidence() {
    if (take_evidence_of_one()) return;
    std::size_t total = 0;
    for (const auto& shard : builder_.shards_) total += shard->evidence_.size();
    LargeVector<EvidenceRow>& out = graph_.evidence_;
    out.reserve(total);
    for (const auto& shard : builder_.shards_) {
      out.insert(out.end(), shard->evidence_.begin(), shard->evidence_.end());
    }
    if (!std::ranges::is_sorted(out)) std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    for (const auto& shard : builder_.shards_) {
      std::vector<EvidenceId>& remap = evidence_remaps_.emplace_back();
      remap.reserve(shard->evidence_.size());
      // Rows come mostly in order: look near the last one before searching.
      std::size_t near = 0;
      for (const EvidenceRow& row : shard->evidence_) {
        while (near < out.size() && out[near] < row && near + 1 < out.size() &&
               out[near + 1] <= row)
          ++near;
        if (out[near] != row) {
          near = static_cast<std::size_t>(std::ranges::lower_bound(out, row) - out.begin());
        }
        remap.push_back(EvidenceId(static_cast<std::uint32_t>(near)));
      }
      release(shard->evidence_);
    }
  }

  // Where one shard has all the rows, each once and in order, they keep their numbers.
  bool take_evidence_of_one() {
    const auto has_rows = [](const auto& shard) { return !shard->evidence_.empty(); };
    const auto found = std::ranges::find_if(builder_.shards_, has_rows);
    if (found == builder_.shards_.end()) return true;
    if (std::any_of(found + 1, builder_.shards_.end(), has_rows)) return false;
    LargeVector<EvidenceRow>& rows = (*found)->evidence_;
    if (std::ranges::adjacent_find(rows, std::greater_equal<>()) != rows.end()) return false;
    graph_.evidence_ = std::move(rows);
    return true;
  }

  // Counting sort by subject, then a comparison sort within each subject; then duplicates collapse.
  void sort_statements() {
    const std::size_t subjects = graph_.records_[0].size() + graph_.records_[1].size();
    std::vector<std::uint32_t> starts(subjects + 1, 0);
    for (std::size_t s = 0; s < builder_.shard_count(); ++s) {
      Shard& shard = *builder_.shards_[s];
      counts_.statements_in += shard.statements_.size();
      for (std::size_t i = 0; i < shard.statements_.size(); ++i) {
        Statement& statement = shard.statements_[i];
        statement = {renumbered(s, statement.subject), renumbered(s, statement.predicate),
                     renumbered(s, statement.object), renumbered(s, statement.graph)};
        EvidenceId& evidence = shard.evidence_of_[i];
        if (evidence && !evidence_remaps_.empty()) evidence = evidence_remaps_[s][evidence.index()];
        ++starts[graph_.rank(statement.subject) + 1];
      }
    }
    release(remaps_);
    release(evidence_remaps_);
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    graph_.statements_.resize(counts_.statements_in);
    graph_.evidence_of_.resize(counts_.statements_in);
    {
      std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
      for (auto& shard : builder_.shards_) {
        for (std::size_t i = 0; i < shard->statements_.size(); ++i) {
          const std::uint32_t at = next[graph_.rank(shard->statements_[i].subject)]++;
          graph_.statements_[at] = shard->statements_[i];
          graph_.evidence_of_[at] = shard->evidence_of_[i];
        }
        release(shard->statements_);
        release(shard->evidence_of_);
      }
    }
    const std::size_t parts = options_.threads * 8;
    parallel_for(options_.threads, parts, [&](std::size_t part) {
      const std::size_t first = subjects * part / parts;
      const std::size_t last = subjects * (part + 1) / parts;
      std::vector<IncomingRow> rows;
      for (std::size_t subject = first; subject < last; ++subject) {
        sort_range(starts[subject], starts[subject + 1], rows);
      }
    });
    collapse();
  }

  // The statements of one subject, with their evidence.
  void sort_range(std::size_t first, std::size_t last, std::vector<IncomingRow>& rows) {
    if (last - first < 2) return;
    rows.clear();
    for (std::size_t i = first; i < last; ++i) {
      rows.push_back({graph_.statements_[i], graph_.evidence_of_[i]});
    }
    if (std::ranges::is_sorted(rows, row_less)) return;
    std::ranges::sort(rows, row_less);
    for (std::size_t i = first; i < last; ++i) {
      graph_.statements_[i] = rows[i - first].statement;
      graph_.evidence_of_[i] = rows[i - first].evidence;
    }
  }

  // In place: what is written never passes what is read.
  void collapse() {
    LargeVector<Statement>& statements = graph_.statements_;
    LargeVector<EvidenceId>& evidence_of = graph_.evidence_of_;
    std::vector<EvidenceId> here;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < statements.size();) {
      const Statement statement = statements[i];
      std::size_t j = i + 1;
      if (j == statements.size() || statements[j] != statement) {
        statements[kept] = statement;
        evidence_of[kept++] = evidence_of[i];
        i = j;
        continue;
      }
      here.clear();
      for (j = i; j < statements.size() && statements[j] == statement; ++j) {
        const EvidenceId id = evidence_of[j];
        if (id && (here.empty() || here.back() != id)) here.push_back(id);
      }
      statements[kept] = statement;
      evidence_of[kept++] = reference_to(here);
      i = j;
    }
    statements.resize(kept);
    evidence_of.resize(kept);
    counts_.statements_out = kept;
    counts_.duplicates = counts_.statements_in - kept;
  }

  EvidenceId reference_to(const std::vector<EvidenceId>& rows) {
    if (rows.size() <= 1) return rows.empty() ? EvidenceId() : rows[0];
    const auto at = static_cast<std::uint32_t>(graph_.many_.size());
    graph_.many_.push_back(EvidenceId(static_cast<std::uint32_t>(rows.size())));
    graph_.many_.insert(graph_.many_.end(), rows.begin(), rows.end());
    return EvidenceId(Graph::kManyBit | at);
  }

  Builder builder_;
  const FreezeOptions& options_;
  FreezeCounts& counts_;
  Graph graph_;
  std::vector<std::vector<std::uint32_t>> rank_of_type_;
  struct Remap {
    std::vector<std::uint32_t> by_kind[4];
    std::vector<std::uint32_t>& operator[](std::size_t k) { return by_kind[k]; }
    const std::vector<std::uint32_t>& operator[](std::size_t k) const { return by_kind[k]; }
  };
  std::vector<Remap> remaps_;
  std::vector<std::vector<std::uint32_t>>
      orders_;  // of kMergeOrder's kinds, each shard's one after another
  std::vector<std::vector<EvidenceId>> evidence_remaps_;
  Arena triple_bytes_;
};

Graph freeze(Builder&& builder, const FreezeOptions& options, FreezeCounts* counts) {
  FreezeCounts own;
  return Freezer(std::move(builder), options, counts != nullptr ? *counts : own).run();
}

}  // namespace dossier
