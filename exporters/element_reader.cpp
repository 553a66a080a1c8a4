#include "exporters/element_reader.hpp"

#include <algorithm>

namespace dossier {
namespace {

constexpr std::uint32_t kNone = 0xFFFF'FFFF;

// Calls work(predicate, statements) for each run of one predicate.
template <class Work>
void by_predicate(std::span<const Statement> about, const Work& work) {
  for (std::size_t i = 0; i < about.size();) {
    std::size_t j = i;
    while (j < about.size() && about[j].predicate == about[i].predicate) ++j;
    work(about[i].predicate, about.subspan(i, j - i));
    i = j;
  }
}

}  // namespace

Slots::Slots(const Graph& graph)
    : predicates_(static_cast<std::uint32_t>(graph.predicates().size())),
      of_predicate_(graph.term_count(TermKind::iri), kNone) {
  for (std::uint32_t i = 0; i < predicates_; ++i) of_predicate_[graph.predicates()[i].index()] = i;
}

void ElementReader::read(NodeId node) {
  attributes_.clear();
  values_.clear();
  const TermId type = graph_.graph().rdf_type();
  const auto take = [&](std::uint32_t slot, std::span<const Statement> run, bool resources) {
    const auto first = static_cast<std::uint32_t>(values_.size());
    TermId last;
    for (const Statement& s : run) {
      if (s.object.is_resource() != resources || s.object == last) continue;
      values_.push_back(last = s.object);
    }
    const auto count = static_cast<std::uint32_t>(values_.size()) - first;
    if (count > 0) attributes_.push_back({slot, first, count});
  };
  by_predicate(graph_.graph().about(graph_.term(node)),
               [&](TermId predicate, std::span<const Statement> run) {
                 if (predicate == type) take(slots_.of(ExtraSlot::classes), run, true);
                 take(slots_.of(predicate), run, false);
               });
}

void ElementReader::read(EdgeId edge) {
  attributes_.clear();
  values_.clear();
  sources_.clear();
  if (const Statement* statement = graph_.statement(edge)) {
    add_sources(*statement);
    return;
  }
  const LinkClass& cls = *graph_.kind(edge).link;
  const TermId type = graph_.graph().rdf_type();
  const std::span<const Statement> about = graph_.graph().about(graph_.link(edge));
  for (const Statement& s : about) add_sources(s);
  by_predicate(about, [&](TermId predicate, std::span<const Statement> run) {
    const bool end = predicate == cls.source_end || predicate == cls.target_end;
    const auto first = static_cast<std::uint32_t>(values_.size());
    TermId last;
    for (const Statement& s : run) {
      const bool known = s.object.is_resource() && (end || predicate == type);
      if (known || s.object == last) continue;
      values_.push_back(last = s.object);
    }
    const auto count = static_cast<std::uint32_t>(values_.size()) - first;
    if (count == 0) return;
    const std::uint32_t slot = predicate == cls.start ? slots_.of(ExtraSlot::start)
                               : predicate == cls.end ? slots_.of(ExtraSlot::end)
                                                      : slots_.of(predicate);
    attributes_.push_back({slot, first, count});
  });
  std::ranges::sort(sources_);
}

void ElementReader::add_sources(const Statement& statement) {
  const Graph& graph = graph_.graph();
  for (const EvidenceId id : graph.evidence_of(graph.position(statement))) {
    const SourceId source = graph.evidence(id).source;
    if (source && std::ranges::find(sources_, source) == sources_.end()) {
      sources_.push_back(source);
    }
  }
}

}  // namespace dossier
