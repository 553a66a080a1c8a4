// Link classes: ends, direct predicates and qualifiers, with what they inherit. A part of the
// loader, after the classes are closed.
#pragma once

#include "ontology/ontology_reader.hpp"

namespace dossier {

// Fills the links. A class below a link class is a link class too; it inherits what it does not
// say.
void load_links(OntologyReader& reader);

}  // namespace dossier
