// Terms, lists and texts of an ontology graph, for the parts of the loader: what they share.
// Reports values that cannot be used where they stand.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ontology/lists.hpp"
#include "ontology/model.hpp"
#include "ontology/names.hpp"
#include "ontology/trouble.hpp"

namespace dossier {

class OntologyReader {
 public:
  OntologyReader(const Graph& graph, DiagnosticSink& diagnostics, const PlaceOf& place_of,
                 const Prefixes& prefixes)
      : graph_(graph), names_(graph), trouble_(graph, diagnostics, place_of, prefixes) {}
  OntologyReader(const OntologyReader&) = delete;
  OntologyReader& operator=(const OntologyReader&) = delete;

  const Graph& graph() const { return graph_; }
  const Names& names() const { return names_; }
  GraphTrouble& trouble() { return trouble_; }
  OntologyParts& parts() { return parts_; }

  std::span<const Statement> about(TermId subject, Name predicate) const;
  bool is_a(TermId term, Name cls) const;
  bool is_datatype(TermId term) const;
  // The members; none, which is reported by list_at, when it is no list.
  std::vector<TermId> list(TermId head) const;
  std::vector<TermId> list_at(const Statement& statement);
  std::vector<LanguageText> texts(TermId subject, Name predicate) const;
  std::string text(TermId subject, Name predicate) const;  // the first literal, else empty
  std::vector<TermMapping> mappings(TermId subject) const;
  // True when one of the values is; others than booleans are reported.
  bool flag(TermId subject, Name predicate);

  // None when the term is not declared; the forms with `at` report that, but for blank nodes.
  ClassNumber find_class(TermId term) const;
  PropertyNumber find_property(TermId term) const;
  ClassNumber class_at(const Statement& statement);
  PropertyNumber property_at(const Statement& statement);
  std::vector<ClassNumber> class_list(const Statement& statement);
  // The list under `predicate`, called `what` in complaints (ontology_captions).
  std::vector<PropertyNumber> property_list(TermId subject, Name predicate, std::string_view what);
  TermId id_of(ClassNumber cls) const { return graph_.find_iri(parts_.classes[cls.index()].iri); }
  TermId id_of(PropertyNumber property) const {
    return graph_.find_iri(parts_.properties[property.index()].iri);
  }

  std::string shown(TermId id) const { return trouble_.shown(id); }
  void bad_value(const Statement& statement, std::string_view wanted);
  void unsupported(std::size_t position, std::string_view what);
  // Where it is said to lead to things and to literals: "it is said at a.ttl:3:8 and b.ttl:2:8";
  // empty when that is one place.
  std::string places_of_kinds(TermId property) const;

 protected:
  const Graph& graph_;
  Names names_;
  GraphTrouble trouble_;
  OntologyParts parts_;
};

template <class T>
void add_once(std::vector<T>& into, T value) {
  if (std::ranges::find(into, value) == into.end()) into.push_back(value);
}

}  // namespace dossier
