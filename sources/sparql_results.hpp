// Results of SPARQL queries in files -> records: XML, JSON, CSV and TSV (W3C, "SPARQL Query Results
// XML Format", "SPARQL 1.1 Query Results JSON Format", "... CSV and TSV Formats"). A record is a
// solution, a reference a variable, with or without `?`. Literals of XML Schema keep their type;
// what is not bound is absent. Read as trees and tables are: streamed, blocks side by side.
#pragma once

#include "base/input.hpp"
#include "base/limits.hpp"
#include "sources/records.hpp"

namespace dossier {

enum class SparqlSyntax : std::uint8_t { xml, json, csv, tsv };

// Slot i of the records is `wanted[i]`: `name` the value of a variable, and but for CSV, which does
// not tell them, `name#type` (uri, literal, bnode), `name#datatype` and `name#language`. Errors:
// column_unknown (CSV, TSV), sparql_term, and those of trees and tables.
Expected<std::unique_ptr<RecordReader>> open_sparql_results(std::unique_ptr<ByteSource> source,
                                                            SparqlSyntax syntax,
                                                            std::span<const std::string> wanted,
                                                            const Limits& limits = {});

// What a reference asks for: a variable, its name without `?`, and which part of its term.
enum class SparqlTermPart : std::uint8_t { value, type, datatype, language };
struct SparqlVariable {
  std::string name;
  SparqlTermPart part = SparqlTermPart::value;
};
SparqlVariable sparql_variable(std::string_view reference);

// Natural type of a literal by its datatype; text for all that has none.
ValueType value_type_of(std::string_view datatype);

}  // namespace dossier
