// RDF files -> statements. One entry for all syntaxes; each reader streams and tells places.
#pragma once

#include <string>

#include "base/diagnostic.hpp"
#include "base/input.hpp"
#include "graph/format.hpp"
#include "graph/statement.hpp"

namespace dossier {

struct RdfReadOptions {
  std::string
      base;  // IRI against which relative ones are resolved; empty: relative IRIs are errors
  std::string
      blank_scope;  // put before every blank node label, so that labels of two files stay apart
  bool recover = false;  // report errors and go on with the next statement; else stop at the first
  std::size_t threads = 1;  // for syntaxes that can be split; the result is the same
  std::size_t block_bytes = std::size_t{256} << 10;  // read at a time; the result is the same
  Limits limits;
};

// What was read; statements are counted as delivered, before duplicates are removed.
struct RdfReadCounts {
  std::uint64_t statements = 0;
  std::uint64_t errors = 0;
};

// Reads all of `source` into `sink`. The failure is the first syntax error (with place) when not
// recovering, or an I/O error. With `recover`, syntax errors go to `diagnostics` and the count
// tells. Statements before an error have been delivered.
Expected<RdfReadCounts> read_rdf(ByteSource& source, Format format, const RdfReadOptions& options,
                                 StatementSinkRef sink, DiagnosticSink& diagnostics);

bool can_read_rdf(Format format);

}  // namespace dossier
