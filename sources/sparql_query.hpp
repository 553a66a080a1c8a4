// A SPARQL query over an RDF file -> records, for mappings whose iterator is a query (RML-IO): a
// record is a solution, a reference a variable. The file is held as a Graph, which Redland's rasqal
// (loaded when it is needed) asks for statements; solutions come one by one. SELECT over the
// default graph only: a query that names other graphs or services is refused, so nothing is
// fetched. What rasqal 0.9.33 does not know of SPARQL 1.1 (property paths) is an error of the
// query.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "base/input.hpp"
#include "base/limits.hpp"
#include "graph/format.hpp"
#include "sources/records.hpp"

namespace dossier {

struct SparqlQueryOptions {
  Format format = Format::turtle;  // of the file
  std::string query;
  std::string base;   // for relative IRIs of the file and of the query
  bool typed = true;  // false: values are plain texts, as results in CSV are
};

// Slot i of the records is the variable `wanted[i]`, as with open_sparql_results: `name`, and where
// values are typed `name#type`, `name#datatype` and `name#language`. Errors: those of the syntax,
// sparql_query, column_unknown, library_missing, limit_exceeded (Limits::max_query_rows).
Expected<std::unique_ptr<RecordReader>> open_sparql_query(std::unique_ptr<ByteSource> source,
                                                          const SparqlQueryOptions& options,
                                                          std::span<const std::string> wanted,
                                                          const Limits& limits = {});

}  // namespace dossier
