// What a syntax has no form for, told of a statement alone: what its writer would refuse. For those
// who asked that such statements be left out or changed. No state, any thread.
#pragma once

#include <optional>

#include "base/diagnostic.hpp"
#include "graph/format.hpp"
#include "graph/statement.hpp"

namespace dossier {

// The code and the reason (export_term, export_named_graph, export_predicate_name,
// export_character), without a place; nothing when the format holds it.
std::optional<Error> refused_by(Format format, const StatementView& statement);

}  // namespace dossier
