// Redland's rasqal, loaded when the first query needs it: its functions as sources/sparql_query.cpp
// uses them, and terms of a Graph as its literals and back.
#pragma once

#include <memory>
#include <rasqal.h>
#include <string_view>

#include "base/diagnostic.hpp"
#include "graph/graph.hpp"

namespace dossier {

struct RasqalLibrary {
  decltype(&::rasqal_new_world) new_world;
  decltype(&::rasqal_world_open) world_open;
  decltype(&::rasqal_free_world) free_world;
  decltype(&::rasqal_world_get_raptor) get_raptor;
  decltype(&::rasqal_world_set_log_handler) set_log_handler;
  decltype(&::rasqal_set_triples_source_factory) set_source;
  decltype(&::rasqal_new_query) new_query;
  decltype(&::rasqal_free_query) free_query;
  decltype(&::rasqal_query_prepare) prepare;
  decltype(&::rasqal_query_get_verb) verb;
  decltype(&::rasqal_query_get_data_graph_sequence) data_graphs;
  decltype(&::rasqal_query_get_query_graph_pattern) pattern;
  decltype(&::rasqal_graph_pattern_get_operator) pattern_operator;
  decltype(&::rasqal_graph_pattern_get_sub_graph_pattern) sub_pattern;
  decltype(&::rasqal_query_execute) execute;
  decltype(&::rasqal_query_results_finished) finished;
  decltype(&::rasqal_query_results_next) next;
  decltype(&::rasqal_query_get_bound_variable_sequence) variables;
  decltype(&::rasqal_query_results_get_binding_value) value;
  decltype(&::rasqal_free_query_results) free_results;
  decltype(&::rasqal_new_uri_literal) new_uri_literal;
  decltype(&::rasqal_new_simple_literal) new_simple_literal;
  decltype(&::rasqal_new_string_literal) new_string_literal;
  decltype(&::rasqal_free_literal) free_literal;
  decltype(&::rasqal_literal_as_counted_string) literal_text;
  decltype(&::rasqal_literal_as_variable) as_variable;
  decltype(&::rasqal_literal_datatype) literal_datatype;
  decltype(&::rasqal_literal_get_rdf_term_type) term_type;
  decltype(&::rasqal_variable_set_value) set_value;
  decltype(&::raptor_new_uri) new_uri;
  decltype(&::raptor_free_uri) free_uri;
  decltype(&::raptor_uri_as_counted_string) uri_text;
  decltype(&::raptor_sequence_size) sequence_size;
  decltype(&::raptor_sequence_get_at) sequence_at;
};

// Error: library_missing.
Expected<RasqalLibrary> load_rasqal();

// A term of a solution, or of a pattern. Texts live as long as the literal.
struct RasqalTerm {
  TermKind kind = TermKind::iri;
  std::string_view text;
  std::string_view datatype;  // of literals; never empty
  std::string_view language;
};

class RasqalTerms {
 public:
  RasqalTerms(const RasqalLibrary& library, rasqal_world* world)
      : library_(library), world_(world) {}

  // Owned by the caller; null for triple terms, which rasqal does not have.
  rasqal_literal* literal(const Graph& graph, TermId id) const;
  RasqalTerm term(rasqal_literal* literal) const;
  // No id when the graph has no such term.
  TermId find(const Graph& graph, rasqal_literal* literal) const;

 private:
  const RasqalLibrary& library_;
  rasqal_world* world_;
};

}  // namespace dossier
