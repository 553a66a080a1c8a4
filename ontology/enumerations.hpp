// Closed lists of values: owl:oneOf of a named class or datatype, or dm:values.
#pragma once

#include "ontology/ontology_reader.hpp"

namespace dossier {

// Fills OntologyParts::enumerations.
void load_enumerations(OntologyReader& reader);

// The head of the owl:oneOf of the class or datatype, of its own or of what it is equivalent to;
// no id when there is none.
TermId enumeration_list(const OntologyReader& reader, TermId term);

}  // namespace dossier
