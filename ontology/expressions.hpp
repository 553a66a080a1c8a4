// Class expressions of OWL: unions in domains and ranges, restrictions as superclasses. What is not
// used is reported as read over. A part of the loader.
#pragma once

#include "ontology/ontology_reader.hpp"

namespace dossier {

class ExpressionReader : public OntologyReader {
 public:
  using OntologyReader::OntologyReader;

  // The members of a union, or the class or datatype itself.
  ValueUnion union_of(TermId term, std::size_t position);
  ValueUnion union_at(const Statement& statement);
  // Adds the restriction at `node` (OWL 2 syntax, 8.2 to 8.5) to the class.
  void read_restriction(OntologyClass& cls, TermId node, std::size_t position);

 private:
  std::vector<TermId> expression_nodes(TermId term) const;
  void add_member(TermId member, std::size_t position, ValueUnion& out);
  void add_datatype(TermId datatype, ValueUnion& out);
  bool read_counts(TermId node, Restriction& restriction, std::size_t position);
};

}  // namespace dossier
