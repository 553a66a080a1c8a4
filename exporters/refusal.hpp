// Errors about statements that a syntax cannot hold: they show the statement and, where evidence is
// kept, its source. Cold path.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "graph/graph.hpp"
#include "graph/statement.hpp"

namespace dossier {

// "<http://s> <http://p> "o" ." as in N-Quads, safe for a terminal and cut to a readable size.
std::string to_string(const StatementView& statement);

// `why` completes "cannot write STATEMENT: ".
Error refusal(const StatementView& statement, DiagnosticCode code, std::string_view why);
Error refusal(const Graph& graph, const Statement& statement, DiagnosticCode code,
              std::string_view why);

// The reason why N-Triples and its family refuse the statement.
Error term_refusal(const StatementView& statement);
Error term_refusal(const Graph& graph, const Statement& statement);

}  // namespace dossier
