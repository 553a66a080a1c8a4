// Pages about an ontology for people and programs: everything at a glance, one class (with links'
// ends and qualifiers), one property.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/prefixes.hpp"
#include "ontology/model.hpp"

namespace dossier {

class ModelPages {
 public:
  ModelPages(const Ontology& ontology, const Prefixes& prefixes)
      : ontology_(ontology), prefixes_(prefixes) {}

  std::string overview() const;
  std::string overview_json() const;

  // A class or property called `name`: an IRI, prefix:name, or the end of an IRI in any case; a
  // class comes before a property of the same name.
  struct Found {
    ClassNumber cls;
    PropertyNumber property;
    explicit operator bool() const { return cls || property; }
  };
  Found find(const std::string& name) const;
  std::optional<std::string> nearest(const std::string& name) const;

  std::string page(Found found) const;
  std::string page_json(Found found) const;

 private:
  std::string short_name(const OntologyTerm& term) const { return prefixes_.shorten(term.iri); }
  std::string names(const std::vector<ClassNumber>& classes) const;
  std::string names(const std::vector<PropertyNumber>& properties) const;
  std::string name(const ValueUnion& values) const;
  std::string names(const std::vector<ValueUnion>& unions) const;
  std::string heading(const OntologyTerm& term, std::string_view kind) const;
  std::string link_rows(const OntologyLink& link) const;
  std::string class_page(ClassNumber cls) const;
  std::string property_page(PropertyNumber property) const;
  std::vector<ClassNumber> subclasses(ClassNumber cls) const;
  std::vector<PropertyNumber> properties_of(ClassNumber cls) const;
  std::vector<std::string> links_with(PropertyNumber property) const;
  void tree(ClassNumber cls, std::string& out) const;

  const Ontology& ontology_;
  const Prefixes& prefixes_;
};

}  // namespace dossier
