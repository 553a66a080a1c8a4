// The room `sources`: records and statements out of files, with places. It knows no mapping and no
// ontology. Two seams lead out of it:
//
//   records.hpp     records for mappings: a source is opened with the references that are wanted,
//                   cut into blocks in sequence, and the blocks are parsed side by side
//   rdf.hpp         statements for whoever has a StatementSink: one entry for all RDF syntaxes
//                   (shard_pieces.hpp: into a graph, on all threads)
//
// and beside them what is read as a whole:
//
//   schema.hpp         schemas of LinkML and FollowTheMoney, as statements
//   yaml_document.hpp  YAML as a tree that knows its places: mappings, project files, schemas
//
// Behind records.hpp, a reader a kind of source (its splitter cuts, its block parses):
//
//   csv.hpp  json_records.hpp  xml_records.hpp  sql.hpp  xlsx.hpp  sparql_results.hpp
//   sparql_query.hpp  rdf_records.hpp    row_reader.hpp is what those share that come row by row
//
// Behind rdf.hpp, a reader a syntax (its parser is a stack machine of its own):
//
//   ntriples_reader.hpp  turtle_reader.hpp  rdfxml_reader.hpp  jsonld.hpp  shaclc_reader.hpp
//
// What they stand on: byte_window.hpp and line_chunks.hpp (bytes ahead), encoding.hpp (to UTF-8),
// xml_events.hpp (expat under limits), json_path.hpp and xml_path.hpp (what an iterator can
// stream), scan.hpp and csv_masks.hpp (16 and 64 bytes at a step), text_places.hpp and
// value_places.hpp (offset -> line, column, cell).
#pragma once

#include "sources/rdf.hpp"
#include "sources/records.hpp"
#include "sources/schema.hpp"
#include "sources/yaml_document.hpp"
