#include "graph/entity_graph.hpp"

#include <algorithm>
#include <new>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "base/codes/exports.hpp"
#include "base/release.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

constexpr std::uint32_t kNone = 0xFFFF'FFFF;

// What a resource is, as bits. A folded link that something else points at is both.
constexpr std::uint8_t kNode = 1;
constexpr std::uint8_t kFolded = 2;
constexpr std::uint8_t kUnfoldable = 4;  // an instance of a link class without usable ends

// An edge on its way. The order of fields is the order of edges.
struct Row {
  std::uint32_t source;
  std::uint32_t target;
  std::uint32_t kind;
  std::uint32_t origin;
  friend auto operator<=>(const Row&, const Row&) = default;
};

// Sorted by source with `starts` (one more than nodes), then by the other fields.
void sort_rows(std::vector<Row>& rows, std::size_t nodes, std::vector<std::uint32_t>& starts) {
  if (rows.size() >= kNone) throw std::bad_alloc();
  starts.assign(nodes + 1, 0);
  for (const Row& row : rows) ++starts[row.source + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  std::vector<Row> sorted(rows.size());
  std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
  for (const Row& row : rows) sorted[next[row.source]++] = row;
  for (std::size_t node = 0; node < nodes; ++node) {
    std::sort(sorted.begin() + starts[node], sorted.begin() + starts[node + 1]);
  }
  rows = std::move(sorted);
}

}  // namespace

// One construction. Resources are numbered IRIs first, then blank nodes: their rank.
class EntityGraphBuilder {
 public:
  EntityGraphBuilder(EntityGraph& out, const EntityGraphOptions& options,
                     DiagnosticSink* diagnostics)
      : out_(out),
        graph_(*out.graph_),
        options_(options),
        diagnostics_(diagnostics),
        iris_(graph_.term_count(TermKind::iri)),
        resources_(iris_ + graph_.term_count(TermKind::blank)),
        roles_(resources_, 0),
        class_of_link_(resources_, kNone) {}

  void run() {
    out_.counts_.statements = graph_.size();
    find_links();
    keep_links_that_are_pointed_at();
    mark_nodes();
    number_nodes();
    name_types();
    make_kinds();
    fold_links();
    sort_rows(folded_, out_.terms_.size(), folded_starts_);
    add_statements();
    fill();
  }

 private:
  std::size_t rank(TermId resource) const {
    return resource.index() + (resource.is_blank() ? iris_ : 0);
  }
  TermId resource(std::size_t rank) const {
    return rank < iris_ ? TermId(TermKind::iri, static_cast<std::uint32_t>(rank))
                        : TermId(TermKind::blank, static_cast<std::uint32_t>(rank - iris_));
  }
  bool only_folded(std::size_t rank) const { return (roles_[rank] & (kNode | kFolded)) == kFolded; }
  bool is_class_statement(const Statement& s) const {
    return s.predicate == graph_.rdf_type() && s.object.is_resource();
  }
  const LinkClass& link_class(std::size_t rank) const {
    return out_.schema_.links[class_of_link_[rank]];
  }

  // Link classes from the fewest instances to the most: of nested classes the narrowest comes
  // first.
  std::vector<std::uint32_t> narrow_first() const {
    const std::vector<LinkClass>& links = out_.schema_.links;
    std::vector<std::uint32_t> order(links.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(
        order, {}, [&](std::uint32_t i) { return graph_.instances(links[i].cls).size(); });
    return order;
  }

  // The distinct resources that `property` of `link` names.
  std::size_t ends(TermId link, TermId property, std::vector<TermId>* into) const {
    if (into != nullptr) into->clear();
    if (!property) return 0;
    std::size_t count = 0;
    TermId last;
    for (const Statement& s : graph_.about(link, property)) {
      if (!s.object.is_resource() || s.object == last) continue;
      last = s.object;
      ++count;
      if (into != nullptr) into->push_back(last);
    }
    return count;
  }

  void find_links() {
    EntityCounts& counts = out_.counts_;
    const std::vector<std::uint32_t> order = narrow_first();
    for (const std::uint32_t c : order) {
      const LinkClass& cls = out_.schema_.links[c];
      for (const Statement& s : graph_.instances(cls.cls)) {
        const std::size_t r = rank(s.subject);
        if (class_of_link_[r] != kNone) continue;
        const std::size_t sources = ends(s.subject, cls.source_end, nullptr);
        const std::size_t targets = ends(s.subject, cls.target_end, nullptr);
        if (sources == 0 || targets == 0 || targets > options_.limits.max_link_pairs / sources) {
          continue;
        }
        class_of_link_[r] = c;
        ++counts.links;
        if (options_.links == LinkForm::nodes) continue;
        roles_[r] = options_.links == LinkForm::both ? kFolded | kNode : kFolded;
        ++counts.links_folded;
      }
    }
    for (const std::uint32_t c : order) {
      for (const Statement& s : graph_.instances(out_.schema_.links[c].cls)) {
        const std::size_t r = rank(s.subject);
        if (class_of_link_[r] != kNone || (roles_[r] & kUnfoldable) != 0) continue;
        roles_[r] |= kUnfoldable;
        ++counts.links;
        report_unfoldable(s.subject, out_.schema_.links[c]);
      }
    }
  }

  void report_unfoldable(TermId link, const LinkClass& cls) {
    const std::size_t sources = ends(link, cls.source_end, nullptr);
    const std::size_t targets = ends(link, cls.target_end, nullptr);
    const bool wide = sources > 0 && targets > 0;
    ++(wide ? out_.counts_.links_too_wide : out_.counts_.links_without_ends);
    if (diagnostics_ == nullptr) return;
    const std::string name = to_string(graph_.term(link));
    const std::string kind = cls.label.empty() ? to_string(graph_.term(cls.cls)) : cls.label;
    std::string message;
    if (wide) {
      message = fmt::format("{} ({}) has {} sources and {} targets; max_link_pairs is {}", name,
                            kind, sources, targets, options_.limits.max_link_pairs);
    } else {
      const auto missing = [&](std::string_view end, TermId property) {
        if (!property) return fmt::format("no {} end (its property occurs nowhere)", end);
        const bool text = !graph_.about(link, property).empty();
        return fmt::format("{} {} end {}", text ? "a literal as" : "no", end,
                           to_string(graph_.term(property)));
      };
      message = fmt::format("{} ({}) has ", name, kind);
      if (sources == 0) message += missing("source", cls.source_end);
      if (sources == 0 && targets == 0) message += " and ";
      if (targets == 0) message += missing("target", cls.target_end);
    }
    diagnostics_->report(make_diagnostic(wide ? code::link_too_wide : code::link_without_ends,
                                         place_of(link), std::move(message)));
  }

  // The file only: lines are worked out by those who have the bytes.
  Place place_of(TermId subject) const {
    const std::span<const Statement> about = graph_.about(subject);
    if (about.empty()) return {};
    for (const EvidenceId id : graph_.evidence_of(graph_.position(about.front()))) {
      const SourceId source = graph_.evidence(id).source;
      if (source) return {.file = graph_.sources()[source.index()].path};
    }
    return {};
  }

  bool is_end_of(TermId resource, TermId link) const {
    const LinkClass& cls = link_class(rank(link));
    for (const TermId property : {cls.source_end, cls.target_end}) {
      if (std::ranges::binary_search(graph_.about(link, property), resource, {},
                                     &Statement::object)) {
        return true;
      }
    }
    return false;
  }

  bool leads_to_end(const Statement& s) const {
    const std::size_t subject = rank(s.subject);
    if ((roles_[subject] & kFolded) == 0) return false;
    const LinkClass& cls = link_class(subject);
    return s.predicate == cls.source_end || s.predicate == cls.target_end;
  }

  // An edge cannot be the end of an edge. A statement from an end to its own link is no reason to
  // keep it, unless the end is a link too and the statement is how that one names its end.
  void keep_links_that_are_pointed_at() {
    if (options_.links != LinkForm::edges || out_.counts_.links_folded == 0) return;
    for (const Statement& s : graph_.statements()) {
      if (!s.object.is_resource() || s.predicate == graph_.rdf_type()) continue;
      const std::size_t r = rank(s.object);
      if (only_folded(r) && (leads_to_end(s) || !is_end_of(s.subject, s.object))) {
        roles_[r] |= kNode;
      }
    }
  }

  void mark_nodes() {
    for (const Statement& s : graph_.statements()) {
      const std::size_t subject = rank(s.subject);
      if (!only_folded(subject)) roles_[subject] |= kNode;
      if (!s.object.is_resource() || s.predicate == graph_.rdf_type()) continue;
      const std::size_t object = rank(s.object);
      if (only_folded(object)) continue;  // pointed at by its own end
      if (only_folded(subject) && !leads_to_end(s)) continue;
      roles_[object] |= kNode;
    }
  }

  void number_nodes() {
    node_of_.assign(resources_, kNone);
    for (std::size_t r = 0; r < resources_; ++r) {
      if ((roles_[r] & kFolded) != 0 && (roles_[r] & kNode) != 0) {
        ++out_.counts_.links_kept_as_nodes;
      }
      if ((roles_[r] & kNode) == 0) continue;
      node_of_[r] = static_cast<std::uint32_t>(out_.terms_.size());
      out_.terms_.push_back(resource(r));
    }
    out_.counts_.nodes = out_.terms_.size();
  }

  // Classes from the fewest instances to the most; the first one that claims a node keeps it.
  void name_types() {
    out_.types_.assign(out_.terms_.size(), TermId());
    const StatementRange all = graph_.with_predicate(graph_.rdf_type());
    struct Extent {
      std::size_t size;
      std::size_t first;
    };
    std::vector<Extent> extents;
    for (std::size_t i = 0; i < all.size();) {
      std::size_t j = i;
      while (j < all.size() && all[j].object == all[i].object) ++j;
      if (all[i].object.is_resource()) extents.push_back({j - i, i});
      i = j;
    }
    std::ranges::stable_sort(extents, {}, &Extent::size);
    for (const Extent& extent : extents) {
      for (std::size_t i = extent.first; i < extent.first + extent.size; ++i) {
        const std::uint32_t node = node_of_[rank(all[i].subject)];
        if (node != kNone && !out_.types_[node]) out_.types_[node] = all[i].object;
      }
    }
  }

  void make_kinds() {
    for (const LinkClass& cls : out_.schema_.links) {
      out_.kinds_.push_back({cls.direct_predicate, &cls});
    }
    kind_of_predicate_.assign(iris_, kNone);
    for (const TermId predicate : graph_.predicates()) {
      kind_of_predicate_[predicate.index()] = static_cast<std::uint32_t>(out_.kinds_.size());
      out_.kinds_.push_back({predicate, nullptr});
    }
    says_direct_.assign(iris_, false);
    for (const LinkClass& cls : out_.schema_.links) {
      if (cls.direct_predicate) says_direct_[cls.direct_predicate.index()] = true;
      if (cls.inverse_predicate) says_direct_[cls.inverse_predicate.index()] = true;
    }
  }

  void fold_links() {
    std::vector<TermId> sources;
    std::vector<TermId> targets;
    for (std::size_t r = 0; r < resources_; ++r) {
      if ((roles_[r] & kFolded) == 0) continue;
      const TermId link = resource(r);
      const LinkClass& cls = link_class(r);
      ends(link, cls.source_end, &sources);
      ends(link, cls.target_end, &targets);
      for (const TermId source : sources) {
        for (const TermId target : targets) {
          folded_.push_back(
              {node_of_[rank(source)], node_of_[rank(target)], class_of_link_[r], link.value()});
        }
      }
    }
    out_.counts_.edges_from_links = folded_.size();
  }

  // Does a folded link lead from `source` to `target` whose class `says` so?
  template <class Says>
  bool is_folded(std::uint32_t source, std::uint32_t target, const Says& says) const {
    const auto first = folded_.begin() + folded_starts_[source];
    const auto last = folded_.begin() + folded_starts_[source + 1];
    for (auto at = std::lower_bound(first, last, Row{source, target, 0, 0});
         at != last && at->target == target; ++at) {
      if (says(out_.schema_.links[at->kind])) return true;
    }
    return false;
  }

  bool repeats_a_link(std::uint32_t source, TermId predicate, std::uint32_t target) const {
    if (!says_direct_[predicate.index()]) return false;
    return is_folded(source, target,
                     [&](const LinkClass& cls) { return cls.direct_predicate == predicate; }) ||
           is_folded(target, source, [&](const LinkClass& cls) {
             return cls.inverse_predicate == predicate ||
                    (cls.symmetric && cls.direct_predicate == predicate);
           });
  }

  // Puts every statement in its one class, and takes those that are edges.
  void add_statements() {
    EntityCounts& counts = out_.counts_;
    rows_ = folded_;
    const std::span<const Statement> statements = graph_.statements();
    for (std::uint32_t i = 0; i < statements.size(); ++i) {
      const Statement& s = statements[i];
      const std::size_t subject = rank(s.subject);
      if (is_class_statement(s)) {
        ++counts.type_statements;
      } else if (only_folded(subject)) {
        ++(!s.object.is_resource() ? counts.link_literals
           : leads_to_end(s)       ? counts.end_statements
                                   : counts.link_resources);
      } else if (!s.object.is_resource()) {
        ++counts.node_literals;
      } else if (only_folded(rank(s.object))) {
        ++counts.end_inverses;
      } else if (i > 0 && statements[i - 1].object == s.object &&
                 statements[i - 1].predicate == s.predicate &&
                 statements[i - 1].subject == s.subject) {
        ++counts.repeats_in_other_graphs;
      } else if (const std::uint32_t from = node_of_[subject], to = node_of_[rank(s.object)];
                 repeats_a_link(from, s.predicate, to)) {
        ++counts.direct_repeats;
      } else {
        rows_.push_back({from, to, kind_of_predicate_[s.predicate.index()], i});
        ++counts.edges_from_statements;
      }
    }
    counts.edges = rows_.size();
    release(folded_);
    sort_rows(rows_, out_.terms_.size(), out_.out_starts_);
  }

  void fill() {
    const std::size_t edges = rows_.size();
    out_.sources_.reserve(edges);
    out_.targets_.reserve(edges);
    out_.kind_of_.reserve(edges);
    out_.origins_.reserve(edges);
    out_.in_starts_.assign(out_.terms_.size() + 1, 0);
    for (const Row& row : rows_) {
      out_.sources_.emplace_back(row.source);
      out_.targets_.emplace_back(row.target);
      out_.kind_of_.emplace_back(row.kind);
      out_.origins_.push_back(row.origin);
      ++out_.in_starts_[row.target + 1];
    }
    std::partial_sum(out_.in_starts_.begin(), out_.in_starts_.end(), out_.in_starts_.begin());
    std::vector<std::uint32_t> next(out_.in_starts_.begin(), out_.in_starts_.end() - 1);
    out_.in_.resize(edges);
    for (std::uint32_t e = 0; e < edges; ++e) out_.in_[next[rows_[e].target]++] = EdgeId(e);
  }

  EntityGraph& out_;
  const Graph& graph_;
  const EntityGraphOptions& options_;
  DiagnosticSink* diagnostics_;
  std::size_t iris_;
  std::size_t resources_;
  std::vector<std::uint8_t> roles_;           // by rank
  std::vector<std::uint32_t> class_of_link_;  // by rank: index in the schema
  std::vector<std::uint32_t> node_of_;        // by rank
  std::vector<std::uint32_t> kind_of_predicate_;
  std::vector<bool> says_direct_;  // by predicate: of some link class
  std::vector<Row> folded_;
  std::vector<std::uint32_t> folded_starts_;
  std::vector<Row> rows_;
};

EntityGraph::EntityGraph(const Graph& graph, LinkSchema schema, const EntityGraphOptions& options,
                         DiagnosticSink* diagnostics)
    : graph_(&graph), schema_(std::move(schema)) {
  EntityGraphBuilder(*this, options, diagnostics).run();
}

NodeId EntityGraph::node(TermId term) const {
  const auto found = std::ranges::lower_bound(terms_, term);
  if (found == terms_.end() || *found != term) return {};
  return NodeId(static_cast<std::uint32_t>(found - terms_.begin()));
}

}  // namespace dossier
