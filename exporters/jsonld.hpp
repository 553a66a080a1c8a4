// A whole Graph as JSON-LD 1.1. The compacted form has a context of prefixes and nests blank nodes;
// the expanded form is the flat one of "Serialize RDF as JSON-LD" (JSON-LD 1.1 API, section 8.4);
// with RdfWriteOptions::context nodes are compacted by that (section 5.1), one by one, and each is
// expanded again to prove that the context says the same. All are lossless with the defaults.
// Refused: triple terms, which JSON-LD 1.1 does not have, and IRIs that break RFC 3987 (a lone %
// and such), which its readers leave out silently. Cost: about 200 ns a statement on one core; with
// a context of the user's many times that, on one thread.
#pragma once

#include <cstdint>

#include "base/diagnostic.hpp"
#include "base/output.hpp"
#include "exporters/rdf.hpp"
#include "exporters/write_order.hpp"
#include "graph/graph.hpp"

namespace dossier {

enum class JsonLdForm : unsigned char {
  compacted,  // by a context of prefixes, or the user's
  expanded,
  nested,  // expanded, but blank nodes stand in place as in the compacted form
};

// Literals as JSON's own booleans and numbers: where they read back with the same lexical form, or
// wherever the specification's useNativeTypes converts (1.10 becomes 1.1).
enum class JsonLdNatives : unsigned char { none, lossless, all };

// What besides @direction is read as a base direction (rdfDirection of the specification).
enum class JsonLdDirections : unsigned char { native, i18n_datatype, compound_literal };

struct JsonLdWriteOptions {
  JsonLdForm form = JsonLdForm::compacted;
  JsonLdNatives natives = JsonLdNatives::lossless;
  JsonLdDirections directions = JsonLdDirections::native;
  bool use_rdf_type = false;   // types as the property rdf:type, not as @type
  bool json_literals = false;  // rdf:JSON as JSON, which readers bring into canonical form
  bool typed_lists = false;    // cells that say they are an rdf:List become @list all the same

  // What the algorithm of the specification does without options.
  static JsonLdWriteOptions specification() {
    return {.form = JsonLdForm::expanded,
            .natives = JsonLdNatives::none,
            .json_literals = true,
            .typed_lists = true};
  }
};

// With the defaults, as write_rdf does it.
Expected<std::uint64_t> write_jsonld(const Graph& graph, const WriteOrder& order,
                                     const RdfWriteOptions& options, ByteSink& out);
Expected<std::uint64_t> write_jsonld(const Graph& graph, const WriteOrder& order,
                                     const RdfWriteOptions& options,
                                     const JsonLdWriteOptions& jsonld, ByteSink& out);

}  // namespace dossier
