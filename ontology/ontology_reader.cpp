#include "ontology/ontology_reader.hpp"

#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/codes/ontology.hpp"
#include "graph/datatypes.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {

std::span<const Statement> OntologyReader::about(TermId subject, Name predicate) const {
  if (!subject || !names_[predicate]) return {};
  return graph_.about(subject, names_[predicate]);
}
bool OntologyReader::is_a(TermId term, Name cls) const {
  return names_[cls] && graph_.rdf_type() &&
         std::ranges::binary_search(graph_.about(term, graph_.rdf_type()), names_[cls], {},
                                    &Statement::object);
}
bool OntologyReader::is_datatype(TermId term) const {
  if (term.is_iri()) {
    const std::string_view iri = graph_.text(term);
    if (iri.starts_with(xsd::kNamespace) || find_datatype(iri) != Datatype::other) return true;
  }
  return is_a(term, Name::rdfs_datatype);
}

ClassNumber OntologyReader::find_class(TermId term) const {
  return term.is_iri() ? parts_.find_class(graph_.text(term)) : ClassNumber();
}
PropertyNumber OntologyReader::find_property(TermId term) const {
  return term.is_iri() ? parts_.find_property(graph_.text(term)) : PropertyNumber();
}
ClassNumber OntologyReader::class_at(const Statement& statement) {
  const ClassNumber found = find_class(statement.object);
  if (!found && !statement.object.is_blank()) bad_value(statement, "is a class");
  return found;
}
PropertyNumber OntologyReader::property_at(const Statement& statement) {
  const PropertyNumber found = find_property(statement.object);
  if (!found && !statement.object.is_blank()) bad_value(statement, "is a property");
  return found;
}
std::vector<ClassNumber> OntologyReader::class_list(const Statement& statement) {
  std::vector<ClassNumber> out;
  for (const TermId member : list_at(statement)) {
    if (const ClassNumber found = find_class(member)) out.push_back(found);
  }
  return out;
}
std::vector<PropertyNumber> OntologyReader::property_list(TermId subject, Name predicate,
                                                          std::string_view what) {
  std::vector<PropertyNumber> out;
  for (const Statement& each : about(subject, predicate)) {
    for (const TermId member : list_at(each)) {
      if (const PropertyNumber property = find_property(member)) {
        out.push_back(property);
        continue;
      }
      trouble_.report(code::ontology_captions, graph_.position(each),
                      fmt::format("the {} of {} names {}, which is no declared property", what,
                                  shown(subject), shown(member)));
    }
  }
  return out;
}
std::vector<TermId> OntologyReader::list(TermId head) const {
  return read_list(graph_, names_, head).value_or(std::vector<TermId>());
}
std::vector<TermId> OntologyReader::list_at(const Statement& statement) {
  std::optional<std::vector<TermId>> members = read_list(graph_, names_, statement.object);
  if (!members) bad_value(statement, "is a list");
  return members.value_or(std::vector<TermId>());
}

std::vector<LanguageText> OntologyReader::texts(TermId subject, Name predicate) const {
  std::vector<LanguageText> out;
  for (const Statement& each : about(subject, predicate)) {
    if (!each.object.is_literal()) continue;
    const TermView term = graph_.term(each.object);
    out.push_back({std::string(term.text), std::string(term.language)});
  }
  return out;
}

std::string OntologyReader::text(TermId subject, Name predicate) const {
  for (const Statement& each : about(subject, predicate)) {
    if (each.object.is_literal()) return std::string(graph_.text(each.object));
  }
  return {};
}

std::vector<TermMapping> OntologyReader::mappings(TermId subject) const {
  std::vector<TermMapping> out;
  for (const Name relation :
       {Name::skos_exact_match, Name::skos_close_match, Name::skos_related_match,
        Name::skos_narrow_match, Name::skos_broad_match}) {
    for (const Statement& each : about(subject, relation)) {
      if (each.object.is_iri()) out.push_back({relation, std::string(graph_.text(each.object))});
    }
  }
  return out;
}

bool OntologyReader::flag(TermId subject, Name predicate) {
  bool value = false;
  for (const Statement& each : about(subject, predicate)) {
    const std::string_view text = each.object.is_literal() ? graph_.text(each.object) : "";
    if (!is_valid_lexical(Datatype::boolean, text)) bad_value(each, "is true or false");
    value = value || text == "true" || text == "1";
  }
  return value;
}

void OntologyReader::bad_value(const Statement& statement, std::string_view wanted) {
  trouble_.report(code::ontology_bad_value, graph_.position(statement),
                  fmt::format("{} of {} {}, not {}", shown(statement.predicate),
                              shown(statement.subject), wanted, shown(statement.object)));
}
std::string OntologyReader::places_of_kinds(TermId property) const {
  std::set<std::string> places;
  for (const Name name : {Name::owl_object_property, Name::owl_datatype_property}) {
    for (const Statement& each : graph_.about(property, graph_.rdf_type())) {
      if (each.object == names_[name]) places.insert(trouble_.place(graph_.position(each)));
    }
  }
  if (places.size() < 2) return {};
  return fmt::format("it is said at {}", fmt::join(places, " and "));
}
void OntologyReader::unsupported(std::size_t position, std::string_view what) {
  const Statement& at = graph_.statements()[position];
  trouble_.report(
      code::ontology_unsupported, position,
      fmt::format("{} of {}: {} is read over", shown(at.predicate), shown(at.subject), what));
}

}  // namespace dossier
