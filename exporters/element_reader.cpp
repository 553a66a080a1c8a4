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

void ElementReader::clear() {
  elements_.clear();
  attributes_.clear();
  values_.clear();
  sources_.clear();
}

Element& ElementReader::begin(TermId term) {
  Element& element = elements_.emplace_back();
  element.term = term;
  element.first_attribute = static_cast<std::uint32_t>(attributes_.size());
  element.first_source = static_cast<std::uint32_t>(sources_.size());
  return element;
}

void ElementReader::end(Element& element) {
  element.last_attribute = static_cast<std::uint32_t>(attributes_.size());
  element.last_source = static_cast<std::uint32_t>(sources_.size());
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

void ElementReader::add(NodeId node) {
  Element& element = begin(graph_.term(node));
  const TermId type = graph_.graph().rdf_type();
  by_predicate(graph_.graph().about(element.term), [&](TermId predicate,
                                                       std::span<const Statement> run) {
    if (predicate == type) {
      take(slots_.of(ExtraSlot::classes), run, [](TermId value) { return value.is_resource(); });
    }
    take(slots_.of(predicate), run, [](TermId value) { return !value.is_resource(); });
  });
  end(element);
}

void ElementReader::add(EdgeId edge) {
  const Graph& graph = graph_.graph();
  Element& element = begin(graph_.link(edge));
  if (const Statement* statement = graph_.statement(edge)) {
    const std::size_t at = graph.position(*statement);
    add_sources(at, at + 1);
    end(element);
    return;
  }
  const LinkClass& cls = *graph_.kind(edge).link;
  const TermId type = graph.rdf_type();
  const std::span<const Statement> about = graph.about(element.term);
  if (!about.empty()) {
    const std::size_t at = graph.position(about.front());
    add_sources(at, at + about.size());
  }
  by_predicate(about, [&](TermId predicate, std::span<const Statement> run) {
    const bool known =
        predicate == cls.source_end || predicate == cls.target_end || predicate == type;
    const std::uint32_t slot = predicate == cls.start ? slots_.of(ExtraSlot::start)
                               : predicate == cls.end ? slots_.of(ExtraSlot::end)
                                                      : slots_.of(predicate);
    take(slot, run, [known](TermId value) { return !known || !value.is_resource(); });
  });
  end(element);
}

// Of the statements [first, last). Statements of one record share their evidence, so the last one
// seen tells most of the time.
void ElementReader::add_sources(std::size_t first, std::size_t last) {
  const Graph& graph = graph_.graph();
  const auto begin = static_cast<std::ptrdiff_t>(elements_.back().first_source);
  EvidenceId seen;
  for (std::size_t at = first; at < last; ++at) {
    for (const EvidenceId id : graph.evidence_of(at)) {
      if (id == seen) continue;
      seen = id;
      const SourceId source = graph.evidence(id).source;
      if (source && std::find(sources_.begin() + begin, sources_.end(), source) == sources_.end()) {
        sources_.push_back(source);
      }
    }
  }
  std::sort(sources_.begin() + begin, sources_.end());
}

void ElementReader::fetch() {
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
