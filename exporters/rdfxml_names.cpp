#include "exporters/rdfxml_names.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "exporters/names.hpp"
#include "exporters/xml_names.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

constexpr std::string_view kXmlNamespaces[] = {"http://www.w3.org/XML/1998/namespace",
                                               "http://www.w3.org/2000/xmlns/"};

bool is_xml_namespace(std::string_view iri) {
  return std::ranges::find(kXmlNamespaces, iri) != std::end(kXmlNamespaces);
}

// Names of the RDF namespace that mean something else as an element (RDF/XML, section 6.1.2).
constexpr std::string_view kNoProperty[] = {
    "RDF",      "ID",          "about", "parseType", "resource",        "nodeID",
    "datatype", "Description", "li",    "aboutEach", "aboutEachPrefix", "bagID"};

bool is_reserved(std::string_view iri) {
  if (!iri.starts_with(rdf::kNamespace)) return false;
  iri.remove_prefix(rdf::kNamespace.size());
  return std::ranges::find(kNoProperty, iri) != std::end(kNoProperty);
}

std::vector<TermId> predicates_of(const Graph& graph) {
  std::set<TermId> all(graph.predicates().begin(), graph.predicates().end());
  for (std::uint32_t i = 0; i < graph.term_count(TermKind::triple); ++i)
    all.insert(graph.triple(TermId(TermKind::triple, i)).predicate);
  return {all.begin(), all.end()};
}

// First types of subjects, in order; types stand in order in POS.
std::vector<TermId> classes_of(const Graph& graph) {
  std::vector<TermId> out;
  if (!graph.rdf_type()) return out;
  for (const Statement& s : graph.with_predicate(graph.rdf_type())) {
    if (!s.object.is_iri() || (!out.empty() && out.back() == s.object)) continue;
    if (graph.object(s.subject, graph.rdf_type()) == s.object) out.push_back(s.object);
  }
  return out;
}

std::string_view look_up(const std::vector<TermId>& ids, const std::vector<std::string>& names,
                         TermId id) {
  const auto found = std::ranges::lower_bound(ids, id);
  if (found == ids.end() || *found != id) return {};
  return names[static_cast<std::size_t>(found - ids.begin())];
}

}  // namespace

RdfXmlNames::RdfXmlNames(const Graph& graph, const Prefixes& prefixes)
    : predicate_ids_(predicates_of(graph)), class_ids_(classes_of(graph)) {
  for (const Prefixes::Entry& each : prefixes.entries()) {
    const bool good = each.name.empty() || is_nc_name(each.name, true);
    const bool reserved = to_lower_ascii(each.name).starts_with("xml") || each.name == "rdf" ||
                          each.name == "its" || each.iri == rdf::kNamespace ||
                          is_xml_namespace(each.iri);
    if (good && !reserved && !each.iri.empty()) given_.push_back({each.name, each.iri});
  }
  std::ranges::stable_sort(given_, std::greater(),
                           [](const Namespace& each) { return each.iri.size(); });
  std::vector<std::string_view> used;
  for (const std::vector<TermId>* ids : {&predicate_ids_, &class_ids_}) {
    for (const TermId id : *ids) used.push_back(split(graph.text(id)).iri);
  }
  declare(std::move(used));
  for (const TermId id : predicate_ids_) predicates_.push_back(name(split(graph.text(id))));
  for (const TermId id : class_ids_) classes_.push_back(name(split(graph.text(id))));
}

RdfXmlNames::Split RdfXmlNames::split(std::string_view iri) const {
  if (is_reserved(iri)) return {};
  if (iri.starts_with(rdf::kNamespace) && is_nc_name(iri.substr(rdf::kNamespace.size()), true))
    return {iri.substr(0, rdf::kNamespace.size()), iri.substr(rdf::kNamespace.size())};
  for (const Namespace& each : given_) {
    if (iri.starts_with(each.iri) && is_nc_name(iri.substr(each.iri.size()), true))
      return {iri.substr(0, each.iri.size()), iri.substr(each.iri.size())};
  }
  const std::size_t start = local_name_start(iri);
  const std::string_view ns = iri.substr(0, start);
  if (start == 0 || start == iri.size()) return {};
  if (is_xml_namespace(ns)) return {};
  return {ns, iri.substr(start)};
}

void RdfXmlNames::declare(std::vector<std::string_view> used) {
  std::ranges::sort(used);
  used.erase(std::unique(used.begin(), used.end()), used.end());
  std::size_t made_up = 0;
  for (const std::string_view iri : used) {
    if (iri.empty() || iri == rdf::kNamespace) continue;
    const auto given = std::ranges::find(given_, iri, &Namespace::iri);
    if (given != given_.end()) {
      declared_.push_back(*given);
      continue;
    }
    std::string fresh;
    do {
      fresh = fmt::format("ns{}", ++made_up);
    } while (std::ranges::find(given_, fresh, &Namespace::name) != given_.end());
    declared_.push_back({fresh, std::string(iri)});
  }
  std::ranges::stable_sort(declared_, {}, &Namespace::name);
}

std::string RdfXmlNames::name(const Split& split) const {
  if (split.iri.empty()) return {};
  if (split.iri == rdf::kNamespace) return fmt::format("rdf:{}", split.local);
  const auto found = std::ranges::find(declared_, split.iri, &Namespace::iri);
  return found->name.empty() ? std::string(split.local)
                             : fmt::format("{}:{}", found->name, split.local);
}

std::string_view RdfXmlNames::predicate(TermId predicate) const {
  return look_up(predicate_ids_, predicates_, predicate);
}

std::string_view RdfXmlNames::node(TermId cls) const {
  return look_up(class_ids_, classes_, cls);
}

}  // namespace dossier
