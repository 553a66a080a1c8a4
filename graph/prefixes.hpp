// Prefix declarations: name -> namespace IRI, and the way back with the longest namespace that
// fits. Names are unique; the last declaration wins. Kept in the order of names.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

class Prefixes {
 public:
  struct Entry {
    std::string name;
    std::string iri;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };

  // rdf, rdfs, xsd, owl, skos, sh, prov, schema, foaf, org, dcterms, dct, dcat, void, rml and
  // others.
  static const Prefixes& well_known();

  void set(std::string_view name, std::string_view iri);
  std::optional<std::string_view> find(std::string_view name) const;
  bool empty() const { return by_name_.empty(); }
  std::vector<Entry> entries() const;  // in the order of names

  // "ex:a" -> IRI; nothing when there is no such prefix or no colon.
  std::optional<std::string> expand(std::string_view curie) const;

  // The entry with the longest namespace that `iri` begins with; of equals the first by name.
  struct Match {
    std::string_view name;
    std::string_view local;  // what follows the namespace; not checked against any grammar
  };
  std::optional<Match> match(std::string_view iri) const;
  // "ex:a" for people, or the IRI in angle brackets.
  std::string shorten(std::string_view iri) const;

 private:
  std::map<std::string, std::string, std::less<>> by_name_;
  std::map<std::string, std::string, std::less<>> by_iri_;  // namespace -> first name
};

}  // namespace dossier
