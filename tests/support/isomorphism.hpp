// RDF dataset isomorphism, for tests only and independent of the canonicalisation: colours of blank
// nodes refined by the statements they stand in, then a search with backtracking over those that
// stay alike. Fast on what tests hold; exponential on graphs made to be hard.
#pragma once

#include "tests/support/dataset.hpp"

namespace dossier::test {

bool isomorphic(const Dataset& a, const Dataset& b);

}  // namespace dossier::test
