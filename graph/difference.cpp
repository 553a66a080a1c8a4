#include "graph/difference.hpp"

#include <algorithm>

#include "graph/blank_pairs.hpp"

namespace dossier {
namespace {

// Terms and statements of `b` as `a` has them.
class Translation {
 public:
  Translation(const Graph& a, const Graph& b) : a_(a), b_(b) {
    for (const TermKind kind : {TermKind::iri, TermKind::literal}) {
      std::vector<TermId>& ids = ids_[static_cast<std::size_t>(kind)];
      ids.resize(b.term_count(kind));
      for (std::uint32_t i = 0; i < ids.size(); ++i) ids[i] = a.find(b.term(TermId(kind, i)));
    }
    partners_ = blank_pairs(a, b, ids_);
    translate_triples();
  }

  // False when `a` has no such term.
  bool translate(TermId term, TermId& out) const {
    if (term.is_blank()) {
      const std::uint32_t partner = partners_[term.index()];
      out = partner == kNoPartner ? TermId() : TermId(TermKind::blank, partner);
    } else {
      out = ids_[static_cast<std::size_t>(term.kind())][term.index()];
    }
    return bool{out};
  }
  bool translate(const Statement& from, Statement& out) const {
    return translate(from.subject, out.subject) && translate(from.predicate, out.predicate) &&
           translate(from.object, out.object) && (!from.graph || translate(from.graph, out.graph));
  }
  std::vector<std::uint32_t> take_partners() { return std::move(partners_); }

 private:
  // A triple term in a triple term may have the higher number: each waits for the one in it.
  void translate_triples() {
    std::vector<TermId>& ids = ids_[static_cast<std::size_t>(TermKind::triple)];
    ids.resize(b_.term_count(TermKind::triple));
    std::vector<bool> done(ids.size());
    for (std::uint32_t i = 0; i < ids.size(); ++i) {
      std::vector<std::uint32_t> open{i};
      while (!open.empty()) {
        const std::uint32_t at = open.back();
        const Statement parts = b_.triple(TermId(TermKind::triple, at));
        if (!done[at] && parts.object.is_triple() && !done[parts.object.index()]) {
          open.push_back(parts.object.index());
          continue;
        }
        open.pop_back();
        done[at] = true;
        Statement mine;
        if (!translate(parts, mine)) continue;
        const TripleView view{a_.term(mine.subject), a_.term(mine.predicate), a_.term(mine.object)};
        TermView term;
        term.kind = TermKind::triple;
        term.triple = &view;
        ids[at] = a_.find(term);
      }
    }
  }

  const Graph& a_;
  const Graph& b_;
  std::vector<TermId> ids_[4];
  std::vector<std::uint32_t> partners_;
};

bool names_blank(const Graph& graph, const Statement& statement) {
  for (TermId term : {statement.subject, statement.object, statement.graph}) {
    for (; term.is_triple(); term = graph.triple(term).object) {
      if (graph.triple(term).subject.is_blank()) return true;
    }
    if (term.is_blank()) return true;
  }
  return false;
}

bool all_name_blanks(const Graph& graph, const std::vector<std::size_t>& positions) {
  return std::ranges::all_of(
      positions, [&](std::size_t at) { return names_blank(graph, graph.statements()[at]); });
}

}  // namespace

GraphDifference difference(const Graph& a, const Graph& b) {
  Translation translation(a, b);
  GraphDifference out;
  std::vector<bool> in_both(a.size());
  for (std::size_t at = 0; at < b.size(); ++at) {
    Statement mine;
    bool found = false;
    if (translation.translate(b.statements()[at], mine)) {
      const auto about = a.about(mine.subject);
      const auto place = std::ranges::lower_bound(about, mine);
      found = place != about.end() && *place == mine;
      if (found) in_both[a.position(*place)] = true;
    }
    if (!found) out.only_b.push_back(at);
  }
  for (std::size_t at = 0; at < a.size(); ++at) {
    if (!in_both[at]) out.only_a.push_back(at);
  }
  out.partners = translation.take_partners();
  return out;
}

Expected<bool> are_isomorphic(const Graph& a, const Graph& b, const GraphDifference& difference,
                              const CanonOptions& options) {
  if (difference.empty()) return true;
  // Statements without blank nodes are compared exactly, and so are the numbers.
  if (a.size() != b.size() || !all_name_blanks(a, difference.only_a) ||
      !all_name_blanks(b, difference.only_b)) {
    return false;
  }
  const Expected<std::string> hash_a = canonical_hash(a, options);
  if (!hash_a) return std::unexpected(hash_a.error());
  const Expected<std::string> hash_b = canonical_hash(b, options);
  if (!hash_b) return std::unexpected(hash_b.error());
  return *hash_a == *hash_b;
}

}  // namespace dossier
