#include "ontology/model.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

template <class Terms>
std::uint32_t find_by_iri(const Terms& terms, std::string_view iri) {
  const auto found = std::ranges::lower_bound(terms, iri, {}, &OntologyTerm::iri);
  if (found == terms.end() || found->iri != iri) return 0xFFFF'FFFF;
  return static_cast<std::uint32_t>(found - terms.begin());
}

template <class Terms>
std::optional<std::string> nearest(const Terms& terms, std::string_view iri) {
  std::vector<std::string_view> names;
  std::vector<std::string_view> iris;
  const auto collect = [&](bool same_namespace) {
    for (const auto& each : terms) {
      const bool same = namespace_of(each.iri) == namespace_of(iri);
      if (!each.declared || same != same_namespace || each.iri == iri) continue;
      names.push_back(local_part(each.iri));
      iris.push_back(each.iri);
    }
  };
  collect(true);
  collect(false);
  const auto found = nearest_name(local_part(iri), names);
  if (!found) return std::nullopt;
  const auto at = std::ranges::find_if(
      names, [&](std::string_view name) { return name.data() == found->data(); });
  return std::string(iris[static_cast<std::size_t>(at - names.begin())]);
}

}  // namespace

std::string_view OntologyTerm::label() const {
  for (const LanguageText& each : labels) {
    if (each.language == "en" || each.language.starts_with("en-")) return each.text;
  }
  return labels.empty() ? local_part(iri) : std::string_view(labels.front().text);
}

std::string_view OntologyTerm::definition() const {
  for (const LanguageText& each : definitions) {
    if (each.language == "en" || each.language.starts_with("en-")) return each.text;
  }
  return definitions.empty() ? std::string_view() : std::string_view(definitions.front().text);
}

std::string_view OntologyTerm::document_name() const {
  return name.empty() ? local_part(iri) : std::string_view(name);
}

const OntologyEnumeration* Ontology::find_enumeration(std::string_view iri) const {
  const std::uint32_t found = find_by_iri(parts_.enumerations, iri);
  return found < parts_.enumerations.size() ? &parts_.enumerations[found] : nullptr;
}

ClassNumber OntologyParts::find_class(std::string_view iri) const {
  return ClassNumber(find_by_iri(classes, iri));
}

PropertyNumber OntologyParts::find_property(std::string_view iri) const {
  return PropertyNumber(find_by_iri(properties, iri));
}

const OntologyLink* Ontology::find_link(ClassNumber cls) const {
  const auto found = std::ranges::lower_bound(parts_.links, cls, {}, &OntologyLink::cls);
  return found != parts_.links.end() && found->cls == cls ? &*found : nullptr;
}

bool Ontology::is_below(ClassNumber sub, ClassNumber super) const {
  return std::ranges::binary_search(parts_.classes[sub.index()].ancestors, super);
}

bool Ontology::declares_namespace_of(std::string_view iri) const {
  return std::ranges::binary_search(parts_.namespaces, namespace_of(iri));
}

std::optional<std::string> Ontology::nearest_class(std::string_view iri) const {
  return nearest(parts_.classes, iri);
}

std::optional<std::string> Ontology::nearest_property(std::string_view iri) const {
  return nearest(parts_.properties, iri);
}

LinkSchema link_schema(const Ontology& ontology, const Graph& graph) {
  LinkSchema schema;
  const auto property_id = [&](PropertyNumber number) {
    return number ? graph.find_iri(ontology[number].iri) : TermId();
  };
  // The first inverse that the graph uses.
  const auto inverse_id = [&](PropertyNumber number) {
    if (!number) return TermId();
    for (const PropertyNumber inverse : ontology[number].inverses) {
      if (const TermId id = property_id(inverse)) return id;
    }
    return TermId();
  };
  for (const OntologyLink& each : ontology.links()) {
    LinkClass link{.cls = graph.find_iri(ontology[each.cls].iri),
                   .source_end = property_id(each.source_end),
                   .target_end = property_id(each.target_end),
                   .direct_predicate = property_id(each.direct),
                   .inverse_predicate = inverse_id(each.direct),
                   .direct_iri = each.direct ? std::string(ontology[each.direct].iri) : "",
                   .start = property_id(each.start),
                   .end = property_id(each.end),
                   .symmetric = each.symmetric,
                   .label = std::string(each.direct ? ontology[each.direct].label()
                                                    : ontology[each.cls].label())};
    if (!link.cls) continue;
    for (const PropertyNumber qualifier : each.qualifiers) {
      if (const TermId id = property_id(qualifier)) link.qualifiers.push_back(id);
    }
    schema.links.push_back(std::move(link));
  }
  std::ranges::sort(schema.links, {}, &LinkClass::cls);

  // Caption properties of all classes: the earlier they stand in a list, the better.
  std::vector<std::pair<std::size_t, PropertyNumber>> ranked;
  for (const OntologyClass& cls : ontology.classes()) {
    for (std::size_t i = 0; i < cls.caption.size(); ++i) ranked.emplace_back(i, cls.caption[i]);
  }
  std::ranges::sort(ranked);
  const auto add = [&](TermId id) {
    auto& all = schema.label_properties;
    if (id && std::ranges::find(all, id) == all.end()) all.push_back(id);
  };
  for (const auto& [rank, property] : ranked) add(property_id(property));
  add(graph.find_iri(rdfs::kLabel));
  return schema;
}

}  // namespace dossier
