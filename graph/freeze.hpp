// Builder -> Graph: renumbers the terms in the order of their text, merges what the identity
// judgements say is the same, sorts the statements and removes duplicates while keeping all
// evidence. The number of shards and threads leaves no trace in the result.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "graph/builder.hpp"
#include "graph/graph.hpp"

namespace dossier {

// An identity judgement: the IRI `merge` is the same thing as `keep`, and is rewritten to it
// everywhere.
struct SameAs {
  std::string keep;
  std::string merge;
};

struct FreezeOptions {
  std::size_t threads = 1;
  std::vector<SameAs> same_as;  // chains are followed; in a circle the first `keep` named stays
};

struct FreezeCounts {
  std::size_t statements_in = 0;   // taken by the Builder
  std::size_t duplicates = 0;      // fell together with an equal one
  std::size_t statements_out = 0;  // statements_in - duplicates
  std::size_t merged_terms = 0;    // IRIs rewritten by judgements
};

// Uses the Builder up.
Graph freeze(Builder&& builder, const FreezeOptions& options = {}, FreezeCounts* counts = nullptr);

}  // namespace dossier
