#include "graph/canon_hash.hpp"

#include <algorithm>
#include <numeric>

namespace dossier {

CanonHashes::CanonHashes(const Graph& graph, DigestKind hash) : graph_(graph), digester_(hash) {
  std::uint32_t number = 0;
  for (const Statement& each : graph.statements()) {
    use_starts_.push_back(static_cast<std::uint32_t>(uses_.size()));
    collect(number, each.subject, "s");
    collect(number, each.object, "o");
    if (each.graph != kDefaultGraph) collect(number, each.graph, "g");
    ++number;
  }
  use_starts_.push_back(static_cast<std::uint32_t>(uses_.size()));

  by_blank_.resize(uses_.size());
  std::iota(by_blank_.begin(), by_blank_.end(), 0u);
  std::ranges::stable_sort(by_blank_, {}, [this](std::uint32_t i) { return uses_[i].blank; });
  starts_.assign(graph.term_count(TermKind::blank) + 1, 0);
  for (const BlankUse& use : uses_) ++starts_[use.blank + 1];
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());

  first_degree_.resize(graph.term_count(TermKind::blank));
  for (std::uint32_t i = 0; i < blank_count(); ++i) first_degree_[i] = hash_first_degree(i);
}

void CanonHashes::collect(std::uint32_t statement, TermId term, const std::string& position) {
  std::string path = position;
  for (; term.is_triple(); path.push_back('o')) {
    const Statement parts = graph_.triple(term);
    if (parts.subject.is_blank()) uses_.push_back({statement, parts.subject.index(), path + "s"});
    term = parts.object;
  }
  if (term.is_blank()) uses_.push_back({statement, term.index(), path});
}

std::string CanonHashes::hash_first_degree(std::uint32_t blank) {
  std::vector<std::string> lines;
  std::uint32_t last = kNotIssued;
  for (std::uint32_t i = starts_[blank]; i < starts_[blank + 1]; ++i) {
    const std::uint32_t statement = uses_[by_blank_[i]].statement;
    if (statement == last) continue;
    last = statement;
    lines.push_back(canonical_line(
        graph_, graph_.statements()[statement],
        [blank](std::uint32_t each) -> std::string_view { return each == blank ? "a" : "z"; }));
  }
  std::ranges::sort(lines);
  for (const std::string& line : lines) digester_.add(line);
  return digester_.finish();
}

std::string CanonHashes::related(const BlankUse& use, std::string_view name) {
  std::string input = use.position;
  if (use.position != "g") {
    const TermId predicate = graph_.statements()[use.statement].predicate;
    input.append(1, '<').append(graph_.text(predicate)).append(1, '>');
  }
  return digester_.hex(input.append(name));
}

}  // namespace dossier
