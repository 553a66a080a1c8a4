#include "mapping/rml_graph.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

struct Term {
  Rml property;
  std::string_view local;
  std::uint32_t kinds;
};
constexpr Term kTerms[] = {
#define DOSSIER_RML(name, local, kinds) {Rml::name, local, kinds},
#include "mapping/rml_terms.def"
#undef DOSSIER_RML
};

struct Namespace {
  std::string_view iri;
  bool legacy;
};
constexpr Namespace kNamespaces[] = {
    {"http://w3id.org/rml/", false},
    {"http://www.w3.org/ns/r2rml#", true},
    {"http://semweb.mmlab.be/ns/rml#", true},
    {"http://semweb.mmlab.be/ns/ql#", true},
    {"http://semweb.mmlab.be/ns/fnml#", true},
    {"http://semweb.mmlab.be/ns/rml-target#", true},
    {"http://semweb.mmlab.be/ns/rml-compression#", true},
    {"https://w3id.org/imec/rml/ns/extensions#", true},
};

// Names that changed on the way to the new vocabulary.
struct Renamed {
  std::string_view old_name;
  std::string_view new_name;
};
constexpr Renamed kRenamed[] = {
    {"logicalTable", "logicalSource"},
    {"column", "reference"},
    {"sqlQuery", "query"},
};

const Namespace* namespace_of(std::string_view iri) {
  const auto found = std::ranges::find_if(
      kNamespaces, [&](const Namespace& each) { return iri.starts_with(each.iri); });
  return found == std::end(kNamespaces) ? nullptr : &*found;
}

const Term* find_term(std::string_view local) {
  for (const Renamed& each : kRenamed) {
    if (each.old_name == local) local = each.new_name;
  }
  const auto found = std::ranges::find(kTerms, local, &Term::local);
  return found == std::end(kTerms) ? nullptr : &*found;
}

std::string kinds_text(std::uint32_t kinds) {
  static constexpr std::array<std::string_view, 15> kNames = {"triples maps",
                                                              "logical sources",
                                                              "term maps",
                                                              "predicate-object maps",
                                                              "referencing object maps",
                                                              "join conditions",
                                                              "function executions",
                                                              "function inputs",
                                                              "sources",
                                                              "logical targets",
                                                              "namespaces",
                                                              "logical views",
                                                              "fields of views",
                                                              "joins of views",
                                                              "structural annotations"};
  std::string out;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if ((kinds & (1u << i)) == 0) continue;
    if (!out.empty()) out += " and ";
    out += kNames[i];
  }
  return out;
}

}  // namespace

std::string_view rml_name(Rml property) {
  static constexpr std::string_view kNames[] = {
#define DOSSIER_RML(name, local, kinds) "rml:" local,
#include "mapping/rml_terms.def"
#undef DOSSIER_RML
  };
  return kNames[static_cast<std::size_t>(property)];
}

std::optional<std::string_view> rml_local(std::string_view iri) {
  const Namespace* space = namespace_of(iri);
  if (space == nullptr) return std::nullopt;
  return iri.substr(space->iri.size());
}

RmlGraph::RmlGraph(const Graph& graph, EvidencePlace place_of, DiagnosticSink& diagnostics)
    : graph_(graph), place_of_(std::move(place_of)), diagnostics_(diagnostics) {
  for (const TermId predicate : graph.predicates()) {
    const std::string_view iri = graph.text(predicate);
    Spelling spelling;
    if (const Namespace* space = namespace_of(iri)) {
      spelling.in_rml = true;
      spelling.legacy = space->legacy;
      if (const Term* term = find_term(iri.substr(space->iri.size()))) {
        spelling.property = term->property;
      }
    }
    spellings_.emplace(predicate, spelling);
  }
}

const RmlGraph::Spelling& RmlGraph::spelling(TermId predicate) const {
  return spellings_.at(predicate);
}

Place RmlGraph::place_at(std::size_t position) const {
  const auto rows = graph_.evidence_of(position);
  return rows.empty() ? Place{} : place_of_(graph_.evidence(rows.front()));
}

void RmlGraph::sort_by_place(std::vector<Value>& values) const {
  const auto key = [&](const Value& value) {
    const auto rows = graph_.evidence_of(value.position);
    return rows.empty() ? EvidenceRow{} : graph_.evidence(rows.front());
  };
  std::ranges::stable_sort(values, {}, key);
}

std::vector<RmlGraph::Value> RmlGraph::values(TermId node, Rml property) const {
  std::vector<Value> out;
  for (const Statement& each : graph_.about(node)) {
    if (spelling(each.predicate).property == property) {
      out.push_back({each.object, graph_.position(each)});
    }
  }
  sort_by_place(out);
  return out;
}

std::vector<RmlGraph::Value> RmlGraph::values(TermId node, std::string_view predicate_iri) const {
  std::vector<Value> out;
  const TermId predicate = graph_.find_iri(predicate_iri);
  if (!predicate) return out;
  for (const Statement& each : graph_.about(node, predicate)) {
    out.push_back({each.object, graph_.position(each)});
  }
  sort_by_place(out);
  return out;
}

std::optional<RmlGraph::Value> RmlGraph::value(TermId node, Rml property) {
  const auto all = values(node, property);
  if (all.empty()) return std::nullopt;
  if (all.size() > 1) {
    report(code::mapping_expression, place(all[1]),
           fmt::format("{} is given {} times", rml_name(property), all.size()), "keep one");
  }
  return all.front();
}

std::optional<std::string> RmlGraph::text(TermId node, Rml property) {
  const auto found = value(node, property);
  if (!found) return std::nullopt;
  return std::string(graph_.text(found->term));
}

std::optional<std::string> RmlGraph::text(TermId node, std::string_view predicate_iri) const {
  const auto all = values(node, predicate_iri);
  if (all.empty()) return std::nullopt;
  return std::string(graph_.text(all.front().term));
}

bool RmlGraph::has_type(TermId node, std::string_view local) const {
  if (!graph_.rdf_type()) return false;
  return std::ranges::any_of(graph_.about(node, graph_.rdf_type()), [&](const Statement& each) {
    return rml_local(graph_.text(each.object)) == local;
  });
}

std::optional<std::string_view> RmlGraph::foreign_type(TermId node) const {
  if (!graph_.rdf_type()) return std::nullopt;
  for (const Statement& each : graph_.about(node, graph_.rdf_type())) {
    if (!rml_local(graph_.text(each.object))) return graph_.text(each.object);
  }
  return std::nullopt;
}

Place RmlGraph::place(TermId node) const {
  std::optional<EvidenceRow> first;
  for (const Statement& each : graph_.about(node)) {
    const auto rows = graph_.evidence_of(graph_.position(each));
    if (rows.empty()) continue;
    const EvidenceRow& row = graph_.evidence(rows.front());
    if (!first || row < *first) first = row;
  }
  return first ? place_of_(*first) : Place{};
}

std::uint64_t RmlGraph::offset(TermId node) const {
  std::uint64_t first = UINT64_MAX;
  for (const Statement& each : graph_.about(node)) {
    const auto rows = graph_.evidence_of(graph_.position(each));
    if (!rows.empty()) first = std::min(first, graph_.evidence(rows.front()).offset);
  }
  return first == UINT64_MAX ? 0 : first;
}

std::vector<TermId> RmlGraph::subjects_with(std::initializer_list<Rml> properties) const {
  std::vector<std::pair<std::uint64_t, TermId>> found;
  for (const Statement& each : graph_.statements()) {
    const auto property = spelling(each.predicate).property;
    if (!property || std::ranges::find(properties, *property) == properties.end()) continue;
    if (!found.empty() && found.back().second == each.subject) continue;
    found.emplace_back(offset(each.subject), each.subject);
  }
  std::ranges::sort(found);
  std::vector<TermId> out;
  for (const auto& [at, node] : found) out.push_back(node);
  return out;
}

bool RmlGraph::is_legacy(TermId node) const {
  return std::ranges::any_of(
      graph_.about(node), [&](const Statement& each) { return spelling(each.predicate).legacy; });
}

void RmlGraph::check(TermId node, std::uint32_t kinds, std::string_view what) {
  if (checked_[node] != 0) return;
  checked_[node] = kinds;
  for (const Statement& each : graph_.about(node)) {
    const Spelling& spelt = spelling(each.predicate);
    if (!spelt.in_rml) continue;
    const std::string_view iri = graph_.text(each.predicate);
    const std::string_view local = *rml_local(iri);
    const Place at = place_at(graph_.position(each));
    if (!spelt.property) {
      std::vector<std::string_view> names;
      for (const Term& term : kTerms) {
        if ((term.kinds & kinds) != 0) names.push_back(term.local);
      }
      const auto close = nearest_name(local, std::span<const std::string_view>(names));
      report(code::mapping_unknown_name, at,
             fmt::format("RML has no property \"{}\"", printable(local)),
             close ? fmt::format("did you mean rml:{}?", *close) : "");
      continue;
    }
    const Term& term = kTerms[static_cast<std::size_t>(*spelt.property)];
    if ((term.kinds & kinds) == 0) {
      report(code::mapping_unknown_name, at,
             fmt::format("{} says nothing on a {}", rml_name(*spelt.property), what),
             fmt::format("it belongs to {}", kinds_text(term.kinds)));
    }
  }
}

void RmlGraph::report(DiagnosticCode code, const Place& place, std::string message,
                      std::string hint) {
  diagnostics_.report(make_diagnostic(code, place, std::move(message), std::move(hint)));
}

}  // namespace dossier
