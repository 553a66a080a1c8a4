#include "ontology/enumerations.hpp"

#include <set>

namespace dossier {
namespace {

OwnedTerm owned_term(const TermView& view) {
  return {view.kind, std::string(view.text), std::string(view.datatype),
          std::string(view.language)};
}

// A value without more words: an individual is called by the end of its IRI.
EnumerationValue plain_value(const OntologyReader& reader, TermId term) {
  EnumerationValue out;
  out.term = owned_term(reader.graph().term(term));
  out.text = term.is_iri() ? local_part(out.term.text) : std::string_view(out.term.text);
  out.label = reader.text(term, Name::rdfs_label);
  out.definition = reader.text(term, Name::skos_definition);
  return out;
}

EnumerationValue described_value(const OntologyReader& reader, TermId node) {
  EnumerationValue out;
  out.text = reader.text(node, Name::dm_text);
  out.label = reader.text(node, Name::rdfs_label);
  out.definition = reader.text(node, Name::skos_definition);
  out.term = OwnedTerm::literal(out.text);
  for (const Statement& each : reader.about(node, Name::dm_value)) {
    out.term = owned_term(reader.graph().term(each.object));
  }
  return out;
}

}  // namespace

TermId enumeration_list(const OntologyReader& reader, TermId term) {
  for (const Statement& each : reader.about(term, Name::owl_one_of)) return each.object;
  for (const Statement& same : reader.about(term, Name::owl_equivalent_class)) {
    for (const Statement& each : reader.about(same.object, Name::owl_one_of)) return each.object;
  }
  return {};
}

void load_enumerations(OntologyReader& reader) {
  const Graph& graph = reader.graph();
  std::set<std::string_view> found;
  const auto add = [&](TermId term) {
    if (term.is_iri()) found.insert(graph.text(term));
  };
  for (const Statement& each : graph.instances(reader.names()[Name::dm_enumeration])) {
    add(each.subject);
  }
  for (const Statement& each : graph.with_predicate(reader.names()[Name::owl_one_of])) {
    add(each.subject);
  }
  for (const Statement& each : graph.with_predicate(reader.names()[Name::owl_equivalent_class])) {
    if (!reader.about(each.object, Name::owl_one_of).empty()) add(each.subject);
  }
  for (const std::string_view iri : found) {
    OntologyEnumeration& out = reader.parts().enumerations.emplace_back();
    const TermId id = graph.find_iri(iri);
    out.iri = iri;
    out.name = reader.text(id, Name::dm_name);
    out.labels = reader.texts(id, Name::rdfs_label);
    out.definitions = reader.texts(id, Name::skos_definition);
    out.mappings = reader.mappings(id);
    out.declared = true;
    const auto about = graph.about(id);
    if (!about.empty()) out.position = graph.position(about.front());
    for (const Statement& each : reader.about(id, Name::dm_values)) {
      for (const TermId node : reader.list(each.object)) {
        out.values.push_back(described_value(reader, node));
      }
    }
    if (!out.values.empty()) continue;
    for (const TermId member : reader.list(enumeration_list(reader, id))) {
      out.values.push_back(plain_value(reader, member));
    }
  }
}

}  // namespace dossier
