// JSON-LD 1.1 -> statements: parse, expand, convert. The document is held as a tree. Contexts that
// it names are looked up in documents that the caller gives; nothing is ever fetched.
#pragma once

#include <string>

#include "sources/rdf.hpp"

namespace dossier {

// What becomes of a base direction: `native` is rdf:dirLangString of RDF 1.2; the others are those
// of JSON-LD 1.1, where `drop` is its default.
enum class JsonLdDirection : std::uint8_t { native, drop, i18n_datatype, compound_literal };

struct JsonLdOptions {
  std::string base;
  std::string blank_scope;
  JsonLdDirection direction = JsonLdDirection::native;
  bool generalized = false;    // blank nodes as predicates are passed on
  bool mode_1_0 = false;       // processing mode json-ld-1.0
  std::string expand_context;  // a document with @context, as text; empty: none
  LoadDocument load_context;   // contexts by address; empty: there are none
  Limits limits;
};

// The failure names the specification's error code ("invalid @id value") and the place in the
// document.
Expected<RdfReadCounts> read_jsonld(ByteSource& source, const JsonLdOptions& options,
                                    StatementSinkRef sink, DiagnosticSink& diagnostics);

}  // namespace dossier
