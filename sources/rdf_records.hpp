// RDF files -> records, for mappings that take data which is RDF already. A record is a subject; a
// reference is a path from it, in the manner of SPARQL: `foaf:name`, `<http://...>`, `a`, steps in
// turn (`ex:seat/ex:name`), a step backwards (`^ex:owner`), literals of a language only
// (`rdfs:label@en`, which takes en-GB too), `@id` for the subject itself. Several values are a
// list; literals of XML Schema keep their type. Paths can lead anywhere, so the file is held as a
// Graph: about 60 bytes a statement beside its terms.
#pragma once

#include <map>
#include <string>

#include "base/input.hpp"
#include "graph/format.hpp"
#include "sources/records.hpp"

namespace dossier {

struct RdfRecordOptions {
  Format format = Format::turtle;
  std::string iterator;                         // a class, written as a step; empty: every subject
  std::map<std::string, std::string> prefixes;  // over those that the file declares
  std::string base;                             // for relative IRIs of the file
};

// Records stand in the order in which the file first speaks of them, and are numbered from 0.
// Errors: those of the syntax, rdf_path.
Expected<std::unique_ptr<RecordReader>> open_rdf_records(std::unique_ptr<ByteSource> source,
                                                         const RdfRecordOptions& options,
                                                         std::span<const std::string> wanted,
                                                         const Limits& limits = {});

}  // namespace dossier
