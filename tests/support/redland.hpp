// Redland as an oracle: what librdf reads in a text. Only RDF 1.1, and only small, well-formed
// terms may reach it: it cuts strings at U+0000, refuses U+FFFE and U+FFFF, and breaks on language
// tags of 256 bytes and more.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "tests/support/dataset.hpp"

namespace dossier::test {

// `syntax` is a raptor parser's name: ntriples, nquads, turtle, trig, rdfxml. The error is what
// raptor reports.
Expected<Dataset> read_with_redland(std::string_view text, const char* syntax);

// Whether all terms of the graph may reach librdf.
bool is_fit_for_redland(const Graph& graph);

// The dataset with what Redland changes by itself: raptor's N-Triples reader turns language tags to
// lower case, librdf writes every xsd:boolean as true or false. For both sides of a comparison.
Dataset as_redland_sees(const Dataset& dataset);

}  // namespace dossier::test
