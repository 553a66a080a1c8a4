// XML names for RDF/XML: which part of an IRI can be the local part of an element's name, and what
// nodes without IRI are called. No state, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier {

// [4] NCName of XML Namespaces 1.0. `safe`: only letters that editions of XML 1.0 before the fifth
// know too, because expat reads no others.
bool is_nc_name(std::string_view name, bool safe = false);

// Where the longest NCName at the end of `iri` begins, or iri.size() when there is none. A safe one
// is preferred.
std::size_t local_name_start(std::string_view iri);

// A name for rdf:nodeID; different labels stay different.
std::string node_id(std::string_view label);

}  // namespace dossier
