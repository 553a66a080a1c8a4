// The statements of a Graph one by one, as a reader would deliver them.
#pragma once

#include "graph/graph.hpp"
#include "graph/statement.hpp"

namespace dossier::test {

// `take` is given a StatementView that is valid during the call.
template <class Take>
void each_statement(const Graph& graph, Take&& take) {
  for (const Statement& each : graph.statements()) {
    const TermView subject = graph.term(each.subject);
    const TermView predicate = graph.term(each.predicate);
    const TermView object = graph.term(each.object);
    const TermView name = each.graph ? graph.term(each.graph) : TermView{};
    take(StatementView{&subject, &predicate, &object, each.graph ? &name : nullptr});
  }
}

}  // namespace dossier::test
