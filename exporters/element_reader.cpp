#include "exporters/element_reader.hpp"

#include <algorithm>

namespace dossier {
namespace {

constexpr std::uint32_t kUnread = 0xFFFF'FFFF;

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
      of_predicate_(graph.term_count(TermKind::iri), kUnread) {
  for (std::uint32_t i = 0; i < predicates_; ++i) of_predicate_[graph.predicates()[i].index()] = i;
}

void ElementReader::clear() {
  elements_.clear();
  attributes_.clear();
  values_.clear();
  sources_.clear();
}

void ElementReader::read(NodeId first, std::size_t count) {
  clear();
  for (std::size_t i = 0; i < count; ++i) {
    const TermId term = graph_.term(NodeId(first.value() + static_cast<std::uint32_t>(i)));
    elements_.push_back({.term = term, .statements = graph_.graph().about(term)});
  }
  for (Element& element : elements_) read_node(element);
  fetch_texts();
}

void ElementReader::read(EdgeId first, std::size_t count, bool with_sources) {
  clear();
  for (std::size_t i = 0; i < count; ++i) {
    const EdgeId edge(first.value() + static_cast<std::uint32_t>(i));
    Element& element = elements_.emplace_back();
    if (const Statement* statement = graph_.statement(edge)) {
      element.statements = {statement, 1};
    } else {
      element.term = graph_.link(edge);
      element.statements = graph_.graph().about(element.term);
    }
    if (!element.statements.empty()) __builtin_prefetch(element.statements.data());
  }
  for (std::size_t i = 0; i < count; ++i) {
    const EdgeId edge(first.value() + static_cast<std::uint32_t>(i));
    const LinkClass* cls = graph_.kind(edge).link;
    if (cls != nullptr) read_link(elements_[i], *cls);
  }
  fetch_texts();
  if (!with_sources) return;
  const Graph& graph = graph_.graph();
  first_evidence_.clear();
  for (const Element& element : elements_) {
    const auto evidence = element.statements.empty()
                              ? std::span<const EvidenceId>()
                              : graph.evidence_of(graph.position(element.statements.front()));
    first_evidence_.push_back(evidence.empty() ? EvidenceId() : evidence.front());
  }
  for (const EvidenceId id : first_evidence_) {
    if (id) __builtin_prefetch(&graph.evidence(id));
  }
  for (Element& element : elements_) read_sources(element);
}

// The objects of `run` that are wanted; the same object in several graphs once.
template <class Wanted>
void ElementReader::take(std::uint32_t slot, std::span<const Statement> run, const Wanted& wanted) {
  const auto first = static_cast<std::uint32_t>(values_.size());
  TermId last;
  for (const Statement& s : run) {
    if (s.object == last || !wanted(s.object)) continue;
    values_.push_back(last = s.object);
  }
  const auto count = static_cast<std::uint32_t>(values_.size()) - first;
  if (count > 0) attributes_.push_back({slot, first, count});
}

void ElementReader::read_node(Element& node) {
  const TermId type = graph_.graph().rdf_type();
  node.first_attribute = static_cast<std::uint32_t>(attributes_.size());
  by_predicate(node.statements, [&](TermId predicate, std::span<const Statement> run) {
    if (predicate == type) {
      take(slots_.of(ExtraSlot::classes), run, [](TermId value) { return value.is_resource(); });
    }
    take(slots_.of(predicate), run, [](TermId value) { return !value.is_resource(); });
  });
  node.last_attribute = static_cast<std::uint32_t>(attributes_.size());
}

void ElementReader::read_link(Element& edge, const LinkClass& cls) {
  const TermId type = graph_.graph().rdf_type();
  edge.first_attribute = static_cast<std::uint32_t>(attributes_.size());
  by_predicate(edge.statements, [&](TermId predicate, std::span<const Statement> run) {
    const bool known =
        predicate == cls.source_end || predicate == cls.target_end || predicate == type;
    const std::uint32_t slot = predicate == cls.start ? slots_.of(ExtraSlot::start)
                               : predicate == cls.end ? slots_.of(ExtraSlot::end)
                                                      : slots_.of(predicate);
    take(slot, run, [known](TermId value) { return !known || !value.is_resource(); });
  });
  edge.last_attribute = static_cast<std::uint32_t>(attributes_.size());
}

// Statements of one record share their evidence, so the last one seen tells most of the time.
void ElementReader::read_sources(Element& edge) {
  const Graph& graph = graph_.graph();
  edge.first_source = static_cast<std::uint32_t>(sources_.size());
  const auto begin = static_cast<std::ptrdiff_t>(sources_.size());
  EvidenceId seen;
  for (const Statement& statement : edge.statements) {
    for (const EvidenceId id : graph.evidence_of(graph.position(statement))) {
      if (id == seen) continue;
      seen = id;
      const SourceId source = graph.evidence(id).source;
      if (source && std::find(sources_.begin() + begin, sources_.end(), source) == sources_.end()) {
        sources_.push_back(source);
      }
    }
  }
  std::sort(sources_.begin() + begin, sources_.end());
  edge.last_source = static_cast<std::uint32_t>(sources_.size());
}

void ElementReader::fetch_texts() {
  const Graph& graph = graph_.graph();
  const auto text = [&graph](TermId value) {
    const bool plain = value && (value.is_iri() || value.is_literal());
    return plain ? graph.text(value) : std::string_view();
  };
  texts_.resize(values_.size());
  for (std::size_t i = 0; i < values_.size(); ++i) texts_[i] = text(values_[i]);
  for (Element& element : elements_) element.text = text(element.term);
  for (const std::string_view each : texts_) __builtin_prefetch(each.data());
  for (const Element& element : elements_) __builtin_prefetch(element.text.data());
}

std::string_view value_text(const Graph& graph, TermId value, std::string& made) {
  if (value.is_iri() || value.is_literal()) return graph.text(value);
  made = to_string(graph.term(value));
  return made;
}

}  // namespace dossier
